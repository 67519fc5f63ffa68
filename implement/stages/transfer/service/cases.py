"""Cases: found by number, given to an owner, repaired, explained or waived by name and with a reason."""

from datetime import date, datetime

from sqlalchemy import func, select

from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.accounts import get_user
from implement.rollout.service.errors import EditedMeanwhile, NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.tasks import get_task, give_task, hand_over_task
from implement.stages.transfer.service.case_list import list_cases_of
from implement.stages.transfer.service.case_steps import (
    ASSIGNED,
    CLOSED,
    IN_REPAIR,
    OPEN,
    OPENED,
    REPAIRED,
    SETTLED,
    WITHDRAWN,
    add_step,
    end_task,
    reopen_task,
)
from implement.stages.transfer.service.findings import Row
from implement.stages.transfer.service.identities import identify_record
from implement.stages.transfer.service.results import get_discrepancy
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.tables import Case, CaseSighting, CaseStep, TransferRun
from implement.web.access import STEERING, Role
from implement.web.texts import _, in_language, lazy


def get_case(rollout_id: int, number: int) -> Case:
    """A case of this rollout."""
    here = (Case.rollout_id == rollout_id, Case.number == number)
    found: Case | None = db.session.scalar(select(Case).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such case."))
    return found


def find_number(rollout_id: int, case_id: int) -> int:
    """The number of a case of this rollout by its id."""
    number = db.session.scalar(select(Case.number).where(Case.rollout_id == rollout_id, Case.id == case_id))
    if number is None:
        raise NotFound(lazy("There is no such case."))
    return number


def subject_of(case: Case) -> str:
    """What its discussion, its task and the log call it."""
    return f"transfer_case:{case.id}"


def open_record_case(run: TransferRun, finding: Row, *, by: Actor, now: datetime) -> Case:
    """Make a case of a finding on a single record; a second time it is the same case."""
    one = get_discrepancy(run, int(finding["discrepancy"] or 0))
    if not one.is_harmful or not (finding["source_id"] or finding["target_id"]):
        raise RuleBroken(lazy("Only a harmful finding on a single record can become a case of its own."))
    _demand_newest(run)
    known = (Case.rollout_id == run.rollout_id, Case.identity == identify_record(finding))
    found: Case | None = db.session.scalar(select(Case).where(*known))
    if found is not None:
        return found
    newest = db.session.scalar(select(func.max(Case.number)).where(Case.rollout_id == run.rollout_id)) or 0
    case = Case(
        rollout_id=run.rollout_id, number=newest + 1, identity=identify_record(finding), table_name=one.table_name,
        fate=one.fate, field=one.field, source_id=str(finding["source_id"] or ""),
        target_id=str(finding["target_id"] or ""), findings=1, first_findings=1,
    )  # fmt: skip
    db.session.add(case)
    db.session.flush()
    seen = {"discrepancy_id": one.id, "findings": 1, "place": int(finding["place"] or 0)}
    db.session.add(CaseSighting(case_id=case.id, run_id=run.id, **seen))
    add_step(case, OPENED, run_id=run.id, by=by, now=now)
    log_write("open_case", subject_of(case), by=by, now=now, rollout_id=run.rollout_id, number=case.number)
    return case


def find_cases_of(run: TransferRun, finding: Row) -> tuple[Case | None, Case | None]:
    """The case of the cause a finding belongs to, and the case that the finding is by itself."""
    one = get_discrepancy(run, int(finding["discrepancy"] or 0))
    identity = identify_record(finding)
    found = list_cases_of([one.id]).get(one.id, [])
    cause = next((case for case in found if not case.is_of_record), None)
    return cause, next((case for case in found if case.identity == identity), None)


def demand_seen(case: Case, seen: int | None, mine: str) -> None:
    """Refuse to change a case that somebody else changed since the person saw it; `mine` is what they wanted to say."""
    if seen is not None and seen != case.version:
        newest = select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id.desc()).limit(1)
        step = db.session.scalars(newest).one()
        said = (step.name, step.due.isoformat() if step.due else "", step.reason, step.by_name)
        theirs = "\n".join(part for part in said if part)
        raise EditedMeanwhile(lazy("Somebody else changed this case meanwhile."), theirs=theirs, mine=mine)


