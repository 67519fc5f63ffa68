"""Series of meetings begin from a regulation in force (M120); the team's hour is told to the hall."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from implement.control.meetings.tables import MeetingSeries
from implement.control.regulations.service.asking import MeetingBasis, read_meeting_rules
from implement.db import db
from implement.rollout.service.calendar import list_meetings, set_meetings
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.people import list_own_teams
from implement.rollout.service.rollouts import local_day, zone_of
from implement.rollout.service.staff import list_teams
from implement.web.access import STEERING, Standing
from implement.web.texts import lazy

FindRule = Callable[[str, int | None, datetime], MeetingBasis | None]
NOON = time(12)


@dataclass(frozen=True)
class SeriesRow:
    """A series as pages show it, with the rule it follows now (None: no regulation in force says so any more)."""

    id: int
    team_id: int
    team: str
    kind: str
    minute_of_day: int
    starts_on: date
    ends_on: date | None
    basis: MeetingBasis | None

    def runs_on(self, day: date) -> bool:
        """True when it has begun and not ended."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def is_due(self, day: date) -> bool:
        """True when the regulation asks for a meeting on this weekday."""
        return self.runs_on(day) and self.basis is not None and str(day.isoweekday()) in self.basis.rule.weekdays


def may_see_team(standing: Standing, team_id: int) -> bool:
    """True for the people and the head of a team, and for whoever steers the rollout."""
    return bool(standing.roles & STEERING) or team_id in list_own_teams(standing.person_id)


def start_series(
    standing: Standing, team_id: int, kind: str, *, minute_of_day: int, by: Actor, now: datetime
) -> MeetingSeries:
    """Begin a series for a team today; refused without a regulation in force that says how they meet."""
    here = standing.rollout_id
    if not may_see_team(standing, team_id):
        raise NotFound(lazy("There is no such team."))
    if read_meeting_rules(here)(kind, team_id, now) is None:
        sentence = lazy("No regulation in force says how this team meets; write one and hand it out first.")
        raise RuleBroken(sentence)
    today = local_day(here, now)
    running = [one for one in list_series(here, now) if (one.team_id, one.kind) == (team_id, kind)]
    if any(one.ends_on is None or one.ends_on >= today for one in running):
        raise RuleBroken(lazy("The team has such a series already; end it first."))
    series = MeetingSeries(
        rollout_id=here, team_id=team_id, kind=kind, minute_of_day=minute_of_day, starts_on=today, by_id=by.id, at=now
    )
    db.session.add(series)
    db.session.flush()
    log_write("start_series", f"series:{series.id}", by=by, now=now, rollout_id=here, team_id=team_id, kind=kind)
    _tell_hall(here, team_id, by=by, now=now)
    return series


def end_series(standing: Standing, series_id: int, *, by: Actor, now: datetime) -> None:
    """Let a series end yesterday; what was held stays."""
    series = get_series(standing, series_id)
    today = local_day(series.rollout_id, now)
    if series.ends_on is None:
        series.ends_on = max(today - timedelta(days=1), series.starts_on)
        log_write("end_series", f"series:{series.id}", by=by, now=now, rollout_id=series.rollout_id)
        db.session.flush()
        _tell_hall(series.rollout_id, series.team_id, by=by, now=now)


def get_series(standing: Standing, series_id: int) -> MeetingSeries:
    """A series of a team this person belongs to or steers; others do not learn that it exists."""
    here = (MeetingSeries.id == series_id, MeetingSeries.rollout_id == standing.rollout_id)
    found: MeetingSeries | None = db.session.scalar(select(MeetingSeries).where(*here))
    if found is None or not may_see_team(standing, found.team_id):
        raise NotFound(lazy("There is no such series of meetings."))
    return found


def list_series(rollout_id: int, now: datetime) -> list[SeriesRow]:
    """Every series with the rule it follows at this instant."""
    names, find = {team_id: name for team_id, name, *_rest in list_teams(rollout_id)}, read_meeting_rules(rollout_id)
    columns = select(
        MeetingSeries.id, MeetingSeries.team_id, MeetingSeries.kind, MeetingSeries.minute_of_day,
        MeetingSeries.starts_on, MeetingSeries.ends_on,
    ).where(MeetingSeries.rollout_id == rollout_id)  # fmt: skip
    return [
        SeriesRow(key, team_id, names[team_id], kind, minute, starts_on, ends_on, find(kind, team_id, now))
        for key, team_id, kind, minute, starts_on, ends_on in db.session.execute(
            columns.order_by(MeetingSeries.team_id, MeetingSeries.kind, MeetingSeries.starts_on)
        )
    ]


def planned_instant(rollout_id: int, day: date, minute_of_day: int) -> datetime:
    """When a meeting begins on a day, on the firm's clock."""
    local = datetime.combine(day, time(minute_of_day // 60, minute_of_day % 60), zone_of(rollout_id))
    return local.astimezone(UTC)


def _tell_hall(rollout_id: int, team_id: int, *, by: Actor, now: datetime) -> None:
    """The hall knows when teams meet: work done just before it is judged with that in mind."""
    today = local_day(rollout_id, now)
    mine = [one for one in list_series(rollout_id, now) if one.team_id == team_id and one.runs_on(today)]
    ours = {(int(day), one.minute_of_day) for one in mine if one.basis for day in one.basis.rule.weekdays}
    known = list_meetings(rollout_id).get(team_id, frozenset())
    if ours or known:
        set_meetings(rollout_id, team_id, frozenset(ours), by=by, now=now)
