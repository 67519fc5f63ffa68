"""Costs over years: sums worked out by hand, ranges that are honest, savings, and where two offers cross."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.checklist import Text
from implement.engine.cost import (
    Factor,
    FactorKind,
    Model,
    Part,
    Range,
    Saving,
    SimulationSettings,
    UnsoundRange,
    combine,
    find_crossing,
    load_model,
    make_case,
    multiply,
    price_parts,
    simulate,
    sum_by_year,
)

SHIPPED = load_model(Path(__file__).parents[3] / "checklists/cost.yaml")
WORD = Text("word", "Wort", "słowo", "слово")
SETTINGS = SimulationSettings()
POINTS = st.lists(st.integers(0, 10_000), min_size=3, max_size=3).map(sorted)


def exactly(value: int) -> Range:
    return Range(Fraction(value), Fraction(value), Fraction(value))


def between(low: int, likely: int, high: int) -> Range:
    return Range(Fraction(low), Fraction(likely), Fraction(high))


def a_model(*parts: tuple[str, str, tuple[str, ...]]) -> Model:
    """A model of these parts: id, rhythm, factors; the parts that come every month rise each year."""
    names = sorted({name for _id, _rhythm, factors in parts for name in factors})
    factors = tuple(Factor(name, FactorKind.COUNT, False, (), WORD) for name in names)
    return Model(factors, tuple(
        Part(part_id, ("M85",), rhythm, 1, needed, rhythm == "monthly", WORD, WORD) for part_id, rhythm, needed in parts
    ))  # fmt: skip


SEATS = a_model(("licence", "monthly", ("seats", "price")), ("transfer", "once", ("fee",)))


def test_three_years_of_seats_and_a_transfer() -> None:  # M85 M86 M90 M96
    figures = {"seats": exactly(10), "price": exactly(3_000), "fee": exactly(500_000)}
    licence, transfer = price_parts(SEATS, figures, 36)
    assert licence.total == exactly(10 * 3_000 * 36)
    assert transfer.by_year == (exactly(500_000), exactly(0), exactly(0))
    assert sum_by_year([licence, transfer], 36) == [exactly(860_000), exactly(360_000), exactly(360_000)]


def test_a_price_rises_from_the_second_year_on() -> None:  # M90
    figures = {"seats": exactly(1), "price": exactly(100), "fee": exactly(0)}
    rise = Range(Fraction(1, 10), Fraction(1, 10), Fraction(1, 10))
    licence = price_parts(SEATS, {**figures, "yearly_rise": rise}, 36)[0]
    assert [year.likely for year in licence.by_year] == [1_200, 1_320, 1_452]


def test_a_part_without_its_figures_is_named_and_not_taken_for_free() -> None:  # M101
    licence, transfer = price_parts(SEATS, {"seats": exactly(10)}, 36)
    assert (licence.total, licence.missing, transfer.missing) == (None, ("price",), ("fee",))


def test_the_loss_of_the_changeover_is_a_part_like_any_other() -> None:  # M89
    figures = {
        "people": exactly(20),
        "slow_weeks": exactly(4),
        "hours_a_week": exactly(40),
        "hour_cost": exactly(4_000),
    }
    share = Range(Fraction(1, 4), Fraction(1, 4), Fraction(1, 4))
    costs = {one.part.id: one for one in price_parts(SHIPPED, {**figures, "slow_share": share}, 36)}
    assert costs["changeover"].total == exactly(20 * 4 * 40 * 1_000)


def test_growth_begins_in_the_second_year_and_leaving_comes_last() -> None:  # M96 M103
    figures = {"further_seats": exactly(5), "seat_price": exactly(1_000), "leaving_fee": exactly(9)}
    costs = {one.part.id: one for one in price_parts(SHIPPED, figures, 36)}
    assert [year.likely for year in costs["growth"].by_year] == [0, 60_000, 60_000]
    assert [year.likely for year in costs["leaving"].by_year] == [0, 0, 9]


def test_the_shipped_model_answers_every_demand_on_cost() -> None:
    named = {demand for part in SHIPPED.parts for demand in part.demands}
    assert {"M85", "M86", "M87", "M88", "M89", "M90", "M91", "M96", "M101", "M104", "M108", "M68", "M69"} <= named
    assert {name for part in SHIPPED.parts for name in part.factors} | {"yearly_rise"} == set(SHIPPED.by_id)


@given(POINTS, POINTS)
def test_sums_and_products_keep_low_likely_and_high_in_order(one: list[int], other: list[int]) -> None:
    first, second = between(*one), between(*other)
    total, product = combine([first, second]), multiply([first, second])
    assert total.low <= total.likely <= total.high
    assert product.low <= product.likely <= product.high
    assert total.mean == first.mean + second.mean


@given(POINTS, POINTS, POINTS)
def test_what_is_tried_lies_between_the_outermost_that_can_happen(a: list[int], b: list[int], c: list[int]) -> None:
    figures = {"seats": between(*a), "price": between(*b), "fee": between(*c)}
    few = SimulationSettings(trials=200)
    outer = combine(one.total for one in price_parts(SEATS, figures, 36) if one.total)
    spread = simulate(SEATS, figures, few).spread
    assert outer.low - 1 <= spread.low_minor <= spread.middle_minor <= spread.high_minor <= outer.high + 1


def test_the_mean_of_the_trials_is_the_exact_mean() -> None:
    figures = {"seats": between(30, 35, 60), "price": between(2_000, 3_500, 5_000), "fee": between(0, 90_000, 900_000)}
    exact = 36 * figures["seats"].mean * figures["price"].mean + figures["fee"].mean
    tried = simulate(SEATS, figures, SETTINGS).by_month.sum(axis=1).mean()
    assert abs(tried / float(exact) - 1) < 0.01


def test_eight_of_ten_trials_are_much_narrower_than_all_at_their_worst() -> None:
    model = a_model(*((f"part{n}", "once", (f"fee{n}",)) for n in range(12)))
    figures = {f"fee{n}": between(0, 50, 100) for n in range(12)}
    spread = simulate(model, figures, SETTINGS).spread
    # twelve triangles over 0–100: mean 600, standard deviation √(12·10000/24) ≈ 70.7, so about 600 ± 91
    assert abs(spread.low_minor - 509) < 8
    assert abs(spread.high_minor - 691) < 8


def test_seats_shared_by_two_parts_are_the_same_seats() -> None:
    both = a_model(("a", "once", ("seats", "price")), ("b", "once", ("seats", "fee")))
    figures = {"seats": between(0, 50, 100), "price": exactly(1), "fee": exactly(1)}
    together = simulate(both, figures, SETTINGS).spread
    alone = simulate(a_model(("a", "once", ("seats", "price"))), figures, SETTINGS).spread
    assert together.high_minor - together.low_minor in range(2 * (alone.high_minor - alone.low_minor) - 2, 500)


def test_the_same_seed_gives_the_same_range() -> None:
    figures = {"seats": between(1, 2, 3), "price": between(4, 5, 6), "fee": between(7, 8, 9)}
    assert simulate(SEATS, figures, SETTINGS).spread == simulate(SEATS, figures, SETTINGS).spread


def test_cheap_now_is_dear_later() -> None:  # M90
    hosted, bought = [100 * month for month in range(1, 37)], [1_500 + 20 * month for month in range(1, 37)]
    crossing = find_crossing(hosted, bought)
    # 100·m exceeds 1500 + 20·m from month 19 on
    assert crossing is not None
    assert (crossing.month, crossing.gap_minor) == (19, 3_600 - 2_220)
    assert find_crossing(bought, hosted) is None


def test_savings_pay_back_in_the_month_they_exceed_the_cost() -> None:  # M97
    trial = simulate(SEATS, {"seats": exactly(0), "price": exactly(0), "fee": exactly(12_000)}, SETTINGS)
    case = make_case(trial, [Saving("calls", exactly(240), exactly(100), 1, True)], SETTINGS)
    # 24,000 a year are 2,000 a month: paid back at the end of month 6
    assert (case.payback_month, case.left.middle_minor, case.share_of_gain) == (6, 60_000, 1.0)


def test_what_never_pays_back_says_so() -> None:
    trial = simulate(SEATS, {"seats": exactly(10), "price": exactly(100), "fee": exactly(0)}, SETTINGS)
    case = make_case(trial, [Saving("calls", exactly(12), exactly(10), 13, False)], SETTINGS)
    assert (case.payback_month, case.share_of_gain, case.saved.middle_minor) == (None, 0.0, 240)


@pytest.mark.parametrize("points", [(2, 1, 3), (1, 3, 2), (-1, 0, 1)])
def test_figures_out_of_order_are_refused(points: tuple[int, int, int]) -> None:
    with pytest.raises(UnsoundRange):
        between(*points)
