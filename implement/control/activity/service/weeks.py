"""How far teams have come with their plan by the end of each week; asked by the page that puts weeks side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from implement.control.activity.service.reading import AttainmentRow, PeriodRow, list_periods, read_attainments
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.service.usage import list_staff

SUNDAY = timedelta(days=6)


@dataclass(frozen=True)
class TeamPlan:
    """A team by the end of a week: the mean over its people of what was due by then, and how many they are."""

    period_id: int
    share: Fraction
    people: int


def list_team_plans(rollout_id: int, mondays: Sequence[date]) -> dict[tuple[int, date], TeamPlan]:
    """By team and week; weeks without a period, and people without any known day, are left out."""
    return while_unchanged(("team_plans", rollout_id, *mondays), lambda: _list_team_plans(rollout_id, mondays))


def measure_share(rows: Sequence[AttainmentRow], elapsed: Fraction) -> Fraction | None:
    """One person's plan by a day: each KPI's share of what was due by then, at most all of it, by its weight.

    KPIs of which less is better are not counted in days and stay out; None where nothing is known.
    """
    known = [(row, row.target) for row in rows if row.so_far is not None and row.target and not row.lower_is_better]
    weight = sum(row.weight_bp for row, _target in known)
    if not weight or not elapsed:
        return None
    due = [(row, Fraction(row.so_far or 0) / (target * elapsed)) for row, target in known]
    return sum((row.weight_bp * min(Fraction(1), reached) for row, reached in due), Fraction(0)) / weight


def _list_team_plans(rollout_id: int, mondays: Sequence[date]) -> dict[tuple[int, date], TeamPlan]:
    teams = {one.person_id: one.team_id for one in list_staff(rollout_id) if not one.is_excluded}
    periods = list_periods(rollout_id)
    found: dict[tuple[int, date], TeamPlan] = {}
    for monday in mondays:
        period = next((one for one in periods if one.first_day <= monday + SUNDAY <= one.last_day), None)
        if period is not None:
            found |= _read_week(rollout_id, period, monday, teams)
    return found


def _read_week(
    rollout_id: int, period: PeriodRow, monday: date, teams: dict[int, int | None]
) -> dict[tuple[int, date], TeamPlan]:
    sunday = monday + SUNDAY
    elapsed = Fraction((sunday - period.first_day).days + 1, (period.last_day - period.first_day).days + 1)
    rows: dict[int, list[AttainmentRow]] = defaultdict(list)
    for row in read_attainments(rollout_id, period.id, until=sunday):
        rows[row.person_id].append(row)
    shares: dict[int, list[Fraction]] = defaultdict(list)
    for person_id, mine in rows.items():
        team_id, share = teams.get(person_id), measure_share(mine, elapsed)
        if team_id is not None and share is not None:
            shares[team_id].append(share)
    return {
        (team_id, monday): TeamPlan(period.id, Fraction(sum(found), len(found)), len(found))
        for team_id, found in shares.items()
    }
