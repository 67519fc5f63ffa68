"""The same task before and after, in seconds: the middle and the range of what was measured, never more (M21, M26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

LEAST_TIMINGS = 3
"""From so many doings on each side the comparison may be handed out."""


@dataclass(frozen=True)
class Timing:
    """One measured doing."""

    seconds: int
    day: date


@dataclass(frozen=True)
class Side:
    """One side of a comparison: the middle, the shortest and the longest, how many, and from which days."""

    middle: Fraction
    shortest: int
    longest: int
    count: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Comparison:
    """Both sides; one is None where nothing was measured."""

    before: Side | None
    after: Side | None

    @property
    def is_ready(self) -> bool:
        """True when both sides were measured often enough to be shown to people."""
        return all(one is not None and one.count >= LEAST_TIMINGS for one in (self.before, self.after))

    @property
    def saved(self) -> Fraction | None:
        """Seconds that one doing saves; negative when it takes longer now."""
        if self.before is None or self.after is None:
            return None
        return self.before.middle - self.after.middle

    @property
    def overlaps(self) -> bool:
        """True when some doing after took as long as some doing before."""
        return bool(self.before and self.after and self.after.longest >= self.before.shortest)


def compare_timings(before: Iterable[Timing], after: Iterable[Timing]) -> Comparison:
    """Sum both sides up."""
    return Comparison(_sum(list(before)), _sum(list(after)))


def _sum(timings: Sequence[Timing]) -> Side | None:
    if not timings:
        return None
    seconds, days = [one.seconds for one in timings], [one.day for one in timings]
    middle = Fraction(median([Fraction(one) for one in seconds]))
    return Side(middle, min(seconds), max(seconds), len(seconds), min(days), max(days))
