"""What meetings hold about people: who came and what they set out to do; it goes after thirteen months (R10)."""

from datetime import date

from sqlalchemy import delete, func, select, update

from implement.control.meetings.tables import Meeting, MeetingPresence, MeetingSeries, Priority
from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.store import Store


def hold_presence(rollout_id: int) -> Held:
    """The oldest note of who came, and how many there are."""
    return _hold(MeetingPresence, rollout_id)


def dispose_presence(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget who came to old meetings; that they were held and what was decided stays."""
    old = MeetingPresence.meeting_id.in_(_meetings(rollout_id).where(Meeting.day < before))
    return Disposed(change_rows(delete(MeetingPresence).where(old)))


def hold_priorities(rollout_id: int) -> Held:
    """The oldest of what somebody set out to do, and how many there are."""
    return _hold(Priority, rollout_id)


def dispose_priorities(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete what people set out to do long ago; what was carried over from there since then stays as it is."""
    old = _meetings(rollout_id).where(Meeting.day < before)
    gone = select(Priority.id).where(Priority.meeting_id.in_(old))
    change_rows(update(Priority).where(Priority.carried_from_id.in_(gone)).values(carried_from_id=None))
    return Disposed(change_rows(delete(Priority).where(Priority.meeting_id.in_(old))))


def _hold(table: type[MeetingPresence] | type[Priority], rollout_id: int) -> Held:
    asked = select(func.min(Meeting.day), func.count(table.id)).join(Meeting, Meeting.id == table.meeting_id)
    oldest, count = db.session.execute(asked.where(Meeting.id.in_(_meetings(rollout_id)))).one()
    return Held(oldest, count)


def _meetings(rollout_id: int):  # type: ignore[no-untyped-def]
    here = MeetingSeries.rollout_id == rollout_id
    return select(Meeting.id).join(MeetingSeries, MeetingSeries.id == Meeting.series_id).where(here)
