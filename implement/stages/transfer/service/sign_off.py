"""Sign-off: a run's report is frozen, both sides sign its exact bytes, and a later run changes nothing of it."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.signatures import SIDES, SignedBy, hash_bytes, list_signatures, sign_for_a_side
from implement.stages.transfer.service.results import gather_results
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.service.totals import list_totals
from implement.stages.transfer.tables import SignOff, TransferRun
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy, lazy_n, number


@dataclass(frozen=True)
class Paper:
    """A report as it is frozen: its content for comparison, the document and its print."""

    language: str
    content: str
    html: bytes
    pdf: bytes


@dataclass(frozen=True)
class Signed:
    """How many of the two sides signed the newest run's report, of how many findings it speaks."""

    sides: int
    source_rows: int


def make_sign_off(run: TransferRun, paper: Paper, *, store: Store, by: Actor, now: datetime) -> SignOff:
    """Freeze the report of a run; refused once both sides signed one."""
    newest = find_sign_off(run)
    if newest is not None and is_complete(newest):
        raise RuleBroken(lazy("Both sides have signed this run's report; it stays as it is."))
    row = SignOff(
        rollout_id=run.rollout_id, run_id=run.id, number=newest.number + 1 if newest else 1, language=paper.language,
        content_sha256=hash_bytes(paper.content.encode()), html_sha256=store.put(BytesIO(paper.html)).sha256,
        pdf_sha256=store.put(BytesIO(paper.pdf)).sha256, made_by_id=by.id, made_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    said: dict[str, Plain] = {"run": run.number, "number": row.number, "sha256": row.html_sha256}
    log_write("make_sign_off", subject_of(row), by=by, now=now, rollout_id=run.rollout_id, **said)
    return row


def sign_report(
    row: SignOff, *, seen: str, content: str, role: Role, roles: frozenset[Role], store: Store, by: Actor, now: datetime
) -> SignedBy:
    """Sign the frozen bytes for one side; refused with open losses, after a change, or twice by one person."""
    run = db.session.get_one(TransferRun, row.run_id)
    demand_nothing_open(run)
    if seen != row.html_sha256 or hash_bytes(content.encode()) != row.content_sha256:
        raise RuleBroken(lazy("The results changed after this report was made; make it anew, then sign."))
    return sign_for_a_side(
        row.rollout_id, subject_of(row), row.html_sha256, role=role, roles=roles, store=store, by=by, now=now
    )  # fmt: skip


def keep_signed_print(row: SignOff, pdf: bytes, *, store: Store, by: Actor, now: datetime) -> None:
    """Freeze the print that carries both signatures, once."""
    if row.signed_pdf_sha256 is None and is_complete(row):
        row.signed_pdf_sha256 = store.put(BytesIO(pdf)).sha256
        said = {"sha256": row.signed_pdf_sha256}
        log_write("complete_sign_off", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, **said)


def demand_nothing_open(run: TransferRun) -> None:
    """Refuse to sign while losses are unexplained or a control total differs; only the gate's override goes past."""
    left = gather_results(run).unexplained
    if left:
        raise RuleBroken(
            lazy_n(
                "One finding of this run is unexplained, so it cannot be signed: have it repaired and run again, or"
                " explain or waive it. Only the gate's override goes past it, with a name and a reason in every"
                " report.",
                "%(n)s findings of this run are unexplained, so it cannot be signed: have them repaired and run again,"
                " or explain or waive them. Only the gate's override goes past them, with a name and a reason in every"
                " report.",
                left,
                n=number(left),
            )
        )
    if any(line.is_open for line in list_totals(run.rollout_id, run)):
        raise RuleBroken(
            lazy("A control total differs, so this run cannot be signed: have it repaired, or accept it with a reason.")
        )


def find_sign_off(run: TransferRun) -> SignOff | None:
    """The newest report of a run that was made to be signed."""
    asked = select(SignOff).where(SignOff.run_id == run.id).order_by(SignOff.number.desc()).limit(1)
    found: SignOff | None = db.session.scalar(asked)
    return found


def get_sign_off(run: TransferRun, edition: int) -> SignOff:
    """One report of this run."""
    found: SignOff | None = db.session.scalar(
        select(SignOff).where(SignOff.run_id == run.id, SignOff.number == edition)
    )
    if found is None:
        raise NotFound(lazy("There is no such report."))
    return found


def list_sign_offs(rollout_id: int) -> list[tuple[int, SignOff]]:
    """All reports of all runs with the run's number, the newest first."""
    asked = (
        select(TransferRun.number, SignOff)
        .join(SignOff, SignOff.run_id == TransferRun.id)
        .where(TransferRun.rollout_id == rollout_id)
        .order_by(TransferRun.number.desc(), SignOff.number.desc())
    )
    return [(run, row) for run, row in db.session.execute(asked)]


def list_signed(row: SignOff) -> list[SignedBy]:
    """Who signed exactly these bytes."""
    return list_signatures(row.rollout_id, subject_of(row), row.html_sha256)


def is_complete(row: SignOff) -> bool:
    """True when both sides signed."""
    return {Role(one.role) for one in list_signed(row)} >= set(SIDES)


def is_unharmed(row: SignOff, *, store: Store) -> bool:
    """True while the kept bytes are those that were signed."""
    return hash_bytes(store.path(row.html_sha256).read_bytes()) == row.html_sha256


def find_bytes(row: SignOff, kind: str) -> str:
    """The hash of one of the frozen files: html, pdf, or the print with both signatures."""
    sha256 = {"html": row.html_sha256, "pdf": row.pdf_sha256, "signed": row.signed_pdf_sha256}[kind]
    if sha256 is None:
        raise NotFound(lazy("Both sides have to sign first."))
    return sha256


def find_document(rollout_id: int, content: bytes) -> tuple[SignOff, str] | None:
    """Which report these bytes are, and as what (html, pdf, signed); None when they are none of ours."""
    sha256 = hash_bytes(content)
    kinds = {"html": SignOff.html_sha256, "pdf": SignOff.pdf_sha256, "signed": SignOff.signed_pdf_sha256}
    for kind, column in kinds.items():
        row = db.session.scalar(select(SignOff).where(SignOff.rollout_id == rollout_id, column == sha256).limit(1))
        if row is not None:
            return row, kind
    return None


def count_signed(rollout_id: int) -> Signed | None:
    """Which sides signed the report of the newest run; None before the first run."""
    run = find_newest_run(rollout_id)
    if run is None:
        return None
    row = find_sign_off(run)
    sides = {one.role for one in list_signed(row)} & {str(side) for side in SIDES} if row else set()
    return Signed(len(sides), run.source_rows)


def subject_of(row: SignOff) -> str:
    """What signatures and the log refer to."""
    return f"transfer_sign_off:{row.id}"
