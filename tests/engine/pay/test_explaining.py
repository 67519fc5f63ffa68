"""Each figure of a person's pay can be followed from the actuals to the total."""

from dataclasses import replace
from fractions import Fraction

from implement.engine.pay import (
    AppliesTo,
    Band,
    Commission,
    CommissionKind,
    Decision,
    Gate,
    Kicker,
    Person,
    Presence,
    Reduction,
    Team,
    explain_pay,
)
from tests.engine.pay.people import EUR, alice, an_item, exact, one_item, price

HALF = Fraction(1, 2)


def _texts(person: Person) -> list[str]:
    return [step.text for step in explain_pay(price(person), EUR)]


def test_a_plain_plan_is_explained_from_actuals_to_total() -> None:  # M126
    assert _texts(one_item(an_item(actual="8", target="10"))) == [
        "visits: 8 of 10 is 0.8",
        "visits: an attainment of 0.8 pays 0.8",
        "visits: 1 of 0.8 is 0.8",
        "All KPIs together pay 0.8",
        "1000.00 EUR × 0.8 is 800.00 EUR",
        "The plan pays 800.00 EUR: 800.00 EUR rounded, half a unit upwards",
        "800.00 EUR of it is for visits",
        "Altogether 800.00 EUR",
    ]


def test_everything_that_changes_a_plan_is_a_step_of_its_own() -> None:
    person = alice(
        team=Team(exact("0.3"), exact("0.9")),
        reductions=(Reduction(3, exact("0.05"), exact("0.10")),),
        gates=(Gate("records", False, HALF), Gate("punctual", True, HALF)),
        presence=Presence(15, 20, AppliesTo.PAY),
    )
    texts = _texts(person)
    assert texts[9:16] == [
        "All KPIs together pay 0.79",
        "0.3 of the team's 0.9 and 0.7 of the own 0.79 is 0.823",
        "3 × 0.05, at most 0.1: less 0.1",
        "0.823 less 0.1, at least 0, is 0.723",
        "records is not met: 0.723 × 0.5 is 0.3615",
        "15 of 20 days present: 0.3615 × 0.75 is 0.271125",
        "1000.00 EUR × 0.271125 is 271.125 EUR",
    ]
    assert texts[16] == "The plan pays 271.13 EUR: 271.125 EUR rounded, half a unit upwards"


def test_commission_and_kickers_are_explained_by_band_and_name() -> None:
    bands = (Band(Fraction(0), exact("0.01")), Band(Fraction(10_000), exact("0.02")))
    person = alice(
        commission=Commission(Fraction(15_000), CommissionKind.MARGINAL, bands),
        kickers=(Kicker("new clients", True, 5_000),),
    )
    assert _texts(person)[-5:] == [
        "10000.00 EUR of the base at a rate of 0.01 is 100.00 EUR",
        "5000.00 EUR of the base at a rate of 0.02 is 100.00 EUR",
        "The commission pays 200.00 EUR: 200.00 EUR rounded, half a unit upwards",
        "new clients is met: 50.00 EUR",
        "Altogether 1040.00 EUR",
    ]


def test_a_decision_is_explained_by_who_and_why() -> None:
    decided = replace(an_item(), actual=None, decision=Decision(Fraction(1), "HR", "target came late"))
    assert _texts(one_item(decided))[0] == "visits: no actual; HR decided to pay 1 (target came late)"


def test_lower_is_better_and_ramp_show_the_target_that_counted() -> None:
    assert _texts(one_item(an_item(actual="12", target="10", lower=True), ramp=HALF))[0] == (
        "visits: 12 where 10 is the target and less is better is 0.8"
    )
    assert _texts(one_item(an_item(actual="3", target="9", curve=None), ramp=HALF))[0] == "visits: 3 of 4.5 is 2/3"
