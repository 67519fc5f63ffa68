"""Curves pay exactly what their knots say: on them, between them, outside, and where they jump."""

from fractions import Fraction

import pytest

from implement.engine.attainment import (
    Curve,
    CurveFault,
    Jump,
    NotWritable,
    accelerator,
    decelerator,
    linear,
    threshold_cliff,
    threshold_continuous,
    write_knots,
)

HALF = Fraction(1, 2)


def _curve(*knots: tuple[str, str]) -> Curve:
    return Curve(tuple((Fraction(x), Fraction(y)) for x, y in knots))


FALLING = _curve(("0", "1"), ("0.5", "1"), ("0.5", "0.2"), ("1", "0"))
RISING = _curve(("0", "0"), ("0.6", "0"), ("0.6", "0.6"), ("1", "1"))


@pytest.mark.parametrize(
    ("curve", "attainment", "payout"),
    [
        (linear(), "0.3", "0.3"),
        (linear(), "-1", "0"),
        (linear(), "17", "1"),
        (RISING, "0.599999999999", "0"),
        (RISING, "0.6", "0.6"),
        (RISING, "0.8", "0.8"),
        (FALLING, "0.5", "1"),
        (FALLING, "0.500000000001", "0.1999999999996"),
        (FALLING, "0.75", "0.1"),
        (FALLING, "2", "0"),
        (_curve(("1", "0.7")), "0", "0.7"),
        (_curve(("1", "0.7")), "1", "0.7"),
        (_curve(("1", "0"), ("1", "1")), "0.9", "0"),
        (_curve(("1", "0"), ("1", "1")), "1", "1"),
        (_curve(("1", "1"), ("1", "0")), "1", "1"),
        (_curve(("1", "1"), ("1", "0")), "1.1", "0"),
        (_curve(("-1", "0"), ("1", "1")), "0", "0.5"),
        (_curve(("0.333333333333", "0.1"), ("0.7", "0.8")), "0.333333333333", "0.1"),
    ],
)
def test_a_curve_pays_what_its_knots_say(curve: Curve, attainment: str, payout: str) -> None:
    assert curve.payout_at(Fraction(attainment)) == Fraction(payout)


def test_between_knots_thirds_stay_thirds() -> None:
    assert _curve(("0", "0"), ("3", "1")).payout_at(Fraction(1)) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("knots", "fault"),
    [
        ([], "no_knots"),
        ([("1", "0"), ("0", "1")], "unsorted"),
        ([("1", "0"), ("1", "1"), ("1", "2")], "crowded"),
        ([("1", "-0.1")], "negative"),
    ],
)
def test_knots_that_make_no_curve_are_refused(knots: list[tuple[str, str]], fault: str) -> None:
    with pytest.raises(CurveFault, match=fault):
        _curve(*knots)


def test_a_cliff_shows_its_jump_and_a_continuous_threshold_has_none() -> None:
    assert threshold_cliff(HALF).jumps == (Jump(HALF, Fraction(0), HALF),)
    assert threshold_continuous(HALF).jumps == ()


def test_a_curve_knows_whether_more_can_pay_less() -> None:
    assert RISING.is_non_decreasing
    assert not FALLING.is_non_decreasing


@pytest.mark.parametrize(
    ("curve", "knots"),
    [
        (linear(), [["0", "0"], ["1", "1"]]),
        (threshold_continuous(Fraction("0.6")), [["0.6", "0"], ["1", "1"]]),
        (threshold_cliff(Fraction("0.6")), [["0.6", "0"], ["0.6", "0.6"], ["1", "1"]]),
        (threshold_cliff(Fraction(1)), [["1", "0"], ["1", "1"]]),
        (accelerator(Fraction("1.5"), Fraction("1.9")), [["0", "0"], ["1", "1"], ["1.6", "1.9"]]),
        (accelerator(Fraction("1.5"), Fraction(1)), [["0", "0"], ["1", "1"]]),
        (decelerator(HALF, HALF), [["0", "0"], ["0.5", "0.25"], ["0.5", "0.5"], ["1", "1"]]),
        (decelerator(HALF, Fraction(1)), [["0", "0"], ["0.5", "0.5"], ["1", "1"]]),
        (_curve(("-0.5", "0"), ("10", "1")), [["-0.5", "0"], ["10", "1"]]),
    ],
)
def test_named_formulas_are_written_as_the_knots_of_a_plan(curve: Curve, knots: list[list[str]]) -> None:
    assert write_knots(curve) == knots


def test_a_knot_without_an_end_is_not_written_as_something_near_it() -> None:
    with pytest.raises(NotWritable, match="5/3"):
        write_knots(accelerator(Fraction("1.5"), Fraction(2)))


@pytest.mark.parametrize("threshold", [Fraction(-1), Fraction(2)])
def test_a_threshold_outside_of_the_target_is_refused(threshold: Fraction) -> None:
    with pytest.raises(ValueError, match="threshold"):
        threshold_continuous(threshold)
    with pytest.raises(ValueError, match="threshold"):
        threshold_cliff(threshold)


def test_a_cap_below_the_full_pay_and_a_factor_above_one_are_refused() -> None:
    with pytest.raises(ValueError, match="cap"):
        accelerator(Fraction(2), HALF)
    with pytest.raises(ValueError, match="factor"):
        decelerator(HALF, Fraction(2))
