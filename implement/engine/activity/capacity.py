"""Whether a plan fits into the day: planned minutes against 60 % of the person's working time (M109, M122)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FULL_WEEK_DAYS = 5


@dataclass(frozen=True)
class DaySettings:
    """The firm's day: minutes of a full day, the share of it that is productive, and how long typing may take."""

    minutes_a_day: int = 480
    productive_bp: int = 6_000
    most_typing_minutes: int = 120


@dataclass(frozen=True)
class Load:
    """One KPI of one person: how many of it in the period, minutes of one, and the part of them spent typing."""

    target: int
    minutes: int
    typing_minutes: int


@dataclass(frozen=True)
class DayPlan:
    """A person's average day: planned and typing minutes, and the minutes there are; no day is no room."""

    planned: Fraction
    typing: Fraction
    room: Fraction
    most_typing: int

    @property
    def fits(self) -> bool:
        """True when the plan can be done in the productive part of the day."""
        return self.planned <= self.room

    @property
    def types_too_long(self) -> bool:
        """True when more time goes into typing than into customers (M109)."""
        return self.typing > self.most_typing


def measure_day(loads: Iterable[Load], *, days: int, fte: Fraction, days_a_week: int, settings: DaySettings) -> DayPlan:
    """Spread the targets of a period over the days somebody works in it.

    Part time shortens the day only as far as it does not take whole days away: half of full time on two and a half
    days is a full day. No day is longer than a full one.
    """
    listed = list(loads)
    spread = max(days, 1)
    planned = Fraction(sum(load.target * load.minutes for load in listed), spread)
    typing = Fraction(sum(load.target * load.typing_minutes for load in listed), spread)
    share = min(Fraction(1), fte * FULL_WEEK_DAYS / max(days_a_week, 1)) if days else Fraction(0)
    room = share * settings.minutes_a_day * Fraction(settings.productive_bp, 10_000)
    return DayPlan(planned, typing, room, settings.most_typing_minutes)
