"""Working days of a firm: Monday to Friday without the days off it was told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_DAY_OFF_OF_WEEK = 5  # Saturday, counted from Monday as 0
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkDays:
    """Which days are worked."""

    days_off: Collection[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        """True for a weekday that is not off."""
        return day.weekday() < FIRST_DAY_OFF_OF_WEEK and day not in self.days_off

    def day_after(self, start: date, offset: int) -> date:
        """The working day `offset` working days after the first one on or after the start; negative looks back."""
        step = ONE_DAY if offset >= 0 else -ONE_DAY
        day, left = self._next(start, ONE_DAY), abs(offset)
        while left:
            day = self._next(day + step, step)
            left -= 1
        return day

    def count(self, first_day: date, last_day: date) -> int:
        """How many working days there are from the first to the last day, both inclusive."""
        days = (last_day - first_day).days + 1
        return sum(self.is_worked(first_day + timedelta(days=n)) for n in range(max(days, 0)))

    def _next(self, day: date, step: timedelta) -> date:
        while not self.is_worked(day):
            day += step
        return day
