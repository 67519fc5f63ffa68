"""What meetings hold about people: who came."""

from sqlalchemy import func, select

from implement.control.meetings.tables import Meeting, MeetingPresence, MeetingSeries
from implement.db import db
from implement.rollout.service.retention import Held


def hold_presence(rollout_id: int) -> Held:
    """The oldest note of who came, and how many there are."""
    asked = select(func.min(Meeting.day), func.count(MeetingPresence.id)).join(
        Meeting, Meeting.id == MeetingPresence.meeting_id
    )
    here = asked.join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
    oldest, count = db.session.execute(here.where(MeetingSeries.rollout_id == rollout_id)).one()
    return Held(oldest, count)
