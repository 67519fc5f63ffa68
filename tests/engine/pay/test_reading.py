"""A plan is read exactly as agreed, and everything else is refused with the person and the key."""

import json
from fractions import Fraction

import pytest

from implement.engine.pay import Rounding, Terms, read_plan
from implement.engine.pay.faults import show_plainly
from tests.engine.pay.plans import DECISION, FULL, ITEM, Json, Part, a_plan, changed, fault_lines, healthy, without

NUMBERS = "must be a decimal number in quotes, at most 15 digits before the point and 12 after it"
WHOLE = "must be a whole number without quotes"
WAYS_OF_DECIMALS = (
    "ramp", "team.share", "team.payout", "items.0.target", "items.0.actual", "reductions.0.each", "reductions.0.cap",
    "gates.0.factor", "commission.base",
)  # fmt: skip
WAYS_OF_WHOLES = (
    "variable_minor", "presence.present", "presence.planned", "items.0.weight_bp", "reductions.0.count",
    "kickers.0.amount_minor",
)  # fmt: skip
NO_DECIMALS: tuple[Json, ...] = (
    "1e5", "", " 1", "1 ", "1,5", "+1", "NaN", "Infinity", "1.", ".5", "٣", "１", "1\n", "0x1", "1_0", "--1",
    "1" * 16, "0.1234567890123", 1, 1.5, True, None, [], {}, ["1"],
)  # fmt: skip
NO_WHOLES: tuple[Json, ...] = ("1", 1.0, 1e3, True, False, None, [1], {})


def _key(way: str) -> str:
    """How a fault writes the way: `items[0].target`."""
    return ".".join(way.split(".")).replace(".0", "[0]")


@pytest.mark.parametrize("way", WAYS_OF_DECIMALS)
@pytest.mark.parametrize("value", NO_DECIMALS, ids=repr)
def test_what_is_no_decimal_is_refused_wherever_one_belongs(way: str, value: Json) -> None:
    lines = fault_lines(a_plan(healthy(), changed(way, value)))
    expected = "is null" if way.endswith("actual") and value is None else NUMBERS
    assert len(lines) == 1
    assert lines[0].startswith(f"people[1] bob, {_key(way)}: {expected}")


@pytest.mark.parametrize("way", WAYS_OF_WHOLES)
@pytest.mark.parametrize("value", NO_WHOLES, ids=repr)
def test_what_is_no_whole_number_is_refused_wherever_one_belongs(way: str, value: Json) -> None:
    lines = fault_lines(a_plan(healthy(), changed(way, value)))
    assert lines == [f"people[1] bob, {_key(way)}: {WHOLE}"]


@pytest.mark.parametrize("number", ["0", "-0", "007", "1" * 15, "0.123456789012", "999999999999999.999999999999"])
def test_every_decimal_of_the_grammar_is_read_exactly(number: str) -> None:
    plan = read_plan(json.dumps(a_plan(changed("items.0.actual", number))).encode())
    assert plan.people[0].items[0].actual == Fraction(number)


