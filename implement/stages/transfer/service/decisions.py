"""Decisions on discrepancies: explained or waived by name and with a reason; what is left counts as unexplained."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.tables import Decision, Discrepancy, TransferRun
from implement.web.texts import lazy

EXPLAINED, WAIVED, WITHDRAWN = "explained", "waived", "withdrawn"


@dataclass(frozen=True)
class Unexplained:
    """Harmful findings of the newest finished run that nobody explained or waived."""

    run_number: int
    findings: int
    source_rows: int


def decide(
    run: TransferRun, discrepancy: Discrepancy, kind: str, *, name: str, reason: str, by: Actor, now: datetime
) -> Decision:
    """Note a decision on a discrepancy; it holds in later runs while exactly the same findings come back."""
    if not discrepancy.is_harmful:
        raise RuleBroken(lazy("Nothing is lost here, so there is nothing to decide."))
    decision = Decision(
        rollout_id=run.rollout_id, run_id=run.id, fingerprint=discrepancy.fingerprint, kind=kind,
        name=name.strip(), reason=reason.strip(), by_id=by.id, at=now,
    )  # fmt: skip
    db.session.add(decision)
    db.session.flush()
    said: dict[str, Plain] = {
        "kind": kind,
        "name": decision.name,
        "reason": decision.reason,
        "findings": discrepancy.findings,
    }
    subject = f"transfer_discrepancy:{discrepancy.id}"
    log_write("decide_discrepancy", subject, by=by, now=now, rollout_id=run.rollout_id, **said)
    return decision


def list_decisions(rollout_id: int, fingerprint: str) -> list[Decision]:
    """All decisions on the same findings, the newest first."""
    here = (Decision.rollout_id == rollout_id, Decision.fingerprint == fingerprint)
    return list(db.session.scalars(select(Decision).where(*here).order_by(Decision.id.desc())))


def standing_decisions(rollout_id: int) -> dict[str, Decision]:
    """The decision that stands, by fingerprint; withdrawn ones left out."""
    rows = db.session.scalars(select(Decision).where(Decision.id.in_(_standing_ids(rollout_id))))
    return {row.fingerprint: row for row in rows}


def count_unexplained(rollout_id: int) -> Unexplained | None:
    """The unexplained losses of the newest finished run, in one query; None before the first run."""
    newest = (
        select(TransferRun.id, TransferRun.number, TransferRun.source_rows)
        .where(TransferRun.rollout_id == rollout_id, TransferRun.finished_at.is_not(None))
        .order_by(TransferRun.number.desc())
        .limit(1)
        .subquery()
    )
    decided = select(Decision.fingerprint).where(Decision.id.in_(_standing_ids(rollout_id)))
    open_ones = (Discrepancy.is_harmful, Discrepancy.fingerprint.not_in(decided))
    asked = (
        select(newest.c.number, newest.c.source_rows, func.coalesce(func.sum(Discrepancy.findings), 0))
        .select_from(newest)
        .outerjoin(Discrepancy, (Discrepancy.run_id == newest.c.id) & open_ones[0] & open_ones[1])
        .group_by(newest.c.number, newest.c.source_rows)
    )
    row = db.session.execute(asked).first()
    return Unexplained(row[0], int(row[2]), row[1]) if row is not None else None


def _standing_ids(rollout_id: int) -> Select[int]:
    newest = select(func.max(Decision.id)).where(Decision.rollout_id == rollout_id).group_by(Decision.fingerprint)
    return select(Decision.id).where(Decision.id.in_(newest), Decision.kind != WITHDRAWN)
