"""What a run knows of a month: who is there and when, what was planned and reached, period by period of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from implement.control.activity.service.reading import AttainmentRow, PeriodRow, list_periods, read_attainments
from implement.control.activity.service.workdays import list_work_days
from implement.engine.pay.rule import Figure, count_work_days
from implement.rollout.service.calendar import DaysOff, read_days_off
from implement.rollout.service.people import list_payees
from implement.rollout.service.usage import StaffMember, list_staff

Figures = dict[str, AttainmentRow]


@dataclass(frozen=True)
class Month:
    """Everything that is read once for everybody."""

    rollout_id: int
    first_day: date
    last_day: date
    staff: Mapping[int, StaffMember]
    names: Mapping[int, tuple[str, str]]
    periods: tuple[PeriodRow, ...]
    attained: Mapping[int, Mapping[int, Figures]]
    present: Mapping[int, list[date]]
    off: DaysOff

    @property
    def is_planned(self) -> bool:
        """True when the periods of the plan cover the month and none reaches beyond it."""
        ends = [(one.first_day, one.last_day) for one in self.periods]
        days = sum((last - first).days + 1 for first, last in ends)
        inside = all(self.first_day <= first and last <= self.last_day for first, last in ends)
        return inside and days == (self.last_day - self.first_day).days + 1

    def count_planned(self, person_id: int, first_day: date, last_day: date, *, employed: bool = True) -> int:
        """The working days of a person; with `employed` only those on which they belong to the firm."""
        one = self.staff[person_id]
        if employed:
            first_day = max(first_day, one.hired or first_day)
            last_day = min(last_day, one.left or last_day)
        days_off = self.off.closed | self.off.of_team(one.team_id)
        return count_work_days(one.work_days, first_day, last_day, days_off) if first_day <= last_day else 0

    def count_present(self, person_id: int, first_day: date, last_day: date) -> int:
        """The planned days on which they were not away."""
        return sum(first_day <= day <= last_day for day in self.present.get(person_id, ()))

    def list_team(self, team_id: int) -> list[int]:
        """Everybody of a team."""
        return self.teams.get(team_id, [])

    @cached_property
    def teams(self) -> dict[int | None, list[int]]:
        """Who belongs to each team, gone through once."""
        found: dict[int | None, list[int]] = {}
        for who, one in self.staff.items():
            found.setdefault(one.team_id, []).append(who)
        return found

    def find_period(self, day: date) -> PeriodRow | None:
        """The period of the plan that a day belongs to."""
        return next((one for one in self.periods if one.first_day <= day <= one.last_day), None)


def read_month(rollout_id: int, first_day: date, last_day: date) -> Month:
    """Read a month, in a number of queries that does not grow with the people."""
    staff = {one.person_id: one for one in list_staff(rollout_id) if not one.is_excluded}
    periods = [one for one in list_periods(rollout_id) if one.first_day <= last_day and first_day <= one.last_day]
    attained: dict[int, dict[int, Figures]] = {}
    for period in periods:
        found = attained.setdefault(period.id, {})
        for row in read_attainments(rollout_id, period.id):
            found.setdefault(row.person_id, {})[row.kpi_key] = row
    return Month(
        rollout_id=rollout_id, first_day=first_day, last_day=last_day, staff=staff, names=list_payees(rollout_id),
        periods=tuple(sorted(periods, key=lambda one: one.first_day)), attained=attained,
        present=list_work_days(rollout_id, list(staff.values()), first_day, last_day),
        off=read_days_off(rollout_id, {first_day.year, last_day.year}),
    )  # fmt: skip


def to_figure(row: AttainmentRow | None, *, why_not: str = "", decided: tuple[str, str, str] | None = None) -> Figure:
    """What the plan's room knows of a KPI, as pay reads it: without a target and with a reason it does not apply."""
    if row is None:
        return Figure(decided=decided, why_not=why_not)
    return Figure(
        target=None if row.target is None else str(row.target),
        actual=None if row.actual is None else str(row.actual),
        applies=not (row.target is None and row.reason),
        is_late=row.is_late and row.target is not None,
        decided=decided,
        why_not=why_not,
        lower_is_better=row.lower_is_better,
    )
