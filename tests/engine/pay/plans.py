"""Plans as JSON for tests: Alice and Bob, with every part a plan may have."""

import copy
import json
from typing import Any

from implement.engine.pay import UnusablePlan, read_plan

Json = Any
Part = dict[str, Json]

ITEM: Part = {
    "kpi": "visits",
    "weight_bp": 10_000,
    "target": "10",
    "actual": "8",
    "lower_is_better": False,
    "curve": [["0", "0"], ["1", "1"]],
}
DECISION: Part = {"payout": "1", "by": "HR", "reason": "the target came late"}
FULL: Part = {
    "id": "bob",
    "variable_minor": 100_000,
    "presence": {"present": 15, "planned": 20, "applies_to": "pay"},
    "ramp": "0.5",
    "team": {"share": "0.3", "payout": "0.9"},
    "items": [ITEM],
    "reductions": [{"count": 3, "each": "0.05", "cap": "0.10"}],
    "gates": [{"kpi": "records", "met": False, "factor": "0.5"}],
    "kickers": [{"name": "new clients", "met": True, "amount_minor": 5_000}],
    "commission": {"base": "25000", "kind": "marginal", "bands": [["0", "0.01"], ["10000", "0.02"]]},
}


def a_plan(*people: Part, **terms: Json) -> Part:
    """A plan of these people."""
    return {"currency": "EUR", "minor_digits": 2, "rounding": "half_up", "people": list(people), **terms}


def healthy(person_id: str = "alice") -> Part:
    """Somebody with nothing but what must be there."""
    return {"id": person_id, "variable_minor": 100_000, "items": [copy.deepcopy(ITEM)]}


def changed(way: str, value: Json) -> Part:
    """Bob with one thing in another way: `items.0.target`."""
    person = copy.deepcopy(FULL)
    *steps, last = way.split(".")
    place: Json = person
    for step in steps:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return person


def without(way: str) -> Part:
    """Bob with one key left out."""
    above, _, last = way.rpartition(".")
    person = copy.deepcopy(FULL)
    place: Json = person
    for step in above.split(".") if above else []:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[last]
    return person


def fault_lines(plan: Part | str | bytes) -> list[str]:
    """What is said about a plan; nothing when it can be priced."""
    text = plan if isinstance(plan, str | bytes) else json.dumps(plan)
    try:
        read_plan(text.encode() if isinstance(text, str) else text)
    except UnusablePlan as unusable:
        return [fault.line for fault in unusable.faults]
    return []
