"""The firm's calendar: public holidays by country and team, its own closed days, and when its teams meet."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import holidays
from sqlalchemy import delete, insert, select

from implement.db import change_rows, db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.service.staff import get_team
from implement.rollout.tables import ClosedDay, Team, TeamMeeting
from implement.web.texts import lazy

COUNTRIES = ("DE", "PL", "RU")
CALENDARS = ("DE", *(f"DE-{region}" for region in holidays.DE.subdivisions if len(region) == 2), "PL", "RU")  # type: ignore[attr-defined]
Times = frozenset[tuple[int, int]]
"""Weekday from 1 (Monday) and minute of the day of each meeting."""


@dataclass(frozen=True)
class MeetingsTaken:
    """What a list of meetings changed: teams that meet otherwise now, teams as they were, teams nobody knows."""

    changed: int
    known: int
    unknown: int


@dataclass(frozen=True)
class DaysOff:
    """Days on which nobody of the firm works, and the public holidays by team; those of `None` hold for the others."""

    closed: frozenset[date]
    by_team: Mapping[int | None, frozenset[date]]

    @property
    def is_empty(self) -> bool:
        """True when no day off is known at all."""
        return not self.closed and not any(self.by_team.values())

    def of_team(self, team_id: int | None) -> frozenset[date]:
        """The public holidays of a team."""
        return self.by_team.get(team_id, self.by_team.get(None, frozenset()))


NO_DAYS_OFF = DaysOff(frozenset(), {})


def list_public_holidays(calendar: str, years: Collection[int]) -> frozenset[date]:
    """The public holidays of a country or of a part of it, as in `DE-BY`; none without a calendar."""
    if calendar not in CALENDARS:
        return frozenset()
    country, _, region = calendar.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=years))


def choose_calendar(rollout_id: int, team_id: int | None, calendar: str, *, by: Actor, now: datetime) -> None:
    """Let the public holidays of a country hold for the rollout, or for one team; empty is none, or the rollout's."""
    if calendar and calendar not in CALENDARS:
        raise RuleBroken(lazy("There is no such calendar."))
    chosen = get_rollout(rollout_id) if team_id is None else get_team(rollout_id, team_id)
    if chosen.holiday_calendar == calendar:
        return
    chosen.holiday_calendar = calendar
    subject = f"rollout:{rollout_id}" if team_id is None else f"team:{team_id}"
    log_write("choose_calendar", subject, by=by, now=now, rollout_id=rollout_id, calendar=calendar)


def list_calendars(rollout_id: int) -> dict[int | None, str]:
    """The calendar of the rollout under `None`, and of each team that has one of its own."""
    rows = db.session.execute(select(Team.id, Team.holiday_calendar).where(Team.rollout_id == rollout_id))
    own: dict[int | None, str] = {team_id: calendar for team_id, calendar in rows if calendar}
    return {None: get_rollout(rollout_id).holiday_calendar, **own}


def read_days_off(rollout_id: int, years: Collection[int]) -> DaysOff:
    """All days off of these years."""
    closed = frozenset(db.session.scalars(select(ClosedDay.day).where(ClosedDay.rollout_id == rollout_id)))
    calendars = list_calendars(rollout_id)
    return DaysOff(closed, {team: list_public_holidays(calendar, years) for team, calendar in calendars.items()})


def list_closed_days(rollout_id: int) -> list[date]:
    """The firm's own closed days, the latest first."""
    asked = select(ClosedDay.day).where(ClosedDay.rollout_id == rollout_id).order_by(ClosedDay.day.desc())
    return list(db.session.scalars(asked))


def add_closed_days(rollout_id: int, days: Iterable[date], *, by: Actor, now: datetime) -> int:
    """Add days on which the firm does not work; returns how many were new."""
    fresh = sorted(set(days) - set(list_closed_days(rollout_id)))
    if fresh:
        db.session.execute(insert(ClosedDay), [{"rollout_id": rollout_id, "day": day} for day in fresh])
        log_write("add_closed_days", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, added=len(fresh))
    return len(fresh)


def remove_closed_day(rollout_id: int, day: date, *, by: Actor, now: datetime) -> bool:
    """Let a day be a working day again; False when it was none of the closed days."""
    if not change_rows(delete(ClosedDay).where(ClosedDay.rollout_id == rollout_id, ClosedDay.day == day)):
        return False
    log_write("remove_closed_day", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, day=day.isoformat())
    return True


def list_meetings(rollout_id: int) -> dict[int, Times]:
    """When each team meets, by team."""
    rows = db.session.execute(
        select(TeamMeeting.team_id, TeamMeeting.weekday, TeamMeeting.minute_of_day)
        .join(Team, Team.id == TeamMeeting.team_id)
        .where(Team.rollout_id == rollout_id)
    )
    found: dict[int, set[tuple[int, int]]] = {}
    for team_id, weekday, minute in rows:
        found.setdefault(team_id, set()).add((weekday, minute))
    return {team_id: frozenset(times) for team_id, times in found.items()}


def take_over_meetings(rollout_id: int, listed: Mapping[str, Times], *, by: Actor, now: datetime) -> MeetingsTaken:
    """Let each listed team meet at exactly these times; teams that are not listed stay as they are."""
    rows = db.session.execute(select(Team.name, Team.id).where(Team.rollout_id == rollout_id))
    teams = {name.strip().casefold(): team_id for name, team_id in rows}
    said = {name.strip().casefold(): times for name, times in listed.items()}
    wanted = {teams[name]: times for name, times in said.items() if name in teams}
    known = list_meetings(rollout_id)
    changed = {team_id: times for team_id, times in wanted.items() if known.get(team_id, frozenset()) != times}
    for team_id, times in changed.items():
        _set_meetings(rollout_id, team_id, times, by=by, now=now)
    return MeetingsTaken(len(changed), len(wanted) - len(changed), len(listed) - len(wanted))


def set_meetings(rollout_id: int, team_id: int, times: Times, *, by: Actor, now: datetime) -> bool:
    """Let a team meet at exactly these times; False when it did already."""
    get_team(rollout_id, team_id)
    if list_meetings(rollout_id).get(team_id, frozenset()) == times:
        return False
    _set_meetings(rollout_id, team_id, times, by=by, now=now)
    return True


def _set_meetings(rollout_id: int, team_id: int, times: Times, *, by: Actor, now: datetime) -> None:
    change_rows(delete(TeamMeeting).where(TeamMeeting.team_id == team_id))
    rows = [{"team_id": team_id, "weekday": day, "minute_of_day": minute} for day, minute in sorted(times)]
    if rows:
        db.session.execute(insert(TeamMeeting), rows)
    log_write("set_meetings", f"team:{team_id}", by=by, now=now, rollout_id=rollout_id, meetings=len(rows))
