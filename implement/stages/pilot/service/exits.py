"""The exit of a wave: go, extend or no go, on a frozen report that both sides sign; the next wave's gate reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_wave, local_day, lock_rollout
from implement.rollout.service.signatures import SIDES, SignedBy, list_signatures, sign_for_a_side
from implement.stages.pilot.tables import ExitReport
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy

GO, EXTEND, NO_GO = "go", "extend", "no_go"
VERDICTS = {
    GO: lazy("go: the next wave may start"),
    EXTEND: lazy("extend: the wave goes on first"),
    NO_GO: lazy("no go: the rollout stops here"),
}


@dataclass(frozen=True)
class ExitSaid:
    """What is decided: the verdict, why, and until when a wave is extended."""

    verdict: str
    reason: str
    extended_until: date | None = None


@dataclass(frozen=True)
class ExitPaper:
    """The report as it is frozen."""

    language: str
    html: bytes
    pdf: bytes


def check_exit(said: ExitSaid, today: date) -> None:
    """Refuse a decision that says too little."""
    if not said.reason.strip():
        raise RuleBroken(lazy("A decision needs its reason; it stands in the report."))
    if said.verdict == EXTEND and (said.extended_until is None or said.extended_until <= today):
        raise RuleBroken(lazy("Say until which coming day the wave is extended."))


def make_report(
    rollout_id: int, wave_id: int, said: ExitSaid, paper: ExitPaper, *, store: Store, by: Actor, now: datetime
) -> ExitReport:
    """Freeze a report for both sides to sign; one that was made before stays as it is."""
    check_exit(said, local_day(rollout_id, now))
    get_wave(rollout_id, wave_id)
    lock_rollout(rollout_id)
    last = db.session.scalar(select(func.max(ExitReport.number)).where(ExitReport.wave_id == wave_id)) or 0
    until = said.extended_until if said.verdict == EXTEND else None
    row = ExitReport(
        rollout_id=rollout_id, wave_id=wave_id, number=last + 1, verdict=said.verdict, reason=said.reason.strip(),
        extended_until=until, language=paper.language, html_sha256=store.put(BytesIO(paper.html)).sha256,
        pdf_sha256=store.put(BytesIO(paper.pdf)).sha256, made_by=by.name, made_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    kept: dict[str, Plain] = {"verdict": row.verdict, "sha256": row.html_sha256}
    log_write("make_exit_report", subject_of(row), by=by, now=now, rollout_id=rollout_id, **kept)
    return row


def sign_report(
    row: ExitReport, *, seen: str, role: Role, roles: frozenset[Role], store: Store, by: Actor, now: datetime
) -> SignedBy:
    """Sign the frozen bytes for one side; refused for an older report, and twice by one person."""
    newest = find_newest(row.rollout_id, row.wave_id)
    if newest is None or newest.id != row.id or seen != row.html_sha256:
        raise RuleBroken(lazy("There is a newer version; read that one, then sign."))
    subject, sha256 = subject_of(row), row.html_sha256
    return sign_for_a_side(row.rollout_id, subject, sha256, role=role, roles=roles, store=store, by=by, now=now)


def keep_signed_print(row: ExitReport, pdf: bytes, *, store: Store, by: Actor, now: datetime) -> None:
    """Freeze the print that carries both signatures, once."""
    if row.signed_pdf_sha256 is None and not list_missing(row):
        row.signed_pdf_sha256 = store.put(BytesIO(pdf)).sha256
        kept: dict[str, Plain] = {"sha256": row.signed_pdf_sha256}
        log_write("complete_exit_report", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, **kept)


def find_bytes(row: ExitReport, kind: str) -> str:
    """The hash of one of the frozen files: html, pdf, or the print with both signatures."""
    sha256 = {"html": row.html_sha256, "pdf": row.pdf_sha256, "signed": row.signed_pdf_sha256}[kind]
    if sha256 is None:
        raise NotFound(lazy("Both sides have to sign first."))
    return sha256


def find_newest(rollout_id: int, wave_id: int) -> ExitReport | None:
    """The newest report of a wave."""
    here = (ExitReport.rollout_id == rollout_id, ExitReport.wave_id == wave_id)
    found: ExitReport | None = db.session.scalar(
        select(ExitReport).where(*here).order_by(ExitReport.number.desc()).limit(1)
    )
    return found


def get_report(rollout_id: int, wave_id: int, number: int) -> ExitReport:
    """One report of a wave."""
    here = (ExitReport.rollout_id == rollout_id, ExitReport.wave_id == wave_id, ExitReport.number == number)
    found: ExitReport | None = db.session.scalar(select(ExitReport).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such report."))
    return found


def list_reports(rollout_id: int, wave_id: int) -> list[ExitReport]:
    """Every report of a wave, the newest first."""
    here = (ExitReport.rollout_id == rollout_id, ExitReport.wave_id == wave_id)
    return list(db.session.scalars(select(ExitReport).where(*here).order_by(ExitReport.number.desc())))


def list_signed(row: ExitReport) -> list[SignedBy]:
    """Who signed exactly these bytes."""
    return list_signatures(row.rollout_id, subject_of(row), row.html_sha256)


def list_missing(row: ExitReport) -> list[Role]:
    """The sides that have not signed."""
    done = {one.role for one in list_signed(row)}
    return [side for side in SIDES if side not in done]


def has_gone(rollout_id: int, wave_id: int) -> bool | None:
    """True when both sides signed the newest report and it says go; None before there is one."""
    row = find_newest(rollout_id, wave_id)
    return None if row is None else row.verdict == GO and not list_missing(row)


def subject_of(row: ExitReport) -> str:
    """What signatures and the log refer to."""
    return f"exit_report:{row.id}"
