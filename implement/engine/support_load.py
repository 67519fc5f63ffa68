"""How much help newcomers need in their first weeks, wave by wave, against the time that supporters have (M22, M23)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

WEEK = timedelta(days=7)
WEEKS_TRIED = 104


@dataclass(frozen=True)
class Arrival:
    """A wave that starts: how many people are new from which day on."""

    wave: str
    first_day: date
    people: int


@dataclass(frozen=True)
class SupportTerms:
    """How many people help, how many minutes a week each has for it, and how many a newcomer needs in the first,
    second … week.
    """

    supporters: int
    minutes_each: int
    minutes_by_week: tuple[int, ...]

    @property
    def capacity(self) -> int:
        """Minutes of help a week."""
        return self.supporters * self.minutes_each


@dataclass(frozen=True)
class WeekLoad:
    """One calendar week: the minutes of help that each wave needs in it, and the minutes there are."""

    monday: date
    by_wave: tuple[tuple[str, int], ...]
    capacity: int

    @property
    def minutes(self) -> int:
        """What all waves need together."""
        return sum(minutes for _wave, minutes in self.by_wave)

    @property
    def missing(self) -> int:
        """Minutes that nobody has; 0 where the help suffices."""
        return max(0, self.minutes - self.capacity)


def weigh_weeks(arrivals: Sequence[Arrival], terms: SupportTerms) -> list[WeekLoad]:
    """Every week in which newcomers need help, in order; the first is the calendar week of their start."""
    weeks: dict[date, list[tuple[str, int]]] = {}
    for one in sorted(arrivals, key=lambda arrival: (arrival.first_day, arrival.wave)):
        for place, minutes in enumerate(terms.minutes_by_week):
            needed = one.people * minutes
            if needed:
                weeks.setdefault(_monday(one.first_day) + place * WEEK, []).append((one.wave, needed))
    return [WeekLoad(monday, tuple(parts), terms.capacity) for monday, parts in sorted(weeks.items())]


def find_fitting_day(arrival: Arrival, others: Sequence[Arrival], terms: SupportTerms) -> date | None:
    """The first day, week by week from the planned one on, on which the wave leaves no week short of help.

    None where its own newcomers alone need more than there is.
    """
    for weeks in range(WEEKS_TRIED):
        moved = replace(arrival, first_day=arrival.first_day + weeks * WEEK)
        if not any(week.missing for week in weigh_weeks([*others, moved], terms) if _holds(week, arrival.wave)):
            return moved.first_day
    return None


def _holds(week: WeekLoad, wave: str) -> bool:
    return any(name == wave for name, _minutes in week.by_wave)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
