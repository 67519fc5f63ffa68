"""The states of a case and the steps between them, each kept in its history."""

from datetime import date, datetime

from implement.db import db
from implement.rollout.service.log import Actor
from implement.rollout.service.tasks import get_task, mark_done, mark_open
from implement.stages.transfer.tables import Case, CaseStep, TransferRun

OPEN, REOPENED, IN_REPAIR, REPAIRED, CLOSED = "open", "reopened", "in_repair", "repaired", "closed"
EXPLAINED, WAIVED = "explained", "waived"
OPENED, ASSIGNED, WITHDRAWN = "opened", "assigned", "withdrawn"
STATES = (OPEN, REOPENED, IN_REPAIR, REPAIRED, CLOSED, EXPLAINED, WAIVED)
TO_DO = (OPEN, REOPENED, IN_REPAIR)
SETTLED = (EXPLAINED, WAIVED)


def add_step(
    case: Case, kind: str, *, run_id: int | None = None, name: str = "", reason: str = "", due: date | None = None,
    by: Actor | None = None, now: datetime,
) -> CaseStep:  # fmt: skip
    """Note a step in the history of a case."""
    step = CaseStep(
        case_id=case.id, kind=kind, run_id=run_id, name=name.strip(), reason=reason.strip(), due=due,
        by_id=by.id if by else None, by_name=by.name if by else "", at=now,
    )  # fmt: skip
    db.session.add(step)
    return step


def close(case: Case, run: TransferRun, *, now: datetime) -> None:
    """A run no longer found it."""
    case.state = CLOSED
    add_step(case, CLOSED, run_id=run.id, now=now)
    end_task(case, now=now)


def reopen(case: Case, run: TransferRun, *, now: datetime) -> None:
    """A run found it again."""
    case.state = REOPENED
    add_step(case, REOPENED, run_id=run.id, now=now)
    reopen_task(case, now=now)


def reopen_task(case: Case, *, now: datetime, by: Actor | None = None) -> None:
    """There is something to do for the owner again."""
    if case.task_id is not None:
        mark_open(get_task(case.rollout_id, case.task_id), by=by, now=now)


def end_task(case: Case, *, now: datetime, by: Actor | None = None) -> None:
    """Nothing is left to be done by the owner."""
    if case.task_id is not None:
        mark_done(get_task(case.rollout_id, case.task_id), by=by, now=now)
