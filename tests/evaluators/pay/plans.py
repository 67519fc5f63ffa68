"""Random plans, valid in every corner of the contract, and ways to spoil them with a known fault."""

import json
import random as stdlib_random
from collections.abc import Callable

from tests.evaluators.pay.reading import Json, Part, PlanFault

Chance = stdlib_random.Random
Spoil = Callable[[Part, Chance], str]  # spoils a person in place and names the key

CURVES: tuple[list[list[str]], ...] = (
    [["0", "0"], ["1", "1"]],
    [["0.6", "0"], ["1", "1"]],
    [["0", "0"], ["0.6", "0"], ["0.6", "0.6"], ["1", "1"]],
    [["0", "0"], ["1", "1"], ["1.5", "1.75"]],
    [["0", "0"], ["0.5", "0.25"], ["0.5", "0.5"], ["1", "1"]],
    [["-1", "0.1"], ["0.333333333333", "0.333333333333"], ["2", "3"]],
    [["1", "1"]],
    [["0", "1"], ["0.5", "1"], ["0.5", "0.2"], ["1", "0"]],
)  # fmt: skip


def decimal(chance: Chance, low: float, high: float) -> str:
    """A decimal string with none to six places."""
    places = chance.choice((0, 0, 1, 2, 3, 6))
    return f"{chance.uniform(low, high):.{places}f}"


def random_item(chance: Chance, number: int, weight: int) -> Part:
    """One item, sometimes without an actual but with a decision."""
    target = decimal(chance, 1, 500)
    item: Part = {
        "kpi": f"kpi {number}", "weight_bp": weight, "target": target if float(target) > 0 else "1",
        "actual": decimal(chance, 0, 700), "lower_is_better": chance.random() < 0.15,
        "curve": json.loads(json.dumps(chance.choice(CURVES)))}  # fmt: skip
    if chance.random() < 0.1:
        item["actual"] = None
        item["decision"] = {"payout": decimal(chance, 0, 1.5), "by": "Alice", "reason": "target was handed out late"}
    return item


def random_person(chance: Chance, number: int) -> Part:
    """One person with some of the optional parts."""
    count = chance.randint(1, 6)
    cuts = sorted(chance.randint(0, 10_000) for _ in range(count - 1))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]
    person: Part = {
        "id": f"P-{number:05}x", "variable_minor": chance.choice((0, 1, 99, 100_000, chance.randint(0, 10**7), 10**15)),
        "items": [random_item(chance, place, weight) for place, weight in enumerate(weights)]}  # fmt: skip
    for add in (_add_presence, _add_team, _add_reductions, _add_gates, _add_kickers, _add_commission):
        if chance.random() < 0.4:
            add(person, chance)
    if chance.random() < 0.3:
        person["ramp"] = chance.choice(("0.5", "0.25", "1", "0.333333333333", "2"))
    return person


def _add_presence(person: Part, chance: Chance) -> None:
    planned = chance.randint(1, 23)
    on_target = chance.random() < 0.5
    present = chance.randint(1 if on_target else 0, planned)
    person["presence"] = {"present": present, "planned": planned, "applies_to": "target" if on_target else "pay"}


def _add_team(person: Part, chance: Chance) -> None:
    person["team"] = {"share": decimal(chance, 0, 1), "payout": decimal(chance, 0, 2)}


def _add_reductions(person: Part, chance: Chance) -> None:
    person["reductions"] = [
        {"count": chance.randint(0, 9), "each": decimal(chance, 0, 0.2), "cap": decimal(chance, 0, 0.5)}
        for _ in range(chance.randint(0, 3))]  # fmt: skip


def _add_gates(person: Part, chance: Chance) -> None:
    person["gates"] = [
        {"kpi": f"gate {place}", "met": chance.random() < 0.5, "factor": decimal(chance, 0, 1)}
        for place in range(chance.randint(0, 3))]  # fmt: skip


def _add_kickers(person: Part, chance: Chance) -> None:
    person["kickers"] = [
        {"name": f"kicker {place}", "met": chance.random() < 0.5, "amount_minor": chance.randint(0, 10**6)}
        for place in range(chance.randint(0, 3))]  # fmt: skip


def _add_commission(person: Part, chance: Chance) -> None:
    edges = [0, *sorted(chance.sample(range(1, 50_000), chance.randint(0, 4)))]
    on_edge = chance.random() < 0.3
    base = str(chance.choice(edges)) if on_edge else decimal(chance, 0, 60_000)
    bands: list[Json] = [[str(edge), decimal(chance, 0, 0.2)] for edge in edges]
    person["commission"] = {"base": base, "kind": chance.choice(("marginal", "whole")), "bands": bands}


def random_plan(seed: int, people: int = 20) -> Part:
    """A valid plan."""
    chance = Chance(seed)
    return {
        "currency": "EUR", "minor_digits": chance.randint(0, 4), "rounding": chance.choice(("half_up", "half_even")),
        "people": [random_person(chance, number) for number in range(1, people + 1)]}  # fmt: skip


def _items(person: Part) -> list[Part]:
    items = person["items"]
    assert isinstance(items, list)
    return [item for item in items if isinstance(item, dict)]


def _set_item(key: str, value: Json) -> Spoil:
    def spoil(person: Part, chance: Chance) -> str:
        item = chance.choice(_items(person))
        if key == "actual":
            item.pop("decision", None)
        item[key] = value
        return key

    return spoil


def _set_person(key: str, value: Json, named: str = "") -> Spoil:
    def spoil(person: Part, chance: Chance) -> str:
        person[key] = value
        return named or key

    return spoil