OUT_OF_BOUNDS: list[tuple[str, Json, str]] = [
    ("variable_minor", -1, "variable_minor: must not be negative"),
    ("variable_minor", 10**15 + 1, "variable_minor: must be at most 1000000000000000"),
    ("variable_minor", 10**5000, "variable_minor: must be at most 1000000000000000"),
    ("ramp", "0", "ramp: must be above 0"),
    ("ramp", "-1", "ramp: must be above 0"),
    ("presence.present", 21, "presence.present: must not be above planned"),
    ("presence.present", -1, "presence.present: must not be negative"),
    ("presence.planned", 0, "presence.planned: must be at least 1"),
    ("presence.planned", 10**6 + 1, "presence.planned: must be at most 1000000"),
    ("presence.applies_to", "both", "presence.applies_to: must be one of pay, target"),
    ("presence", {"present": 0, "planned": 9, "applies_to": "target"}, "presence.present: must be above 0"),
    ("team.share", "1.000000000001", "team.share: must be at most 1"),
    ("team.payout", "-0.1", "team.payout: must not be negative"),
    ("items.0.target", "0", "items[0].target: must be above 0"),
    ("items.0.target", "-3", "items[0].target: must be above 0"),
    ("items.0.actual", "-1", "items[0].actual: must not be negative"),
    ("items.0.weight_bp", 10_001, "items[0].weight_bp: must be at most 10000"),
    ("items.0.weight_bp", -1, "items[0].weight_bp: must not be negative"),
    ("items.0.weight_bp", 9_999, "items: weight_bp must sum to exactly 10000, sums to 9999"),
    ("items.0.lower_is_better", "no", "items[0].lower_is_better: must be true or false"),
    ("items.0.lower_is_better", 0, "items[0].lower_is_better: must be true or false"),
    ("items.0.kpi", 7, "items[0].kpi: must be text in quotes"),
    ("items.0.kpi", " ", "items[0].kpi: must not be empty"),
    ("items.0.curve", [], "items[0].curve: must hold at least one entry"),
    ("items.0.curve", "0", "items[0].curve: must be a list in brackets"),
    ("items.0.curve", ["01"], "items[0].curve[0]: must be a pair of two decimal numbers"),
    ("items.0.curve", [["0", "0", "0"]], "items[0].curve[0]: must be a pair of two decimal numbers"),
    ("items.0.curve", [["0", "0"], ["1", 1]], "items[0].curve[1]: must be a pair of two decimal numbers"),
    ("items.0.curve", [{"0": "0", "1": "1"}], "items[0].curve[0]: must be a pair of two decimal numbers"),
    ("items.0.curve", [["0", "-1"]], "items[0].curve[0]: the second number must not be negative"),
    ("items.0.curve", [["1", "1"], ["0", "0"]], "items[0].curve: the knots must be sorted by their first number"),
    ("items.0.curve", [["1", "0"]] * 3, "items[0].curve: at most two knots may share their first number"),
    ("items.0.decision", DECISION, "items[0].decision: a decision stands only where the actual is null"),
    ("items.0.decision", None, "items[0].decision: a decision stands only where the actual is null"),
    ("items.0.actual", None, "items[0].actual: is null: give the actual, or a decision"),
    ("items", [], "items: must hold at least one entry"),
    ("items", {}, "items: must be a list in brackets"),
    ("items.0", "visits", "items[0]: must be an object in braces"),
    ("reductions.0.count", 10**6 + 1, "reductions[0].count: must be at most 1000000"),
    ("reductions.0.each", "-0.1", "reductions[0].each: must not be negative"),
    ("reductions.0.cap", "-0.1", "reductions[0].cap: must not be negative"),
    ("gates.0.factor", "1.1", "gates[0].factor: must be at most 1"),
    ("gates.0.met", None, "gates[0].met: must be true or false"),
    ("kickers.0.amount_minor", -5, "kickers[0].amount_minor: must not be negative"),
    ("kickers", [{"name": "a", "met": False, "amount_minor": 1}] * 2, "kickers[1].name: is given to more than one"),
    ("commission.base", "-1", "commission.base: must not be negative"),
    ("commission.kind", "slab", "commission.kind: must be one of marginal, whole"),
    ("commission.bands", [], "commission.bands: must hold at least one entry"),
    ("commission.bands", [["1", "0.1"]], "commission.bands[0]: the first band must begin at 0"),
    ("commission.bands", [["0", "0.1"], ["0", "0.2"]], "commission.bands[1]: each band must begin above"),
    ("commission.bands", [["0", "-0.1"]], "commission.bands[0]: the second number must not be negative"),
    ("commission", [], "commission: must be an object in braces"),
    ("bonus", 1, "bonus: is no key of this place"),
    ("items.0.wieght", 1, "items[0].wieght: is no key of this place"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "value", "said"), OUT_OF_BOUNDS, ids=[row[2][:60] for row in OUT_OF_BOUNDS])
def test_each_rule_of_a_plan_is_kept_and_named(way: str, value: Json, said: str) -> None:
    written = "1" + "0" * 5000 if value == 10**5000 else json.dumps(value)
    text = json.dumps(a_plan(healthy(), changed(way, "THE VALUE"))).replace('"THE VALUE"', written)
    lines = fault_lines(text)
    assert len(lines) == 1
    assert lines[0].startswith(f"people[1] bob, {said}")


REQUIRED = (
    "variable_minor", "items", *(f"items.0.{key}" for key in ITEM), "presence.present", "presence.planned",
    "presence.applies_to", "team.share", "team.payout", "reductions.0.count", "reductions.0.each", "reductions.0.cap",
    "gates.0.kpi", "gates.0.met", "gates.0.factor", "kickers.0.name", "kickers.0.met", "kickers.0.amount_minor",
    "commission.base", "commission.kind", "commission.bands",
)  # fmt: skip


@pytest.mark.parametrize("way", REQUIRED)
def test_what_must_be_there_is_missed_by_name(way: str) -> None:
    assert fault_lines(a_plan(healthy(), without(way))) == [f"people[1] bob, {_key(way)}: is missing"]


@pytest.mark.parametrize("way", ["presence", "ramp", "team", "reductions", "gates", "kickers", "commission"])
def test_what_may_be_absent_is_not_missed_but_is_never_null(way: str) -> None:
    assert fault_lines(a_plan(without(way))) == []
    assert len(fault_lines(a_plan(changed(way, None)))) == 1


def test_terms_have_defaults_and_only_known_values() -> None:
    assert read_plan(json.dumps({"people": []}).encode()).terms == Terms("", 2, Rounding.HALF_UP)
    assert fault_lines(a_plan(minor_digits=5, rounding="up", currency=" ", month="May")) == [
        "month: is no key of this place",
        "currency: must not be empty",
        "minor_digits: must be at most 4",
        "rounding: must be one of half_up, half_even",
    ]


@pytest.mark.parametrize("people", [None, {}, "alice", 1])
def test_people_are_a_list(people: Json) -> None:
    assert fault_lines(a_plan(people=people)) == ["people: must be a list in brackets"]
    assert fault_lines("{}") == ["people: is missing"]


