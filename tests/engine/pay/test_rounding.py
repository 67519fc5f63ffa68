"""Amounts meet whole minor units once, and parts add up."""

from dataclasses import replace
from fractions import Fraction

import pytest

from implement.engine.pay import Decision, Gate, Rounding, Team, Terms, round_amount, share_out
from implement.engine.pay.rounding import over_one_denominator
from tests.engine.pay.people import alice, an_item, exact, one_item, price

UP, EVEN = Rounding.HALF_UP, Rounding.HALF_EVEN


@pytest.mark.parametrize(
    ("amount", "up", "even"),
    [("0", 0, 0), ("0.5", 1, 0), ("1.5", 2, 2), ("2.5", 3, 2), ("2.4999", 2, 2), ("2.5001", 3, 3), ("7", 7, 7)],
)
def test_exactly_half_goes_up_or_to_the_even(amount: str, up: int, even: int) -> None:
    assert (round_amount(exact(amount), UP), round_amount(exact(amount), EVEN)) == (up, even)


def test_the_two_roundings_differ_in_6_25_per_cent_of_amounts_at_a_rate_of_one_eighth() -> None:
    amounts = [Fraction(minor, 8) for minor in range(16_000)]
    assert sum(round_amount(amount, UP) != round_amount(amount, EVEN) for amount in amounts) == 1_000


def test_a_third_stays_a_third_until_it_is_rounded() -> None:
    # 9 · 1/3 · .5 is 1.5 exactly and rounds up; a third cut off after some decimals would give 1.4999…
    person = one_item(an_item(target="3"), 9, gates=(Gate("records in order", False, Fraction(1, 2)),))
    assert price(person).plan_minor == 2


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),  # equal losses: the earlier
        (11, [1, 1, 1], [4, 4, 3]),
        (100, [1, 2, 4], [14, 29, 57]),  # 14.28 28.57 57.14
        (5, [0, 1, 0], [0, 5, 0]),
        (0, [0, 0], [0, 0]),
    ],
)
def test_the_largest_remainders_take_what_is_left(total: int, shares: list[int], parts: list[int]) -> None:
    assert share_out(Fraction(total), total, shares) == parts


def test_a_part_is_cut_from_the_unrounded_amount() -> None:
    # 2.5 exactly, rounded to 3: each has 1.25, is cut to 1, and the earlier takes the 1 that is left
    assert share_out(Fraction(5, 2), 3, [1, 1]) == [2, 1]


def test_parts_of_nothing_are_nothing() -> None:
    pay = price(alice(variable_minor=0))
    assert [part.minor for part in pay.parts] == [0, 0, 0, 0]


def test_the_share_of_the_team_is_spread_by_weight() -> None:
    pay = price(alice(team=Team(Fraction(1), exact("0.9"))))
    assert [paid.minor for paid in pay.items] == [36_000, 27_000, 27_000]


def test_a_decision_stands_in_for_the_curve() -> None:
    decision = Decision(exact("1.2"), "HR", "the target came late")
    assert price(one_item(replace(an_item(), actual=None, decision=decision))).plan_minor == 120_000


def test_an_item_with_neither_actual_nor_decision_is_never_priced_as_nothing() -> None:
    with pytest.raises(ValueError, match="neither an actual nor a decision"):
        price(one_item(replace(an_item(), actual=None)))


def test_minor_digits_say_how_fine_a_commission_is() -> None:
    assert Terms("JPY", 0).minor_per_unit == 1
    assert Terms("KWD", 3).minor_per_unit == 1_000


def test_numbers_are_brought_over_one_denominator() -> None:
    assert over_one_denominator([Fraction(1, 2), Fraction(1, 3), Fraction(0)]) == ([3, 2, 0], 6)
