"""Three priorities per person (M119): a fourth is refused, yesterday's are ticked or carried over untouched."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from implement.control.meetings.service.meetings import find_meeting_before, lock_open
from implement.control.meetings.service.presence import list_expected
from implement.control.meetings.tables import Meeting, MeetingSeries, Priority
from implement.db import change_rows, db
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.access import Permission, Standing
from implement.web.texts import lazy

MOST = 3


@dataclass(frozen=True)
class PriorityRow:
    """A priority as the meeting's page shows it; `since` is the day it was first set."""

    id: int
    person_id: int
    position: int
    text: str
    is_carried: bool
    is_done: bool


def list_priorities(meeting: Meeting) -> list[PriorityRow]:
    """Those of this meeting."""
    asked = select(Priority).where(Priority.meeting_id == meeting.id).order_by(Priority.person_id, Priority.position)
    return [_row(one) for one in db.session.scalars(asked)]


def list_left_over(meeting: Meeting) -> list[PriorityRow]:
    """Those of the meeting before that are neither ticked nor carried over."""
    before = find_meeting_before(meeting)
    if before is None:
        return []
    carried = aliased(Priority)
    asked = (
        select(Priority)
        .join(carried, carried.carried_from_id == Priority.id, isouter=True)
        .where(Priority.meeting_id == before.id, Priority.done_at.is_(None), carried.id.is_(None))
        .order_by(Priority.person_id, Priority.position)
    )
    return [_row(one) for one in db.session.scalars(asked)]


def add_priority(
    standing: Standing, meeting: Meeting, series: MeetingSeries, person_id: int, text: str, *, by: Actor, now: datetime
) -> None:
    """Add one; what is left over from the last time keeps its place among the three."""
    lock_open(meeting)
    _refuse_others(standing, person_id)
    if person_id not in list_expected(series, meeting.day):
        raise NotFound(lazy("Somebody named here does not belong to the team on this day."))
    if not text.strip():
        raise RuleBroken(lazy("Please say what is to be done."))
    taken = _positions(meeting, person_id)
    if len(taken) >= MOST:
        raise RuleBroken(
            lazy("Three priorities are enough: a fourth is refused. Take one out, or leave it for tomorrow.")
        )
    waiting = sum(one.person_id == person_id for one in list_left_over(meeting))
    if len(taken) + waiting >= MOST:
        raise RuleBroken(
            lazy("First tick what is left over from the last time, or carry it over; it counts among the three.")
        )
    _add(meeting, person_id, text.strip(), taken, None)
    log_write("add_priority", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id)


def tick_priority(
    standing: Standing, meeting: Meeting, series: MeetingSeries, priority_id: int, *, by: Actor, now: datetime
) -> None:
    """Tick one of this meeting or of the one before; twice is once."""
    lock_open(meeting)
    row = _get(standing, meeting, priority_id)
    if row.done_at is None:
        row.done_at = now
        log_write("tick_priority", f"priority:{row.id}", by=by, now=now, rollout_id=series.rollout_id)


def carry_over(
    standing: Standing, meeting: Meeting, series: MeetingSeries, priority_id: int, *, by: Actor, now: datetime
) -> None:
    """Carry one of the meeting before over in its own words; twice is once."""
    lock_open(meeting)
    row = _get(standing, meeting, priority_id)
    if row.meeting_id == meeting.id or row.done_at is not None:
        raise RuleBroken(lazy("Only what is left over from the last time can be carried over."))
    _carry(meeting, row)
    log_write("carry_over", f"priority:{row.id}", by=by, now=now, rollout_id=series.rollout_id)


def withdraw_priority(
    standing: Standing, meeting: Meeting, series: MeetingSeries, priority_id: int, *, by: Actor, now: datetime
) -> None:
    """Take out one that was set by mistake; what was carried over stays until it is done."""
    lock_open(meeting)
    row = _get(standing, meeting, priority_id)
    if row.meeting_id != meeting.id or row.carried_from_id is not None:
        raise RuleBroken(lazy("What was carried over stays until it is ticked."))
    change_rows(delete(Priority).where(Priority.id == row.id))
    log_write("withdraw_priority", f"priority:{row.id}", by=by, now=now, rollout_id=series.rollout_id)


def carry_the_rest(meeting: Meeting) -> None:
    """Carry over all that is left; there is room, for what waits keeps its place."""
    for one in list_left_over(meeting):
        _carry(meeting, db.session.get_one(Priority, one.id))


def first_set_on(priority_id: int) -> date:
    """The day on which a priority was first set, however often it was carried over."""
    row = db.session.get_one(Priority, priority_id)
    while row.carried_from_id is not None:
        row = db.session.get_one(Priority, row.carried_from_id)
    return db.session.get_one(Meeting, row.meeting_id).day


def _carry(meeting: Meeting, row: Priority) -> None:
    known = select(Priority.id).where(Priority.carried_from_id == row.id)
    if db.session.scalar(known) is None:
        _add(meeting, row.person_id, row.text, _positions(meeting, row.person_id), row.id)


def _add(meeting: Meeting, person_id: int, text: str, taken: set[int], carried_from_id: int | None) -> None:
    free = next(place for place in range(1, MOST + 1) if place not in taken)
    said = {"text": text, "position": free, "carried_from_id": carried_from_id}
    db.session.add(Priority(meeting_id=meeting.id, person_id=person_id, **said))
    db.session.flush()


def _positions(meeting: Meeting, person_id: int) -> set[int]:
    mine = (Priority.meeting_id == meeting.id, Priority.person_id == person_id)
    return set(db.session.scalars(select(Priority.position).where(*mine)))


def _get(standing: Standing, meeting: Meeting, priority_id: int) -> Priority:
    before = find_meeting_before(meeting)
    here = {meeting.id} | ({before.id} if before else set())
    row: Priority | None = db.session.scalar(
        select(Priority).where(Priority.id == priority_id, Priority.meeting_id.in_(here))
    )
    if row is None:
        raise NotFound(lazy("There is no such priority; somebody may have taken it out."))
    _refuse_others(standing, row.person_id)
    return row


def _refuse_others(standing: Standing, person_id: int) -> None:
    if person_id != standing.person_id and not standing.may(Permission.LEAD_MEETINGS):
        raise NotAllowed(lazy("These are somebody else's priorities."))


def _row(one: Priority) -> PriorityRow:
    carried = one.carried_from_id is not None
    return PriorityRow(one.id, one.person_id, one.position, one.text, carried, one.done_at is not None)
