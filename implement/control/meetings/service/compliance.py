"""How far teams meet as their regulation says, per team and week; asked by the page that puts weeks side by side (M121,
M128).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import case, func, select

from implement.control.meetings.service.presence import CAME
from implement.control.meetings.service.series import FindRule, SeriesRow, list_series
from implement.control.meetings.tables import Meeting, MeetingPresence, MeetingSeries
from implement.control.regulations.service.asking import read_meeting_rules
from implement.db import db
from implement.engine.meetings import Compliance, HeldMeeting, list_due_days, sum_up
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.service.calendar import read_days_off
from implement.rollout.service.rollouts import local_day, zone_of
from implement.rollout.service.staff import list_teams

NOON = time(12)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TeamWeek:
    """One team's week from its Monday; `counts` holds no attendance where fewer than five people stand behind it."""

    team_id: int
    team: str
    monday: date
    counts: Compliance
    is_withheld: bool


def list_team_weeks(
    rollout_id: int, first_day: date, last_day: date, *, now: datetime, own_teams: Collection[int] = ()
) -> list[TeamWeek]:
    """Every team with a series, by week, the newest week first; attendance of small teams is for the own head only."""
    series, find = list_series(rollout_id, now), read_meeting_rules(rollout_id)
    held, off = _read_held(rollout_id, first_day, last_day), read_days_off(rollout_id, {first_day.year, last_day.year})
    zone, last_day = zone_of(rollout_id), min(last_day, local_day(rollout_id, now))
    sums: dict[tuple[int, date], Compliance] = defaultdict(Compliance)
    for one in series:
        days_off = off.closed | off.of_team(one.team_id)
        monday = first_day - timedelta(days=first_day.weekday())
        while monday <= last_day:
            begin, end = max(monday, first_day, one.starts_on), min(monday + WEEK - timedelta(days=1), last_day)
            end = min(end, one.ends_on) if one.ends_on else end
            noon = datetime.combine(min(end, max(begin, end)), NOON, zone)
            due = _list_due(one, find, begin, end, days_off, noon) if begin <= end else []
            if due:
                sums[one.team_id, monday] += sum_up(due, held.get(one.id, ()))
            monday += WEEK
    return _show(rollout_id, sums, set(own_teams))


def _list_due(
    one: SeriesRow, find: FindRule, begin: date, end: date, days_off: Collection[date], noon: datetime
) -> list[date]:
    """The due days of one week under the rule in force at its end."""
    basis = find(one.kind, one.team_id, noon)
    return [] if basis is None else list_due_days(basis.rule.weekdays, begin, end, days_off)


def _show(rollout_id: int, sums: Mapping[tuple[int, date], Compliance], own_teams: set[int]) -> list[TeamWeek]:
    teams = {team_id: (name, count) for team_id, name, _head, _wave, count in list_teams(rollout_id)}
    rows = []
    for (team_id, monday), counts in sums.items():
        name, people = teams[team_id]
        withheld = people < LEAST_PEOPLE and team_id not in own_teams
        shown = replace(counts, expected=0, attended=0) if withheld else counts
        rows.append(TeamWeek(team_id, name, monday, shown, withheld))
    return sorted(rows, key=lambda row: (-row.monday.toordinal(), row.team))


def _read_held(rollout_id: int, first_day: date, last_day: date) -> dict[int, list[HeldMeeting]]:
    """The meetings of all series in these days, with who came, in one query."""
    came = func.sum(case((MeetingPresence.state.in_(CAME), 1), else_=0))
    expected = func.sum(case((MeetingPresence.state != "excused", 1), else_=0))
    rows = db.session.execute(
        select(
            Meeting.series_id, Meeting.day, Meeting.planned_at, Meeting.started_at, Meeting.closed_at,
            Meeting.minutes_planned, expected, came,
        )
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .join(MeetingPresence, MeetingPresence.meeting_id == Meeting.id, isouter=True)
        .where(MeetingSeries.rollout_id == rollout_id, Meeting.day >= first_day, Meeting.day <= last_day)
        .group_by(Meeting.id)
    )  # fmt: skip
    found: dict[int, list[HeldMeeting]] = defaultdict(list)
    for series_id, day, planned_at, started_at, closed_at, planned, people, present in rows:
        late, used = minutes_between(planned_at, started_at), closed_at and minutes_between(started_at, closed_at)
        found[series_id].append(HeldMeeting(day, late, used, planned, int(people or 0), int(present or 0)))
    return found


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes from one instant to a later one; less than a minute is none."""
    return int((later - earlier).total_seconds() // 60)
