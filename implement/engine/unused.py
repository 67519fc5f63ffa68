"""What the unused costs: seats nobody works on, functions nobody opens, fields that are typed and never read."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

WORKING_WEEKS_A_YEAR = 46
LEAST_USERS = 5


@dataclass(frozen=True)
class Effort:
    """What typing a field takes: minutes a week, and their cost a year in minor units."""

    minutes_a_week: Fraction
    cost_a_year_minor: int


def price_unused(yearly_cost_minor: int, used: int, seats: int | None = None, waiting: int = 0) -> int | None:
    """The yearly cost of what is not used: of idle seats their share, of a function that nobody uses all of it.

    The seats of `waiting` people, who start later, are not idle. None where one to four people use it: the cost would
    tell of them.
    """
    if 0 < used < LEAST_USERS:
        return None
    if seats is None:
        return 0 if used else yearly_cost_minor
    idle = max(0, seats - used - waiting)
    return _round(Fraction(yearly_cost_minor * idle, seats))


def price_typing(entries_a_week: Fraction, seconds: int, hourly_cost_minor: int) -> Effort:
    """Entries times seconds; the cost over the working weeks of a year."""
    minutes = entries_a_week * seconds / 60
    return Effort(minutes, _round(minutes / 60 * hourly_cost_minor * WORKING_WEEKS_A_YEAR))


def _round(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))