def test_an_id_is_needed_and_taken_only_once() -> None:
    nobody, number = healthy(), healthy()
    del nobody["id"]
    number["id"] = 7
    assert fault_lines(a_plan(healthy(), nobody, number, healthy())) == [
        "people[1], id: is missing",
        "people[2], id: must be text in quotes",
        "people[3] alice, id: is the id of more than one person",
    ]


def test_a_kpi_is_named_only_once_and_a_gate_may_name_it_too() -> None:
    half: Part = {**ITEM, "weight_bp": 5_000}
    assert fault_lines(a_plan(changed("items", [half, half]))) == [
        "people[0] bob, items[1].kpi: is given to more than one entry of this person"
    ]
    assert fault_lines(a_plan(changed("gates.0.kpi", "visits"))) == []


def test_an_actual_that_is_not_known_needs_a_decision_with_all_its_keys() -> None:
    decided: Part = {**ITEM, "actual": None, "decision": DECISION}
    assert fault_lines(a_plan(changed("items", [decided]))) == []
    decided["decision"] = {"payout": "-1", "by": "", "why": "x"}
    assert fault_lines(a_plan(changed("items", [decided]))) == [
        "people[0] bob, items[0].decision.why: is no key of this place",
        "people[0] bob, items[0].decision.payout: must not be negative",
        "people[0] bob, items[0].decision.by: must not be empty",
        "people[0] bob, items[0].decision.reason: is missing",
    ]


def test_an_unknown_actual_blocks_even_at_no_weight() -> None:
    items: Json = [ITEM, {**ITEM, "kpi": "calls", "weight_bp": 0, "actual": None}]
    assert [line.split(":")[0] for line in fault_lines(a_plan(changed("items", items)))] == [
        "people[0] bob, items[1].actual"
    ]


def test_every_fault_of_everybody_is_listed_and_nobody_else_is_named() -> None:
    plan = a_plan(changed("ramp", "0"), healthy(), changed("items.0.target", "x") | {"id": "carol", "ramp": 1})
    assert [line.partition(":")[0] for line in fault_lines(plan)] == [
        "people[0] bob, ramp",
        "people[2] carol, items[0].target",
        "people[2] carol, ramp",
    ]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('"id": "bob", "id": "eve"', "id"),
        ('"id": "bob", "ramp": "1", "ramp": "1"', "ramp"),
        ('"id": "bob", "team": {"share": "0", "share": "1", "payout": "1"}', "team.share"),
    ],
)
def test_a_repeated_key_is_refused_where_it_stands(written: str, key: str) -> None:
    rest = json.dumps({name: value for name, value in healthy().items() if name != "id"})[1:]
    lines = fault_lines(f'{{"people": [{{{written}, {rest}]}}')
    assert len(lines) == 1
    assert lines[0].startswith("people[0] ")
    assert lines[0].endswith(f", {key}: is given more than once")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1.5", "1e9"])
def test_numbers_that_json_does_not_know_are_refused_where_they_stand(word: str) -> None:
    text = json.dumps(a_plan(FULL)).replace("100000", word)
    assert fault_lines(text) == [f"people[0] bob, variable_minor: {WHOLE}"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The plan must be one JSON object in braces."),
        ("[]", "The plan must be one JSON object in braces."),
        ("null", "The plan must be one JSON object in braces."),
        ("{", "The plan is no JSON, line 1, column 2"),
        ('{"people": [}', "The plan is no JSON, line 1, column 13"),
        ('{"people": []}\n{}', "The plan is no JSON, line 2, column 1"),
        ('{"people": [],}', "The plan is no JSON, line 1, column 15"),
        ('{"people" []}', "The plan is no JSON, line 1, column 11"),
        ('{"people": [] "currency": "EUR"}', "The plan is no JSON, line 1, column 15"),
        ("{people: []}", "The plan is no JSON, line 1, column 2"),
        ("[" * 100_000, "The plan must be one JSON object in braces."),
        ('{"a":' * 50_000, "The plan is nested too deeply."),
        ('{"people": [' + "[" * 50_000, "The plan is nested too deeply."),
        (b'{"people": "\xff"}', "The plan is not written in UTF-8 (byte 13)."),
        ("{}".encode("utf-16"), "The plan is not written in UTF-8 (byte 1)."),
    ],
    ids=range(15),
)
def test_a_text_that_is_no_plan_at_all_is_refused_in_one_line(text: str | bytes, said: str) -> None:
    lines = fault_lines(text)
    assert len(lines) == 1
    assert lines[0].startswith(said)


def test_a_byte_order_mark_and_blanks_are_no_fault() -> None:
    assert fault_lines(b"\xef\xbb\xbf \n{ } ") == ["people: is missing"]
    assert fault_lines('\t{ "people" : [ ] }\r\n') == []


def test_a_name_with_line_breaks_stays_on_its_line() -> None:
    assert show_plainly("a\nb\u2028\ud800ü") == "a\\nb\\u2028\\ud800ü"
