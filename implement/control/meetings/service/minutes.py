"""Minutes: written once a meeting is closed, never changed; what must be set right is a revision with its reason."""

import hashlib
from datetime import datetime

from sqlalchemy import func, select

from implement.control.meetings.service.meetings import lock_open
from implement.control.meetings.service.presence import note_the_rest
from implement.control.meetings.service.priorities import carry_the_rest
from implement.control.meetings.tables import Meeting, MeetingMinutes, MeetingSeries
from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.web.texts import lazy


def settle_meeting(meeting: Meeting, series: MeetingSeries, *, by: Actor, now: datetime) -> None:
    """Close the meeting: what is left over is carried, whoever was not noted did not come. Its minutes follow."""
    lock_open(meeting)
    carry_the_rest(meeting)
    note_the_rest(meeting, series, now=now)
    meeting.closed_at = now
    log_write("close_meeting", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id)


def keep_minutes(
    meeting: Meeting, series: MeetingSeries, text: str, *, reason: str = "", by: Actor, now: datetime
) -> MeetingMinutes:
    """Keep the minutes of a closed meeting, or a revision of them; a revision needs its reason."""
    if meeting.closed_at is None:
        raise RuleBroken(lazy("The minutes are written when the meeting is closed."))
    db.session.refresh(meeting, with_for_update=True)
    number = (db.session.scalar(select(func.max(MeetingMinutes.number)).where(_of(meeting))) or 0) + 1
    if not text.strip() or (number > 1 and not reason.strip()):
        raise RuleBroken(lazy("A revision needs its words and a reason."))
    minutes = MeetingMinutes(
        meeting_id=meeting.id, number=number, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(),
        reason=reason.strip(), name=by.name, at=now,
    )  # fmt: skip
    db.session.add(minutes)
    db.session.flush()
    log_write("keep_minutes", f"minutes:{minutes.id}", by=by, now=now, rollout_id=series.rollout_id, number=number)
    return minutes


def list_minutes(meeting: Meeting) -> list[MeetingMinutes]:
    """The minutes and their revisions, the newest first."""
    asked = select(MeetingMinutes).where(_of(meeting)).order_by(MeetingMinutes.number.desc())
    return list(db.session.scalars(asked))


def get_minutes(meeting: Meeting, number: int) -> MeetingMinutes:
    """One of them by its number."""
    found: MeetingMinutes | None = db.session.scalar(
        select(MeetingMinutes).where(_of(meeting), MeetingMinutes.number == number)
    )
    if found is None:
        raise NotFound(lazy("There are no such minutes."))
    return found


def _of(meeting: Meeting):  # type: ignore[no-untyped-def]
    return MeetingMinutes.meeting_id == meeting.id
