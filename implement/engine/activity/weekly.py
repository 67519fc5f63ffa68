"""How far a plan was fulfilled in a week: each target by its share of the days, weighted, capped at the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.attainment import measure_attainment, measure_lower_is_better


@dataclass(frozen=True)
class WeekItem:
    """One KPI of a person in a week: its weight, what was done (None: not known), the whole target, and the days."""

    weight_bp: int
    actual: int | None
    target: int
    days: int
    days_of_period: int
    lower_is_better: bool = False


def measure_week(items: Sequence[WeekItem]) -> Fraction | None:
    """The weighted share of the week's part of the targets; KPIs of which nothing is known take no part, and with none
    known there is no share.
    """
    known = [item for item in items if item.actual is not None and item.days and item.weight_bp]
    whole = sum(item.weight_bp for item in known)
    if not whole:
        return None
    return Fraction(sum(item.weight_bp * _attain(item) for item in known), whole)


def _attain(item: WeekItem) -> Fraction:
    expected = Fraction(item.target * item.days, item.days_of_period)
    measure = measure_lower_is_better if item.lower_is_better else measure_attainment
    return min(Fraction(1), measure(Fraction(item.actual or 0), expected))
