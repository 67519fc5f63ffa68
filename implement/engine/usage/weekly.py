"""Weekly use per person and team against the days they were there: what the heat map shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from implement.engine.usage.days import UserDays
from implement.engine.usage.exposure import Exposure, count_by_day


@dataclass(frozen=True)
class WeeklyUse:
    """One week (named by its Monday) of a person or a team; `people` counts those present at least one day."""

    name: str
    week: date
    people: int
    active_days: int
    present_days: int
    records: int
    expected_days: float

    @property
    def share_active(self) -> float | None:
        """Active among present working days; None when nobody was there."""
        return self.active_days / self.present_days if self.present_days else None


def weekly_use(user_days: UserDays, exposure: Exposure, weeks: int = 12) -> list[WeeklyUse]:
    """Each person's last calendar weeks, by person and week; active days count only among present ones."""
    size = exposure.present.shape[1]
    records = count_by_day(user_days, "records", exposure.people, exposure.first_day, size)
    mondays = _mondays(exposure, weeks)
    found = []
    for row, person in enumerate(exposure.people):
        for monday in mondays:
            span = slice(max(0, (monday - exposure.first_day).days), max(0, (monday - exposure.first_day).days + 7))
            present = exposure.present[row, span]
            active = int((present & exposure.active[row, span]).sum())
            expected = float(exposure.expected[row, span].sum())
            found.append(
                WeeklyUse(
                    person.user,
                    monday,
                    int(present.any()),
                    active,
                    int(present.sum()),
                    int(records[row, span].sum()),
                    expected,
                )
            )
    return found


def weekly_use_of_teams(user_days: UserDays, exposure: Exposure, weeks: int = 12) -> list[WeeklyUse]:
    """Each team's last calendar weeks; people without a team stand under the empty name."""
    teams = {person.user: person.team or "" for person in exposure.people}
    grouped: dict[tuple[str, date], list[WeeklyUse]] = {}
    for use in weekly_use(user_days, exposure, weeks):
        grouped.setdefault((teams[use.name], use.week), []).append(use)
    return [_join(team, week, uses) for (team, week), uses in sorted(grouped.items())]


def _join(name: str, week: date, uses: Iterable[WeeklyUse]) -> WeeklyUse:
    table = np.array([(u.people, u.active_days, u.present_days, u.records, u.expected_days) for u in uses])
    people, active, present, records, expected = table.sum(axis=0)
    return WeeklyUse(name, week, int(people), int(active), int(present), int(records), float(expected))


def _mondays(exposure: Exposure, weeks: int) -> list[date]:
    last = exposure.last_day - timedelta(days=exposure.last_day.weekday())
    mondays = [last - timedelta(days=7 * number) for number in range(weeks)]
    return [monday for monday in reversed(mondays) if monday + timedelta(days=6) >= exposure.first_day]
