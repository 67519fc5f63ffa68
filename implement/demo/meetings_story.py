"""The demonstration's meetings: a regulation that most have acknowledged, and three weeks in which a team met by it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from implement.control.meetings.screen import write_minutes
from implement.control.meetings.service import meetings, minutes, presence, priorities, series, talk
from implement.control.meetings.tables import Meeting, MeetingSeries
from implement.control.regulations.service import approving, drafts
from implement.control.regulations.service.templates import get_template
from implement.db import utc_now
from implement.demo.hall_story import DEMO_LOGINS, login_of
from implement.engine.law import Check, MeetingRule, Terms
from implement.engine.law.terms import OF_PROCESS, OF_RESULT
from implement.rollout.service import regulations
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.rollouts import find_standing, local_day
from implement.rollout.tables import User
from implement.store import Store
from implement.web.access import Role, Standing

WEEKS = 3
BEFORE = timedelta(days=WEEKS * 7 + 9)
DAILY = MeetingRule("daily", "12345", 9 * 60, 15, "At the board")
WEEKLY = MeetingRule("weekly", "1", 10 * 60, 60, "Room 4")
CHECKS = (
    Check("Open deals have a next step with a day", OF_PROCESS, "head", "day"),
    Check("Meetings were held as agreed", OF_PROCESS, "lead", "month"),
    Check("Deals won against the plan", OF_RESULT, "head", "week"),
)
FILLED = ("Monday", "10:00", "11:00", "Room 4", "accounting", "09:00", "Celia Rouche")
AIMS = ("Call the three clients who asked twice", "Give every open offer a next step", "Visit one client of the pilot")
SKIPPED, OVERRUN, LATE = frozenset({4, 11}), frozenset({2, 9}), frozenset({3, 9})


@dataclass(frozen=True)
class Room:
    """Who leads the demonstration's meetings."""

    rollout_id: int
    head: User
    standing: Standing


def tell(rollout_id: int, store: Store) -> bool:
    """Bind the firm to a regulation of meetings and hold three weeks of them; False when that was done before."""
    now, head = utc_now(), login_of(Role.HEAD)
    standing = find_standing(user_id=head.id, rollout_id=rollout_id)
    if standing is None or series.list_series(rollout_id, now):
        return False
    _bind(rollout_id, now - BEFORE)
    team_id = min(list_own_teams(standing.person_id))
    room = Room(rollout_id, head, standing)
    for rule in (DAILY, WEEKLY):
        _hold_series(room, team_id, rule, now)
    return True


def _bind(rollout_id: int, at: datetime) -> None:
    """The regulation: written by the lead, approved by HR, acknowledged by everybody but one."""
    lead, hr, template = login_of(Role.LEAD), login_of(Role.HR), get_template(1)
    tomorrow = local_day(rollout_id, at) + timedelta(days=1)
    said = drafts.DraftText(template.title.en, template.write("en", FILLED), tomorrow)
    terms = Terms(meetings=(DAILY, WEEKLY), checks=CHECKS)
    draft = drafts.begin_draft(rollout_id, "regulation", said, terms=terms, by=lead, now=at)
    version = drafts.keep_version(draft, seen=draft.version, by=lead, now=at)
    approving.approve_version(rollout_id, version, roles=frozenset({Role.HR}), by=hr, now=at)
    approving.hand_out_version(rollout_id, version.id, by=lead, now=at, today=local_day(rollout_id, at))
    for login in DEMO_LOGINS:
        if login.role is not Role.SALESPERSON:
            reader = {"sha256": version.sha256, "by": login_of(login.role), "now": at + timedelta(days=1)}
            regulations.acknowledge(version, rollout_id, **reader)  # type: ignore[arg-type]


def _hold_series(room: Room, team_id: int, rule: MeetingRule, now: datetime) -> None:
    """Every due day of three weeks until yesterday, some left out, some late, some too long."""
    begun = now - timedelta(days=WEEKS * 7)
    said = {"minute_of_day": rule.minute_of_day, "by": room.head, "now": begun}
    row = series.start_series(room.standing, team_id, rule.kind, **said)  # type: ignore[arg-type]
    days = [begun.date() + timedelta(days=number) for number in range(WEEKS * 7)]
    for number, day in enumerate(one for one in days if str(one.isoweekday()) in rule.weekdays):
        if number not in SKIPPED:
            _hold(room, row, day, number, rule)


def _hold(room: Room, row: MeetingSeries, day: date, number: int, rule: MeetingRule) -> None:
    planned = series.planned_instant(room.rollout_id, day, rule.minute_of_day)
    at = planned + timedelta(minutes=8 if number in LATE else 1)
    meeting = meetings.start_meeting(room.standing, row.id, by=room.head, now=at)
    people = sorted(presence.list_expected(row, day))
    states = {person_id: "present" for person_id in people if (person_id + number) % 9}
    presence.note_presence(room.standing, meeting, row, states, by=room.head, now=at)
    if rule.kind == "daily":
        _set_priorities(room, meeting, row, people[: 1 + number % 3], number, at)
    else:
        _decide(room, meeting, row, number, at)
    took = rule.minutes + (4 if number in OVERRUN else -2)
    end = at + timedelta(minutes=took)
    minutes.settle_meeting(meeting, row, by=room.head, now=end)
    minutes.keep_minutes(meeting, row, write_minutes(meeting, row, room.standing, end), by=room.head, now=end)


def _set_priorities(
    room: Room, meeting: Meeting, row: MeetingSeries, people: list[int], number: int, at: datetime
) -> None:
    """Tick what is left over on most days, then set one thing out each."""
    if number % 4:
        for one in priorities.list_left_over(meeting):
            priorities.tick_priority(room.standing, meeting, row, one.id, by=room.head, now=at)
    waiting = {one.person_id for one in priorities.list_left_over(meeting)}
    for place, person_id in enumerate(one for one in people if one not in waiting):
        text = AIMS[(number + place) % len(AIMS)]
        priorities.add_priority(room.standing, meeting, row, person_id, text, by=room.head, now=at)


def _decide(room: Room, meeting: Meeting, row: MeetingSeries, number: int, at: datetime) -> None:
    talk.add_note(meeting, row, "aims", AIMS[number % len(AIMS)], by=room.head, now=at)
    due = meeting.day + timedelta(days=7)
    said = {"owner_id": login_of(Role.SALESPERSON).id, "due": due, "is_strategic": number == 0}
    title = f"Agree with accounting who answers requests of week {number + 1}"
    talk.decide(meeting, row, title, **said, by=room.head, now=at)  # type: ignore[arg-type]
