"""Who carries how much: tasks, entries and minutes of a side, per working day its people were there (M28, M132)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Worker:
    """Somebody of a side: the weekdays they work (1 is Monday), when they were there, days off and away."""

    work_days: str
    first_day: date | None
    last_day: date | None
    days_off: Collection[date]
    away: Sequence[tuple[date, date]]

    def count_days(self, first_day: date, last_day: date) -> int:
        """The working days on which this person was there, both ends inclusive."""
        first, last = max(first_day, self.first_day or first_day), min(last_day, self.last_day or last_day)
        days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
        return sum(str(day.isoweekday()) in self.work_days and not self._is_off(day) for day in days)

    def _is_off(self, day: date) -> bool:
        return day in self.days_off or any(first <= day <= last for first, last in self.away)


@dataclass(frozen=True)
class SideLoad:
    """A side's load over a span: people, their working days, open tasks, entries, minutes of typing as planned (None:
    not known).
    """

    people: int
    days: int
    tasks: int
    entries: int
    minutes: Fraction | None

    @property
    def entries_a_day(self) -> Fraction | None:
        """Entries on one working day of one person; None without a day."""
        return Fraction(self.entries, self.days) if self.days else None

    @property
    def tasks_a_person(self) -> Fraction | None:
        """Open tasks of one person."""
        return Fraction(self.tasks, self.people) if self.people else None

    @property
    def minutes_a_day(self) -> Fraction | None:
        """Minutes of typing on one working day of one person."""
        return self.minutes / self.days if self.minutes is not None and self.days else None


def compare_loads(first: SideLoad, other: SideLoad) -> Fraction | None:
    """How many times as many entries one person of the heavier side makes a day; None where it cannot be said."""
    loads = sorted(one for one in (first.entries_a_day, other.entries_a_day) if one is not None)
    return loads[1] / loads[0] if len(loads) == 2 and loads[0] else None


def sum_minutes(days_and_minutes: Iterable[tuple[int, Fraction | None]]) -> Fraction | None:
    """Minutes of all people: days times the minutes a day of their role; None when those of a role are not known."""
    found = list(days_and_minutes)
    if not found or any(minutes is None for _days, minutes in found):
        return None
    return sum((days * minutes for days, minutes in found if minutes is not None), Fraction(0))
