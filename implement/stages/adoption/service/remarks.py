"""Remarks: a person comments on a reason or contests it; whoever leads them answers by name, until a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from implement.db import db
from implement.engine.suppression import LEAST_PEOPLE
from implement.jobs import Plain
from implement.rollout.service.accounts import get_user
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import find_member
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.staff import get_person
from implement.rollout.service.tasks import get_task, give_task, mark_done
from implement.rollout.service.threads import list_said, say
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.service.figures import find_latest
from implement.stages.adoption.service.people import read_person
from implement.stages.adoption.service.remedies import ForWhom, demand_may_run
from implement.stages.adoption.tables import ReasonRemark
from implement.web.access import Role, Standing
from implement.web.texts import _, in_language, lazy

ANSWER_WITHIN = timedelta(days=7)
COMMENT, CONTEST, STANDS, WITHDRAWN = "comment", "contest", "stands", "withdrawn"


@dataclass(frozen=True)
class Mark:
    """How a reason is marked wherever it is shown: commented, contested, or what the answer was, and by whom."""

    remark_id: int
    kind: str
    at: datetime
    answer_by: date
    outcome: str
    answered_by: str
    answered_at: datetime | None


def remark_on(rollout_id: int, person_id: int, signal: str, kind: str, text: str, *, by: Actor, now: datetime) -> int:
    """Say something on a reason in one's own evidence; somebody is to answer within a week. Returns the remark."""
    latest, figures = find_latest(rollout_id), read_person(rollout_id, person_id)
    evidence = figures.evidence if figures else None
    if latest is None or evidence is None or signal not in {each.signal for each in evidence.standouts}:
        raise NotFound(lazy("There is no such reason in your evidence."))
    if _open_remark(rollout_id, person_id, signal) is not None:
        raise RuleBroken(lazy("You have spoken on this reason already; go on in its discussion."))
    due = local_day(rollout_id, now) + ANSWER_WITHIN
    owner_id, second_id = _find_answerer(rollout_id, person_id)
    task = give_task(
        rollout_id, title=_title(owner_id), owner_id=owner_id, due=due, escalate_to_id=second_id, by=by, now=now
    )
    row = ReasonRemark(
        rollout_id=rollout_id, person_id=person_id, evaluation_id=latest[0], signal=signal, kind=kind, by_id=by.id,
        at=now, answer_by=due, task_id=task.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    task.subject = subject_of(row)
    say(rollout_id, subject_of(row), text, by=by, now=now)
    log_write("remark_on_reason", subject_of(row), by=by, now=now, rollout_id=rollout_id, signal=signal, kind=kind)
    return row.id


def answer_remark(row: ReasonRemark, standing: Standing, *, outcome: str, text: str, by: Actor, now: datetime) -> None:
    """Answer: the reason stands, or it is withdrawn; by name, with words, once."""
    demand_may_run(standing, ForWhom(person_id=row.person_id), local_day(standing.rollout_id, now))
    if row.person_id == standing.person_id or row.by_id == by.id:
        raise NotAllowed(lazy("Somebody else answers what you said yourself."))
    if row.outcome:
        raise RuleBroken(lazy("This was answered already; go on in its discussion."))
    say(row.rollout_id, subject_of(row), text, by=by, now=now)
    row.outcome, row.answered_at, row.answered_by = outcome, now, by.name
    mark_done(get_task(row.rollout_id, row.task_id), by=by, now=now)
    log_write("answer_remark", subject_of(row), by=by, now=now, rollout_id=row.rollout_id, outcome=outcome)


def get_remark(rollout_id: int, remark_id: int) -> ReasonRemark:
    """A remark of this rollout."""
    here = (ReasonRemark.id == remark_id, ReasonRemark.rollout_id == rollout_id)
    row: ReasonRemark | None = db.session.scalar(select(ReasonRemark).where(*here))
    if row is None:
        raise NotFound(lazy("There is no such remark."))
    return row


def list_marks(rollout_id: int, person_id: int) -> Mapping[str, Mark]:
    """How each reason of a person is marked, by signal; the newest remark counts."""
    mine = (ReasonRemark.rollout_id == rollout_id, ReasonRemark.person_id == person_id)
    rows = db.session.scalars(select(ReasonRemark).where(*mine).order_by(ReasonRemark.id))
    return {
        row.signal: Mark(row.id, row.kind, row.at, row.answer_by, row.outcome, row.answered_by, row.answered_at)
        for row in rows
    }


def list_own_remarks(rollout_id: int, person_id: int) -> list[Plain]:
    """Everything somebody said on reasons and what was answered, for themselves."""
    mine = (ReasonRemark.rollout_id == rollout_id, ReasonRemark.person_id == person_id)
    rows = db.session.scalars(select(ReasonRemark).where(*mine).order_by(ReasonRemark.id))
    return [
        {
            "signal": row.signal, "kind": row.kind, "at": row.at.isoformat(), "outcome": row.outcome,
            "answered_by": row.answered_by,
            "said": [[one.name, one.at.isoformat(), one.text] for one in list_said(rollout_id, subject_of(row))],
        }
        for row in rows
    ]  # fmt: skip


def find_unanswered(rollout_id: int, user_id: int) -> tuple[int, int, date] | None:
    """How many remarks this person is to answer, whose the first is, and until when; None when there is none."""
    rows = db.session.scalars(
        select(ReasonRemark)
        .where(ReasonRemark.rollout_id == rollout_id, ReasonRemark.answered_at.is_(None))
        .order_by(ReasonRemark.answer_by, ReasonRemark.id)
    )
    mine = [row for row in rows if get_task(rollout_id, row.task_id).owner_id == user_id]
    return (len(mine), mine[0].id, mine[0].answer_by) if mine else None


def subject_of(row: ReasonRemark) -> str:
    """What its discussion, its task and the log call it."""
    return f"reason:{row.id}"


def _open_remark(rollout_id: int, person_id: int, signal: str) -> int | None:
    mine = (ReasonRemark.rollout_id == rollout_id, ReasonRemark.person_id == person_id, ReasonRemark.signal == signal)
    return db.session.scalar(select(func.max(ReasonRemark.id)).where(*mine, ReasonRemark.answered_at.is_(None)))


def _find_answerer(rollout_id: int, person_id: int) -> tuple[int, int | None]:
    """Who answers, and who is told when it is overdue: the head of a team of five or more, else the lead."""
    lead = find_member(rollout_id, Role.LEAD) or find_member(rollout_id, Role.CONSULTANT)
    team_id = get_person(rollout_id, person_id).team_id
    team = [one for one in list_staff(rollout_id) if team_id is not None and one.team_id == team_id]
    head_id = team[0].head_id if len(team) >= LEAST_PEOPLE else None
    head = find_member(rollout_id, Role.HEAD, head_id) if head_id not in (None, person_id) else None
    found = head or lead
    if found is None:
        raise RuleBroken(lazy("Nobody leads this rollout yet who could answer."))
    return found, lead if lead != found else None


def _title(owner_id: int) -> str:
    """What the task is called, in the language of whoever answers; it names nobody."""
    with in_language(get_user(owner_id).language or "en"):
        return _("Answer what somebody says on a reason in their figures")
