"""What the unused costs, worked out by hand."""

from fractions import Fraction

import pytest

from implement.engine.unused import price_typing, price_unused


@pytest.mark.parametrize(
    ("cost", "used", "seats", "unused"),
    [
        (120_000, 0, None, 120_000),
        (120_000, 7, None, 0),
        (120_000, 3, None, None),
        (120_000, 9, 12, 30_000),
        (100_000, 5, 3, 0),
        (100_000, 0, 3, 100_000),
        (100, 5, 7, 29),
    ],
)
def test_idle_seats_cost_their_share_and_few_users_are_not_told(  # M133
    cost: int, used: int, seats: int | None, unused: int | None
) -> None:
    assert price_unused(cost, used, seats) == unused


def test_the_seats_of_those_who_start_later_are_not_idle() -> None:  # M133
    assert price_unused(120_000, 6, 12, waiting=4) == 20_000
    assert price_unused(120_000, 6, 12, waiting=9) == 0


def test_typing_takes_entries_times_seconds_over_the_working_weeks() -> None:  # M134
    effort = price_typing(Fraction(600), 6, 4_000)
    assert (effort.minutes_a_week, effort.cost_a_year_minor) == (60, 184_000)
