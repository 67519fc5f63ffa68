"""Who came, who was late, who was excused."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.control.meetings.service.meetings import lock_open
from implement.control.meetings.tables import Meeting, MeetingPresence, MeetingSeries
from implement.db import db
from implement.engine.meetings.compliance import DEFAULT_MEETINGS
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_team_people
from implement.rollout.service.usage import list_absences
from implement.web.access import Permission, Standing
from implement.web.texts import lazy

PRESENT, LATE, EXCUSED, ABSENT = "present", "late", "excused", "absent"
CAME = frozenset({PRESENT, LATE})


def list_expected(series: MeetingSeries, day: date) -> dict[int, str]:
    """Everybody of the team on that day by id and name; whoever is known to be away is not expected."""
    away = {span.person_id for span in list_absences(series.rollout_id) if span.first_day <= day <= span.last_day}
    people = list_team_people(series.rollout_id, series.team_id, day)
    return {person_id: name for person_id, name in people if person_id not in away}


def read_presence(meeting: Meeting) -> dict[int, str]:
    """What was noted, by person."""
    asked = select(MeetingPresence.person_id, MeetingPresence.state).where(MeetingPresence.meeting_id == meeting.id)
    return {row.person_id: row.state for row in db.session.execute(asked)}


def note_presence(
    standing: Standing, meeting: Meeting, series: MeetingSeries, states: Mapping[int, str], *, by: Actor, now: datetime
) -> None:
    """Note who came; somebody who does not lead may only say that they are there themselves."""
    lock_open(meeting)
    leads = standing.may(Permission.LEAD_MEETINGS)
    if not leads and (set(states) != {standing.person_id} or set(states.values()) != {PRESENT}):
        raise NotAllowed(
            lazy("You can say that you are there yourself; the rest is noted by whoever leads the meeting.")
        )
    expected = list_expected(series, meeting.day)
    if not set(states) <= set(expected):
        raise RuleBroken(lazy("Somebody named here does not belong to the team on this day."))
    asked = select(MeetingPresence).where(MeetingPresence.meeting_id == meeting.id)
    known = {row.person_id: row for row in db.session.scalars(asked)}
    for person_id, state in states.items():
        row = known.get(person_id) or MeetingPresence(meeting_id=meeting.id, person_id=person_id)
        row.state, row.at = (_judge(meeting, now) if not leads else state), now
        db.session.add(row)
    log_write(
        "note_presence", f"meeting:{meeting.id}", by=by, now=now, rollout_id=series.rollout_id, people=len(states)
    )


def note_the_rest(meeting: Meeting, series: MeetingSeries, *, now: datetime) -> None:
    """Whoever was expected and of whom nothing was noted did not come."""
    known = read_presence(meeting)
    for person_id in list_expected(series, meeting.day):
        if person_id not in known:
            db.session.add(MeetingPresence(meeting_id=meeting.id, person_id=person_id, state=ABSENT, at=now))


def _judge(meeting: Meeting, now: datetime) -> str:
    """Who says so themselves within the grace is present, afterwards late."""
    begun = max(meeting.started_at, meeting.planned_at)
    return PRESENT if now <= begun + timedelta(minutes=DEFAULT_MEETINGS.minutes_of_grace) else LATE
