"""The engine and a second pricing, written apart from it after the same agreement, give the same to the minor unit."""

import json

import pytest

from implement.engine.pay import UnusablePlan, read_plan, write_pay
from tests.evaluators.pay.plans import random_plan, spoiled_plan
from tests.evaluators.pay.pricing import price_text
from tests.fixtures.scale import Scale

PEOPLE_PER_PLAN = 3
BATCHES = 10


def _price(seed: int) -> tuple[dict[str, object], dict[str, object] | None]:
    """One random plan, priced by the engine and by the second pricing."""
    text = json.dumps(random_plan(seed, PEOPLE_PER_PLAN))
    priced = json.loads(write_pay(read_plan(text.encode())))
    del priced["engine"]
    return priced, price_text(text)[0]


@pytest.mark.soak
@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_plans_are_priced_alike_to_the_minor_unit(batch: int, scale: Scale) -> None:
    plans = scale(small=40, full=1_000, of="random pay plans priced twice")
    for seed in range(batch * plans, (batch + 1) * plans):
        ours, theirs = _price(seed)
        assert ours == theirs, f"seed {seed}"
        for person in ours["people"]:
            minors = {part["name"]: part["minor"] for part in person["parts"]}
            assert sum(minor for name, minor in minors.items() if name.startswith("plan:")) == minors["plan"]


@pytest.mark.soak
@pytest.mark.parametrize("batch", range(BATCHES))
def test_planted_faults_are_found_and_nobody_healthy_is_named(batch: int, scale: Scale) -> None:
    plans = scale(small=10, full=200, of="spoiled pay plans")
    for seed in range(batch * plans, (batch + 1) * plans):
        plan, planted, healthy = spoiled_plan(seed)
        with pytest.raises(UnusablePlan) as refused:
            read_plan(json.dumps(plan).encode())
        lines = [fault.line for fault in refused.value.faults]
        assert not [name for name in healthy if any(name in line for line in lines)]
        assert all(any(fault.person in line and fault.key in line for line in lines) for fault in planted)
