"""Objections: opened from a statement with a deadline, answered by another person, by adjustment or with a reason."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from implement.control.incentives.tables import PayDispute, PayLine, PayRun, PayStatement, PayStep
from implement.db import db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.access import Standing
from implement.web.texts import lazy

DAYS_TO_ANSWER = 14
DAYS_TO_OBJECT = 90


@dataclass(frozen=True)
class DisputeRow:
    """An objection as lists show it."""

    id: int
    statement_id: int
    run_id: int
    run_number: int
    name: str
    text: str
    part: str | None
    at: datetime
    due: date
    answer: str
    reason: str
    adjustment_id: int | None

    def is_overdue(self, today: date) -> bool:
        """True when it waits longer than it should."""
        return not self.answer and self.due < today


def open_dispute(
    standing: Standing, statement: PayStatement, run: PayRun, text: str, *, line_id: int | None, by: Actor,
    now: datetime, today: date,
) -> PayDispute:  # fmt: skip
    """Object to one's own statement, or to one line of it; one open objection a statement."""
    if standing.person_id is None or statement.person_id != standing.person_id:
        raise NotAllowed(lazy("Everybody objects to their own statement."))
    if run.state not in ("approved", "exported", "closed") or run.kind == "simulation":
        raise RuleBroken(lazy("Only an approved statement can be objected to."))
    approved = select(func.max(PayStep.at)).where(PayStep.run_id == run.id, PayStep.state == "approved")
    if now > (db.session.scalar(approved) or now) + timedelta(days=DAYS_TO_OBJECT):
        raise RuleBroken(lazy("The time to object is over; talk to HR."))
    if not text.strip():
        raise RuleBroken(lazy("Please say what is wrong."))
    if line_id is not None and db.session.get_one(PayLine, line_id).statement_id != statement.id:
        raise NotFound(lazy("There is no such line."))
    waiting = select(PayDispute.id).where(PayDispute.statement_id == statement.id, PayDispute.answer == "")
    if db.session.scalar(waiting) is not None:
        raise RuleBroken(lazy("Your objection is waiting for its answer already."))
    row = PayDispute(
        statement_id=statement.id, line_id=line_id, text=text.strip(), by_id=by.id, at=now,
        due=today + timedelta(days=DAYS_TO_ANSWER),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write("open_pay_dispute", f"pay_dispute:{row.id}", by=by, now=now, rollout_id=run.rollout_id)
    return row


def reject_dispute(dispute: PayDispute, rollout_id: int, reason: str, *, by: Actor, now: datetime) -> None:
    """Reject with a reason that the person reads."""
    _answer(dispute, rollout_id, "rejected", reason, by=by, now=now)


def answer_by_adjustment(
    dispute: PayDispute, rollout_id: int, adjustment: PayRun, reason: str, *, by: Actor, now: datetime
) -> None:
    """Answer by an adjustment of the run that the statement belongs to."""
    if adjustment.adjusts_id != db.session.get_one(PayStatement, dispute.statement_id).run_id:
        raise RuleBroken(lazy("The adjustment belongs to another run."))
    dispute.adjustment_id = adjustment.id
    _answer(dispute, rollout_id, "adjusted", reason, by=by, now=now)


def get_dispute(rollout_id: int, dispute_id: int) -> PayDispute:
    """An objection of this rollout."""
    asked = select(PayDispute).join(PayStatement, PayStatement.id == PayDispute.statement_id)
    here = (PayDispute.id == dispute_id, PayRun.rollout_id == rollout_id)
    found: PayDispute | None = db.session.scalar(asked.join(PayRun, PayRun.id == PayStatement.run_id).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such objection."))
    return found


def list_disputes(
    rollout_id: int, *, statement_id: int | None = None, only_open: bool = False
) -> list[DisputeRow]:  # fmt: skip
    """Objections, those due first."""
    one, said, run = PayDispute, PayStatement, PayRun
    columns = (
        one.id, said.id, run.id, run.number, said.name, one.text, PayLine.part, one.at, one.due, one.answer,
        one.reason, one.adjustment_id,
    )  # fmt: skip
    asked = select(*columns).join(said, said.id == one.statement_id).join(run, run.id == said.run_id)
    asked = asked.join(PayLine, PayLine.id == one.line_id, isouter=True).where(run.rollout_id == rollout_id)
    if statement_id is not None:
        asked = asked.where(said.id == statement_id)
    if only_open:
        asked = asked.where(one.answer == "")
    return [DisputeRow(*row) for row in db.session.execute(asked.order_by(one.due, one.id))]  # type: ignore[call-arg]


def _answer(dispute: PayDispute, rollout_id: int, answer: str, reason: str, *, by: Actor, now: datetime) -> None:
    if dispute.answer:
        raise RuleBroken(lazy("It was answered already."))
    if dispute.by_id == by.id:
        raise NotAllowed(lazy("Another person answers: not whoever objected."))
    if not reason.strip():
        raise RuleBroken(lazy("Please give a reason; the person can read it."))
    dispute.answer, dispute.reason = answer, reason.strip()
    dispute.answered_by_id, dispute.answered_at = by.id, now
    db.session.flush()
    log_write("answer_pay_dispute", f"pay_dispute:{dispute.id}", by=by, now=now, rollout_id=rollout_id, answer=answer)
