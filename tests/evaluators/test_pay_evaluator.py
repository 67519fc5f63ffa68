"""The second pricing is right by the check values worked out by hand, and the plan generator does what it says."""

import json
from fractions import Fraction

import pytest

from tests.evaluators.pay.evaluate import is_named, main
from tests.evaluators.pay.plans import BROKEN_TEXTS, random_plan, spoiled_plan
from tests.evaluators.pay.pricing import curve_at, earned, price_text, round_to_whole, share_out
from tests.evaluators.pay.reading import Json, Part, PlanFault

LINEAR: Json = [["0", "0"], ["1", "1"]]
CONTINUOUS: Json = [["0.6", "0"], ["1", "1"]]
CLIFF: Json = [["0", "0"], ["0.6", "0"], ["0.6", "0.6"], ["1", "1"]]
ACCELERATOR: Json = [["0", "0"], ["1", "1"], ["2", "2.5"]]
DECELERATOR: Json = [["0", "0"], ["0.5", "0.25"], ["0.5", "0.5"], ["1", "1"]]


def _item(kpi: str, weight: int, actual: str | None, curve: Json = LINEAR) -> Part:
    return {"kpi": kpi, "weight_bp": weight, "target": "1", "actual": actual, "lower_is_better": False, "curve": curve}


def _three(curve: Json = LINEAR) -> list[Json]:
    return [_item("a", 4000, "1", curve), _item("b", 3000, "0.8", curve), _item("c", 3000, "0.5", curve)]


def _price(items: list[Json], **more: Json) -> dict[str, int]:
    person: Part = {"id": "p1", "variable_minor": 100_000, "items": items, **more}
    plan: Part = {"currency": "EUR", "minor_digits": 2, "rounding": "half_up", "people": [person]}
    priced, faults = price_text(json.dumps(plan))
    assert priced is not None, faults
    people = priced["people"]
    assert isinstance(people, list)
    return {"total": people[0]["total_minor"], **{part["name"]: part["minor"] for part in people[0]["parts"]}}


@pytest.mark.parametrize(("curve", "minor"), [(LINEAR, 79_000), (CONTINUOUS, 55_000), (CLIFF, 64_000)])
def test_three_items_pay_what_the_table_says(curve: Json, minor: int) -> None:
    assert _price(_three(curve))["plan"] == minor


def test_accelerator_and_decelerator_pay_what_the_table_says() -> None:
    assert _price([_item("a", 10_000, "1.3", ACCELERATOR)])["plan"] == 145_000
    assert _price([_item("a", 10_000, "0.4", DECELERATOR)])["plan"] == 20_000


@pytest.mark.parametrize(("kind", "minor"), [("marginal", 45_000), ("whole", 75_000)])
def test_commission_tiers_pay_what_the_table_says(kind: str, minor: int) -> None:
    bands: Json = [["0", "0.01"], ["10000", "0.02"], ["20000", "0.03"]]
    assert _price(_three(), commission={"base": "25000", "kind": kind, "bands": bands})["commission"] == minor


@pytest.mark.parametrize(
    ("more", "minor"),
    [
        ({"team": {"share": "0.3", "payout": "0.9"}}, 82_300),
        ({"gates": [{"kpi": "quality", "met": False, "factor": "0.5"}]}, 39_500),
        ({"presence": {"present": 15, "planned": 20, "applies_to": "pay"}}, 59_250),
        ({"reductions": [{"count": 3, "each": "0.05", "cap": "0.10"}]}, 69_000),
    ],
)
def test_parts_of_a_person_change_the_plan_as_the_table_says(more: dict[str, Json], minor: int) -> None:
    assert _price(_three(), **more)["plan"] == minor


def test_a_ramp_of_half_makes_half_the_target_enough() -> None:
    assert _price([_item("a", 10_000, "0.5")], ramp="0.5")["plan"] == 100_000


def test_kickers_are_added_and_the_plan_is_counted_once() -> None:
    priced = _price(_three(), kickers=[{"name": "new clients", "met": True, "amount_minor": 5_000}])
    assert priced["total"] == 84_000
    assert priced["plan:a"] + priced["plan:b"] + priced["plan:c"] == priced["plan"]


@pytest.mark.parametrize(("rounding", "whole"), [("half_up", 3), ("half_even", 2)])
def test_two_and_a_half_rounds_as_asked(rounding: str, whole: int) -> None:
    assert round_to_whole(Fraction(5, 2), rounding) == whole


def test_largest_remainders_take_the_residual_and_ties_go_to_the_earlier() -> None:
    assert share_out(10, Fraction(10), [Fraction(1), Fraction(1), Fraction(1)]) == [4, 3, 3]


def test_the_greater_value_holds_at_a_jump() -> None:
    falling = [(Fraction(0), Fraction(1)), (Fraction(1, 2), Fraction(1)), (Fraction(1, 2), Fraction(0))]
    assert curve_at(falling, Fraction(1, 2)) == 1
    assert curve_at(falling, Fraction(3, 4)) == 0


def test_the_edge_belongs_to_the_upper_band() -> None:
    bands = [(Fraction(0), Fraction(1, 100)), (Fraction(100), Fraction(2, 100))]
    assert earned(Fraction(100), "whole", bands) == 2
    assert earned(Fraction(100), "marginal", bands) == 1


@pytest.mark.parametrize("seed", range(30))
def test_random_plans_are_valid_and_their_parts_add_up(seed: int) -> None:
    priced, faults = price_text(json.dumps(random_plan(seed)))
    assert not faults
    assert priced is not None
    people = priced["people"]
    assert isinstance(people, list)
    for person in people:
        minors = {part["name"]: part["minor"] for part in person["parts"]}
        assert sum(minor for name, minor in minors.items() if name.startswith("plan:")) == minors["plan"]
        assert person["total_minor"] == sum(minor for name, minor in minors.items() if not name.startswith("plan:"))


@pytest.mark.parametrize("seed", range(60))
def test_every_planted_fault_is_found_and_nobody_healthy_is_blamed(seed: int) -> None:
    plan, planted, healthy = spoiled_plan(seed)
    priced, faults = price_text(json.dumps(plan))
    assert priced is None
    assert planted <= faults
    assert not {fault.person for fault in faults} & healthy


@pytest.mark.parametrize("text", BROKEN_TEXTS, ids=lambda text: text[:20])
def test_broken_texts_are_refused(text: str) -> None:
    assert price_text(text)[0] is None


def test_a_fault_is_named_by_a_line_with_person_and_key() -> None:
    assert is_named(PlanFault("p1", "ramp"), "people[0] p1: ramp must be above 0\n")
    assert not is_named(PlanFault("p1", "ramp"), "p1: target\np2: ramp\n")


def test_a_command_that_does_nothing_is_judged_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plans", "1", "--command", "true"]) == 1
    assert "valid plans: 0 of 1 right" in capsys.readouterr().out