def assign(case: Case, *, owner_id: int, due: date, title: str, by: Actor, now: datetime) -> None:
    """Give a case an owner and a day, as a task in the hall; when it is overdue, whoever gave it is told."""
    if case.state in (CLOSED, *SETTLED):
        raise RuleBroken(lazy("Nothing is left to repair in this case."))
    told = by.id if by.id != owner_id else None
    if case.task_id is None:
        task = give_task(
            case.rollout_id, title=title, owner_id=owner_id, due=due, escalate_to_id=told, subject=subject_of(case),
            by=by, now=now,
        )  # fmt: skip
        case.task_id = task.id
    else:
        task = get_task(case.rollout_id, case.task_id)
        hand_over_task(task, owner_id=owner_id, due=due, escalate_to_id=told, by=by, now=now)
    case.owner_id, case.owner, case.due = owner_id, get_user(owner_id).name, due
    add_step(case, ASSIGNED, name=case.owner, due=due, by=by, now=now)
    said = {"owner": case.owner, "due": due.isoformat()}
    log_write("assign_case", subject_of(case), by=by, now=now, rollout_id=case.rollout_id, **said)


def task_title(case: Case, owner_id: int) -> str:
    """What the owner's task is called, in the owner's language."""
    with in_language(get_user(owner_id).language or "en"):
        said = {"number": case.number, "table": case.table_name, "field": case.field}
        if case.field:
            return _("Repair case %(number)s of the transfer: %(table)s, %(field)s", **said)[:300]
        return _("Repair case %(number)s of the transfer: %(table)s", **said)[:300]


def begin_repair(case: Case, *, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """The owner works on it."""
    _move(case, IN_REPAIR, roles, by, now)


def say_repaired(case: Case, *, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    """The owner says that it is repaired in the CRM; the next run checks it."""
    _move(case, REPAIRED, roles, by, now)
    end_task(case, by=by, now=now)


def settle(case: Case, kind: str, *, name: str, reason: str, by: Actor, now: datetime) -> None:
    """Explain or waive a case by name and with a reason; it holds while nothing beyond it is found."""
    if case.state == CLOSED:
        raise RuleBroken(lazy("A run has closed this case, so there is nothing to decide."))
    case.state = kind
    add_step(case, kind, run_id=_last_seen(case), name=name, reason=reason, by=by, now=now)
    end_task(case, by=by, now=now)
    said: dict[str, Plain] = {"name": name.strip(), "reason": reason.strip(), "findings": case.findings}
    log_write(f"{kind}_case", subject_of(case), by=by, now=now, rollout_id=case.rollout_id, **said)


def withdraw(case: Case, *, name: str, reason: str, by: Actor, now: datetime) -> None:
    """Take an explanation or a waiver back; both stay on record."""
    if case.state not in SETTLED:
        raise RuleBroken(lazy("This case was neither explained nor waived."))
    case.state = OPEN
    add_step(case, WITHDRAWN, run_id=_last_seen(case), name=name, reason=reason, by=by, now=now)
    reopen_task(case, by=by, now=now)
    said = {"name": name.strip(), "reason": reason.strip()}
    log_write("withdraw_case", subject_of(case), by=by, now=now, rollout_id=case.rollout_id, **said)


def may_repair(case: Case, user_id: int, roles: frozenset[Role]) -> bool:
    """True for the owner and for those who steer the rollout."""
    return bool(roles & STEERING) or case.owner_id == user_id


def _move(case: Case, state: str, roles: frozenset[Role], by: Actor, now: datetime) -> None:
    if not may_repair(case, by.id, roles):
        raise NotAllowed(lazy("A case is moved on by its owner, or by whoever steers the rollout."))
    if case.state in (CLOSED, *SETTLED):
        raise RuleBroken(lazy("Nothing is left to repair in this case."))
    if case.state == state:
        return
    case.state = state
    reopen_task(case, by=by, now=now)
    add_step(case, state, by=by, now=now)
    log_write("move_case", subject_of(case), by=by, now=now, rollout_id=case.rollout_id, state=state)


def _last_seen(case: Case) -> int | None:
    """The run that saw it last: what is explained or waived is what that run found."""
    return db.session.scalar(select(func.max(CaseSighting.run_id)).where(CaseSighting.case_id == case.id))


def _demand_newest(run: TransferRun) -> None:
    newest = find_newest_run(run.rollout_id)
    if newest is None or newest.id != run.id:
        raise RuleBroken(lazy("A case is opened on what the newest run found."))
