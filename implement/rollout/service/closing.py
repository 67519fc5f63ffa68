"""Close a rollout: every wave has recovered, the report is frozen, both sides sign the same bytes."""

from datetime import datetime
from io import BytesIO

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.gates import decided_stages
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import list_waves
from implement.rollout.service.signatures import SIDES, SignedBy, list_signatures, sign_for_a_side
from implement.rollout.stages import Stage
from implement.rollout.tables import ClosingReport, Wave
from implement.store import Store
from implement.web.access import Role
from implement.web.texts import lazy, lazy_n, number


def list_unrecovered(rollout_id: int) -> list[Wave]:
    """The waves whose last stage is not signed off; while there is one, the rollout cannot be closed."""
    decided = decided_stages(rollout_id)
    return [wave for wave in list_waves(rollout_id) if Stage.ADOPTION not in decided.get(wave.id, {})]


def make_closing(
    rollout_id: int, *, html: bytes, pdf: bytes, language: str, store: Store, by: Actor, now: datetime
) -> ClosingReport:
    """Freeze the report; refused while a wave has not recovered, and once both sides signed one."""
    _demand_recovered(rollout_id)
    newest = find_closing(rollout_id)
    if newest is not None and is_closed(newest):
        raise RuleBroken(lazy("Both sides have signed: this rollout is closed."))
    row = ClosingReport(
        rollout_id=rollout_id, number=newest.number + 1 if newest else 1, language=language,
        html_sha256=store.put(BytesIO(html)).sha256, pdf_sha256=store.put(BytesIO(pdf)).sha256, made_by_id=by.id,
        made_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("make_closing", subject_of(row), by=by, now=now, rollout_id=rollout_id, sha256=row.html_sha256)
    return row


def sign_closing(
    row: ClosingReport, *, seen: str, role: Role, roles: frozenset[Role], store: Store, by: Actor, now: datetime
) -> SignedBy:
    """Sign the frozen bytes for one side; refused with a wave that has not recovered, and twice by one person."""
    _demand_recovered(row.rollout_id)
    if seen != row.html_sha256 or find_closing(row.rollout_id) is not row:
        raise RuleBroken(lazy("Another report was made meanwhile; read that one, then sign."))
    return sign_for_a_side(
        row.rollout_id, subject_of(row), row.html_sha256, role=role, roles=roles, store=store, by=by, now=now
    )  # fmt: skip


def keep_signed_closing(row: ClosingReport, pdf: bytes, *, store: Store, by: Actor, now: datetime) -> None:
    """Freeze the print that carries both signatures, once: with it the rollout is closed."""
    if row.signed_pdf_sha256 is None and is_closed(row):
        row.signed_pdf_sha256 = store.put(BytesIO(pdf)).sha256
        said = row.signed_pdf_sha256
        log_write("close_rollout", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, sha256=said)


def find_closing(rollout_id: int) -> ClosingReport | None:
    """The newest edition of the report."""
    asked = select(ClosingReport).where(ClosingReport.rollout_id == rollout_id)
    found: ClosingReport | None = db.session.scalar(asked.order_by(ClosingReport.number.desc()).limit(1))
    return found


def get_closing(rollout_id: int, edition: int) -> ClosingReport:
    """One edition of the report."""
    here = (ClosingReport.rollout_id == rollout_id, ClosingReport.number == edition)
    found: ClosingReport | None = db.session.scalar(select(ClosingReport).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such report."))
    return found


def find_closing_bytes(row: ClosingReport, kind: str) -> str:
    """The hash of one of the frozen files: html, pdf, or the print with both signatures."""
    sha256 = {"html": row.html_sha256, "pdf": row.pdf_sha256, "signed": row.signed_pdf_sha256}[kind]
    if sha256 is None:
        raise NotFound(lazy("Both sides have to sign first."))
    return sha256


def list_signed(row: ClosingReport) -> list[SignedBy]:
    """Who signed exactly these bytes."""
    return list_signatures(row.rollout_id, subject_of(row), row.html_sha256)


def is_closed(row: ClosingReport) -> bool:
    """True when both sides signed."""
    return {Role(one.role) for one in list_signed(row)} >= set(SIDES)


def subject_of(row: ClosingReport) -> str:
    """What signatures and the log refer to."""
    return f"closing_report:{row.id}"


def _demand_recovered(rollout_id: int) -> None:
    waves = list_unrecovered(rollout_id)
    if waves:
        raise RuleBroken(
            lazy_n(
                "One wave has not been signed off at its last stage, so the rollout cannot be closed.",
                "%(n)s waves have not been signed off at their last stage, so the rollout cannot be closed.",
                len(waves),
                n=number(len(waves)),
            )
        )
