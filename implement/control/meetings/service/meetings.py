"""A meeting: begun, led by the clock, closed for good."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from implement.control.meetings.service.series import get_series, planned_instant
from implement.control.meetings.tables import Meeting, MeetingSeries
from implement.control.regulations.service.asking import read_meeting_rules
from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import local_day
from implement.web.access import Standing
from implement.web.texts import lazy

SHOWN_MEETINGS = 20


def start_meeting(standing: Standing, series_id: int, *, by: Actor, now: datetime) -> Meeting:
    """Begin today's meeting of a series, or join the one that runs; the clock runs from its first beginning."""
    series = get_series(standing, series_id)
    day = local_day(series.rollout_id, now)
    running = find_meeting(series.id, day)
    if running is not None:
        return running
    basis = read_meeting_rules(series.rollout_id)(series.kind, series.team_id, now)
    if basis is None or (series.ends_on is not None and series.ends_on < day):
        raise RuleBroken(lazy("This series has ended, or no regulation in force asks for it any more."))
    meeting = Meeting(
        series_id=series.id, day=day, planned_at=planned_instant(series.rollout_id, day, series.minute_of_day),
        minutes_planned=basis.rule.minutes, started_at=now, started_by=by.name,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(meeting)
    except IntegrityError:
        return db.session.scalars(select(Meeting).where(Meeting.series_id == series.id, Meeting.day == day)).one()
    log_write("start_meeting", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id)
    return meeting


def find_meeting(series_id: int, day: object) -> Meeting | None:
    """The meeting of a series on a day."""
    found: Meeting | None = db.session.scalar(select(Meeting).where(Meeting.series_id == series_id, Meeting.day == day))
    return found


def get_meeting(standing: Standing, meeting_id: int) -> tuple[Meeting, MeetingSeries]:
    """A meeting of a team this person belongs to or steers."""
    found: Meeting | None = db.session.scalar(select(Meeting).where(Meeting.id == meeting_id))
    if found is None:
        raise NotFound(lazy("There is no such meeting."))
    return found, get_series(standing, found.series_id)


def lock_open(meeting: Meeting) -> None:
    """Let nobody else change the meeting until the end of this transaction; refuses a closed one."""
    db.session.refresh(meeting, with_for_update=True)
    if meeting.closed_at is not None:
        raise RuleBroken(lazy("This meeting is closed; its minutes stay as they are. A revision can be added to them."))


def find_meeting_before(meeting: Meeting) -> Meeting | None:
    """The last meeting of the series before this one."""
    earlier = (Meeting.series_id == meeting.series_id, Meeting.day < meeting.day)
    found: Meeting | None = db.session.scalar(select(Meeting).where(*earlier).order_by(Meeting.day.desc()).limit(1))
    return found


def list_held(series_ids: list[int]) -> list[Meeting]:
    """The last closed meetings of these series, the newest first."""
    closed = (Meeting.series_id.in_(series_ids), Meeting.closed_at.is_not(None))
    asked = select(Meeting).where(*closed).order_by(Meeting.day.desc(), Meeting.series_id)
    return list(db.session.scalars(asked.limit(SHOWN_MEETINGS)))
