"""What the room of meetings shows outside its own pages: its place on the rail, today's meeting as a next step."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from flask import url_for

from implement.control.meetings.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.control.meetings.kept_classes import list_classes
from implement.control.meetings.service.compliance import list_team_weeks
from implement.control.meetings.service.meetings import find_meeting
from implement.control.meetings.service.series import list_series
from implement.db import utc_now
from implement.engine.side_by_side import MEETINGS
from implement.rollout.registries import Measured, NextStep, Registries, RolePageCard, Room
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.rollouts import local_day
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Permission, Standing
from implement.web.texts import lazy

TODAY = 92
TEXTS = {"daily": lazy("Today: daily briefing of %(team)s"), "weekly": lazy("Today: weekly meeting of %(team)s")}


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("meetings", lazy("Meetings"), "meetings.list_meetings"))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    registries.next_steps.append(ask_to_meet)
    registries.morning_cards.append(show_today)
    registries.month_cards.append(show_today)
    registries.measured.append(
        Measured(
            "meetings", lazy("Who came to meetings, priorities and decisions"),
            lazy("to keep what was agreed, and to see whether meetings are held"),
            lazy("the team itself; others see shares of teams of five and more"),
            ("meeting_presence", "meeting_priorities"),
        )
    )  # fmt: skip
    registries.kept_classes.extend(list_classes())
    label = lazy("Meetings held")
    registries.side_rows.append(SideRow(MEETINGS, label, "share", 30, Permission.SEE_COMPLIANCE, read_held))


def ask_to_meet(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Today's meetings of one's own teams that are not closed: begin or join them."""
    own = list_own_teams(standing.person_id) if standing.may(Permission.JOIN_MEETINGS) else frozenset()
    if not own:
        return []
    steps = []
    for one in list_series(standing.rollout_id, utc_now()):
        meeting = find_meeting(one.id, today) if one.team_id in own and one.is_due(today) else None
        is_open = one.team_id in own and one.is_due(today) and (meeting is None or meeting.closed_at is None)
        if is_open and meeting is not None:
            url = url_for("meetings.show_meeting", rollout_id=standing.rollout_id, meeting_id=meeting.id)
            steps.append(NextStep(_say(one.kind, one.team), url, TODAY, today))
        elif is_open and standing.may(Permission.LEAD_MEETINGS):
            url = url_for("meetings.list_meetings", rollout_id=standing.rollout_id)
            steps.append(NextStep(_say(one.kind, one.team), url, TODAY, today))
    return steps


def show_today(standing: Standing, user_id: int, now: datetime) -> RolePageCard | None:
    """Today's meetings that are not closed, on the page of a role."""
    steps = ask_to_meet(standing, user_id, local_day(standing.rollout_id, now))
    if not steps:
        return None
    things = [(step.text, step.url) for step in steps]
    return RolePageCard(lazy("Meetings"), steps[0].text, steps[0].url, TODAY, things[1:], urgent=True)


def read_held(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """Meetings held of those due, per team and week; it tells of the team, of no person."""
    last_day, url = mondays[-1] + timedelta(days=6), url_for("meetings.show_compliance", rollout_id=rollout_id)
    weeks = list_team_weeks(rollout_id, mondays[0], last_day, now=utc_now())
    return {(one.team_id, one.monday): SideCell(Fraction(one.counts.held, one.counts.due), url=url) for one in weeks}


def _say(kind: str, team: str) -> str:
    return str(TEXTS[kind]) % {"team": team}
