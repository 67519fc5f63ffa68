"""The formulas, each with the figure that was worked out by hand."""

from fractions import Fraction

import pytest

from implement.engine.attainment import (
    accelerator,
    decelerator,
    linear,
    measure_attainment,
    threshold_cliff,
    threshold_continuous,
)
from implement.engine.pay import (
    AppliesTo,
    Band,
    Commission,
    CommissionKind,
    Gate,
    Kicker,
    Person,
    Presence,
    Reduction,
    Team,
    count_rewards_due,
)
from tests.engine.pay.people import alice, an_item, exact, one_item, price

HALF = Fraction(1, 2)
BANDS = tuple(Band(Fraction(low), exact(rate)) for low, rate in ((0, "0.01"), (10_000, "0.02"), (20_000, "0.03")))


def _commission(kind: CommissionKind, base: str = "25000") -> Person:
    return alice(commission=Commission(exact(base), kind, BANDS))


PLAN_TABLE = [
    ("linear, capped", alice(linear()), 79_000),  # M126: 400 + 240 + 150
    ("threshold, continuous", alice(threshold_continuous(exact("0.6"))), 55_000),  # 400 + .3·.5·1000 + 0
    ("threshold, cliff", alice(threshold_cliff(exact("0.6"))), 64_000),  # 400 + 240 + 0
    ("accelerator", one_item(an_item(actual="1.3", curve=accelerator(exact("1.5"), Fraction(2)))), 145_000),
    ("decelerator", one_item(an_item(actual="0.4", curve=decelerator(HALF, HALF))), 20_000),
    ("team and individual", alice(team=Team(exact("0.3"), exact("0.9"))), 82_300),  # .27 + .7·.79
    ("gate", alice(gates=(Gate("records in order", False, HALF),)), 39_500),
    ("gate that is met", alice(gates=(Gate("records in order", True, HALF),)), 79_000),
    ("presence on the pay", alice(presence=Presence(15, 20, AppliesTo.PAY)), 59_250),
    ("presence of nobody", alice(presence=Presence(0, 20, AppliesTo.PAY)), 0),
    ("presence on the target", one_item(an_item(actual="0.6"), presence=Presence(15, 20, AppliesTo.TARGET)), 80_000),
    ("ramp", one_item(an_item(actual="0.5"), ramp=HALF), 100_000),  # month 2
    ("reduction", alice(reductions=(Reduction(3, exact("0.05"), exact("0.10")),)), 69_000),
    ("reduction below nothing", alice(reductions=(Reduction(30, exact("0.05"), Fraction(2)),)), 0),
    ("two reductions, two caps", alice(reductions=(Reduction(1, exact("0.05"), Fraction(1)),) * 2), 69_000),
    ("lower is better", one_item(an_item(actual="12", target="10", lower=True)), 80_000),
    ("lower is better, far above", one_item(an_item(actual="30", target="10", lower=True)), 0),
    ("lower is better, no ramp", one_item(an_item(actual="12", target="10", lower=True), ramp=HALF), 80_000),
]


@pytest.mark.parametrize(("person", "minor"), [row[1:] for row in PLAN_TABLE], ids=[row[0] for row in PLAN_TABLE])
def test_each_formula_pays_what_was_worked_out_by_hand(person: Person, minor: int) -> None:
    assert price(person).plan_minor == minor


def test_a_ramp_of_half_makes_half_the_target_the_whole() -> None:
    assert price(one_item(an_item(actual="0.5"), ramp=HALF)).items[0].attainment == 1


def test_an_accelerator_pays_more_than_one_for_one_above_the_target() -> None:
    assert accelerator(exact("1.5"), Fraction(2)).payout_at(measure_attainment(Fraction(13), Fraction(10))) == exact(
        "1.45"
    )


def test_pay_is_capped_at_the_plan_maximum() -> None:  # M126
    assert price(one_item(an_item(actual="7"))).plan_minor == 100_000
    assert price(one_item(an_item(actual="7", curve=accelerator(exact("1.5"), exact("1.9"))))).plan_minor == 190_000


@pytest.mark.parametrize(
    ("kind", "base", "minor"),
    [
        (CommissionKind.MARGINAL, "25000", 45_000),  # 100 + 200 + 150
        (CommissionKind.WHOLE, "25000", 75_000),
        (CommissionKind.MARGINAL, "20000", 30_000),
        (CommissionKind.WHOLE, "20000", 60_000),  # the edge belongs to the upper band
        (CommissionKind.WHOLE, "19999.99", 40_000),  # 399.9998
        (CommissionKind.MARGINAL, "0", 0),
    ],
)
def test_tiers_have_neither_gaps_nor_overlaps(kind: CommissionKind, base: str, minor: int) -> None:
    assert price(_commission(kind, base)).commission_minor == minor


def test_a_kicker_is_added_once_and_only_when_met() -> None:
    pay = price(alice(kickers=(Kicker("new clients", True, 5_000), Kicker("trade fair", False, 900))))
    assert pay.total_minor == 84_000
    assert [part.name for part in pay.parts] == [
        "plan",
        "plan:visits",
        "plan:offers",
        "plan:records",
        "kicker:new clients",
    ]


def test_gates_and_presence_touch_the_plan_only() -> None:
    person = alice(
        gates=(Gate("records in order", False, Fraction(0)),),
        kickers=(Kicker("new clients", True, 5_000),),
        commission=Commission(Fraction(25_000), CommissionKind.MARGINAL, BANDS),
    )
    assert price(person).total_minor == 50_000


def test_37_records_and_2_granted_leave_1_reward() -> None:  # M25
    assert count_rewards_due(37, granted=2) == 1
    assert count_rewards_due(9, granted=0) == 0