def _remove_from_item(key: str) -> Spoil:
    def spoil(person: Part, chance: Chance) -> str:
        item = chance.choice(_items(person))
        item.pop(key)
        if key == "actual":
            item.pop("decision", None)
        return key

    return spoil


def _remove_from_person(key: str) -> Spoil:
    def spoil(person: Part, chance: Chance) -> str:
        person.pop(key)
        return key

    return spoil


def _unbalance(person: Part, chance: Chance) -> str:
    item = _items(person)[0]
    weight = item["weight_bp"]
    assert isinstance(weight, int)
    item["weight_bp"] = weight - 1 if weight else 1
    return "weight_bp"


def _repeat_kpi(person: Part, chance: Chance) -> str:
    items = _items(person)
    first = {**items[0], "weight_bp": 0}
    person["items"] = [*items, first]
    return "kpi"


def _decide_beside_actual(person: Part, chance: Chance) -> str:
    item = chance.choice(_items(person))
    item["actual"] = "5"
    item["decision"] = {"payout": "1", "by": "Alice", "reason": "no"}
    return "decision"


BAD_DECIMALS: tuple[Json, ...] = (
    "1e5",
    "",
    " 1",
    "1,5",
    "+1",
    "NaN",
    "1.",
    ".5",
    "٣",
    1.5,
    True,
    "1" * 16,
    "0.1234567890123",
    [],
)
BANDS: Part = {"base": "10", "kind": "marginal", "bands": [["0", "0.1"]]}
BAD_CURVES: tuple[Json, ...] = (
    [], [["1", "1"], ["0", "0"]], [["0", "0"], ["0", "1"], ["0", "2"]], [["0", "-1"]], [["0"]], "x", [[0, 1]],
)  # fmt: skip
SPOILS: tuple[Spoil, ...] = (
    *(_set_item("actual", value) for value in (*BAD_DECIMALS, "-1", None)),
    *(_set_item("target", value) for value in (*BAD_DECIMALS, "0", "-3", None)),
    *(_set_item("weight_bp", value) for value in (-1, "4000", 10_001, 2.5, True, None)),
    *(_set_item("lower_is_better", value) for value in ("no", 0, None)),
    *(_set_item("curve", value) for value in BAD_CURVES),
    *(_set_item(key, "x") for key in ("weigth", "payout")),
    *(_remove_from_item(key) for key in ("kpi", "weight_bp", "target", "actual", "lower_is_better", "curve")),
    *(_remove_from_person(key) for key in ("variable_minor", "items")),
    *(_set_person("variable_minor", value) for value in (-1, "1", 1.0, 10**15 + 1, None, True)),
    *(_set_person("ramp", value) for value in ("0", "-1", 1, "x")),
    _set_person("items", []), _set_person("items", {}), _set_person("items", "x"),
    _set_person("presence", {"present": 21, "planned": 20, "applies_to": "pay"}, "present"),
    _set_person("presence", {"present": 0, "planned": 20, "applies_to": "target"}, "present"),
    _set_person("presence", {"present": 0, "planned": 0, "applies_to": "pay"}, "planned"),
    _set_person("presence", {"present": 1, "planned": 2, "applies_to": "both"}, "applies_to"),
    _set_person("team", {"share": "1.1", "payout": "1"}, "share"),
    _set_person("team", {"share": "0.1", "payout": "-1"}, "payout"),
    _set_person("reductions", [{"count": -1, "each": "0.1", "cap": "1"}], "count"),
    _set_person("reductions", [{"count": 10**6 + 1, "each": "0.1", "cap": "1"}], "count"),
    _set_person("reductions", [{"count": 1, "each": "-0.1", "cap": "1"}], "each"),
    _set_person("gates", [{"kpi": "a", "met": False, "factor": "1.01"}], "factor"),
    _set_person("gates", [{"kpi": "a", "met": "no", "factor": "1"}], "met"),
    _set_person("kickers", [{"name": "a", "met": True, "amount_minor": -5}], "amount_minor"),
    _set_person("kickers", [{"name": "a", "met": True, "amount_minor": 5}] * 2, "name"),
    _set_person("commission", {**BANDS, "bands": [["1", "0.1"]]}, "bands"),
    _set_person("commission", {**BANDS, "bands": [["0", "0.1"], ["5", "0.1"], ["5", "0.2"]]}, "bands"),
    _set_person("commission", {**BANDS, "bands": []}, "bands"),
    _set_person("commission", {**BANDS, "base": "-1"}, "base"),
    _set_person("commission", {**BANDS, "kind": "slab"}, "kind"),
    _set_person("salary", "100"),
    _unbalance, _repeat_kpi, _decide_beside_actual)  # fmt: skip

BROKEN_TEXTS = (
    "", "{", "[]", "null", '{"currency":"EUR"}', "[" * 100_000, '{"a":' * 50_000,
    '{"currency":"EUR","currency":"EUR"}',
    '{"currency":"EUR","minor_digits":NaN,"rounding":"half_up","people":[]}', "\ufeff{}",
    '{"people":Infinity}')  # fmt: skip


def spoiled_plan(seed: int, faults: int = 5, people: int = 20) -> tuple[Part, set[PlanFault], set[str]]:
    """A plan with so many spoiled people, the faults planted, and the ids of the healthy."""
    chance = Chance(seed)
    plan = random_plan(seed, people)
    listed = plan["people"]
    assert isinstance(listed, list)
    persons = [person for person in listed if isinstance(person, dict)]
    struck = chance.sample(persons, faults)
    planted = {PlanFault(str(person["id"]), chance.choice(SPOILS)(person, chance)) for person in struck}
    healthy = {str(person["id"]) for person in persons} - {fault.person for fault in planted}
    return plan, planted, healthy
