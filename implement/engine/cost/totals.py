"""Totals of the cost in exact fractions of minor units: by part, by year, by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.cost.model import Model, Part
from implement.engine.cost.ranges import Range, combine, multiply

MONTHS_PER_YEAR = 12
RISE = "yearly_rise"
NOTHING = Range(Fraction(0), Fraction(0), Fraction(0))
Figures = Mapping[str, Range]


@dataclass(frozen=True)
class PartCost:
    """What a part costs over all months, and in each year; None with the missing figures where some lack."""

    part: Part
    total: Range | None
    by_year: tuple[Range, ...]
    missing: tuple[str, ...]


def missing_factors(part: Part, figures: Figures) -> tuple[str, ...]:
    """The figures of a part that nobody has given yet."""
    return tuple(name for name in part.factors if name not in figures)


def lay_out(part: Part, months: int) -> list[tuple[int, int]]:
    """The months in which a part is due, from 1, with the number of its year from 0."""
    step = {"once": months + 1, "monthly": 1, "yearly": MONTHS_PER_YEAR}[part.rhythm]
    return [(month, (month - 1) // MONTHS_PER_YEAR) for month in range(part.first_month, months + 1, step)]


def price_parts(model: Model, figures: Figures, months: int) -> list[PartCost]:
    """The cost of each part as the outermost low and high and the likely in between."""
    return [_price(part, figures, months) for part in model.parts]


def sum_by_year(costs: Sequence[PartCost], months: int) -> list[Range]:
    """The cost of each year, over all parts that are known."""
    years = -(-months // MONTHS_PER_YEAR)
    return [combine(cost.by_year[year] for cost in costs if cost.total is not None) for year in range(years)]


def _price(part: Part, figures: Figures, months: int) -> PartCost:
    missing = missing_factors(part, figures)
    if missing:
        return PartCost(part, None, (), missing)
    once, rise = multiply(figures[name] for name in part.factors), figures.get(RISE, NOTHING)
    due = lay_out(part, months)
    years = [
        combine(_risen(once, rise if part.rises else NOTHING, year) for _month, in_year in due if in_year == year)
        for year in range(-(-months // MONTHS_PER_YEAR))
    ]
    return PartCost(part, combine(years), tuple(years), ())


def _risen(amount: Range, rise: Range, year: int) -> Range:
    low, likely, high = (getattr(amount, end) * (1 + getattr(rise, end)) ** year for end in ("low", "likely", "high"))
    return Range(low, likely, high)
