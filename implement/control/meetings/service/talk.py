"""What is said and decided: contributions that are only added, decisions that become tasks (M44, M77, M118)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.control.meetings.service.meetings import lock_open
from implement.control.meetings.tables import Meeting, MeetingDecision, MeetingNote, MeetingSeries
from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_members
from implement.rollout.service.tasks import give_task, list_states
from implement.web.texts import lazy

WEEKLY_PARTS = ("week", "plan", "aims")
DAILY_PARTS = ("urgent",)
LONGEST_NOTE = 5_000


@dataclass(frozen=True)
class DecisionRow:
    """A decision with where its task stands."""

    task_id: int
    text: str
    owner: str
    due: date
    is_strategic: bool
    is_done: bool


def parts_of(series: MeetingSeries) -> tuple[str, ...]:
    """The parts of a weekly or daily meeting."""
    return WEEKLY_PARTS if series.kind == "weekly" else DAILY_PARTS


def add_note(meeting: Meeting, series: MeetingSeries, part: str, text: str, *, by: Actor, now: datetime) -> None:
    """Add a contribution; nothing that was said before changes."""
    lock_open(meeting)
    if part not in parts_of(series):
        raise NotFound(lazy("There is no such part of the meeting."))
    if not text.strip():
        raise RuleBroken(lazy("Please write something."))
    db.session.add(MeetingNote(meeting_id=meeting.id, part=part, text=text.strip(), name=by.name, at=now))
    log_write("add_note", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id, part=part)


def list_notes(meeting: Meeting) -> list[tuple[str, str, str]]:
    """Every contribution: part, text, name, in the order they were made."""
    asked = select(MeetingNote.part, MeetingNote.text, MeetingNote.name).where(MeetingNote.meeting_id == meeting.id)
    return [(part, text, name) for part, text, name in db.session.execute(asked.order_by(MeetingNote.id))]


def decide(
    meeting: Meeting, series: MeetingSeries, text: str, *, owner_id: int, due: date, is_strategic: bool, by: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Note a decision: its owner gets the task, and whoever noted it is told when it is overdue."""
    lock_open(meeting)
    if not text.strip():
        raise RuleBroken(lazy("Please say what is to be done."))
    if due < meeting.day:
        raise RuleBroken(lazy("The deadline lies before the meeting."))
    names = {user_id: name for user_id, name, *_rest in list_members(series.rollout_id)}
    task = give_task(
        series.rollout_id, title=text, owner_id=owner_id, due=due, escalate_to_id=by.id if by.id != owner_id else None,
        by=by, now=now,
    )  # fmt: skip
    db.session.add(
        MeetingDecision(
            meeting_id=meeting.id, task_id=task.id, text=text.strip(), owner_name=names[owner_id], due=due,
            is_strategic=is_strategic,
        )
    )  # fmt: skip
    log_write("decide", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id, task_id=task.id)


def list_decisions(meeting: Meeting) -> list[DecisionRow]:
    """The decisions of a meeting, strategic ones first."""
    asked = select(MeetingDecision).where(MeetingDecision.meeting_id == meeting.id)
    rows = list(db.session.scalars(asked.order_by(MeetingDecision.is_strategic.desc(), MeetingDecision.id)))
    done = list_states([row.task_id for row in rows])
    return [
        DecisionRow(row.task_id, row.text, row.owner_name, row.due, row.is_strategic, done[row.task_id]) for row in rows
    ]
