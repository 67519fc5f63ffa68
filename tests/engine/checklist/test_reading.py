"""A pack with any fault is refused, with the place of each."""

import pytest

from implement.engine.checklist import LANGUAGES, UnusableSheet, pack_hash, read_pack
from implement.engine.checklist.sheet import FAULT_TEXTS
from tests.engine.checklist.builders import CHECKLISTS

WORDS = "{en: a, de: b, pl: c, ru: d}"
PACK = f"""
id: own
version: "1"
title: {WORDS}
intro: {WORDS}
units:
  hours: {{text: {WORDS}}}
assumptions:
  days: {{value: 220, text: {WORDS}}}
sections:
  - id: work
    title: {WORDS}
    items:
      - id: own.hours
        kind: number
        unit: hours
        role: head
        weight: 2
        demands: [M109]
        label: {WORDS}
        text: {WORDS}
        why: {WORDS}
        rules:
          - id: own.hours.many
            kind: finding
            severity: high
            demands: [M109]
            when: {{number: {{above: 2}}}}
            problem: {WORDS}
            cause: {WORDS}
            recommendation: {WORDS}
            money_per_year:
              note: {WORDS}
              product: [{{answer: hours}}, {{assumption: days}}]
"""


def faults_after(old: str, new: str) -> list[tuple[str, str]]:
    """Where and why the pack is refused after one change."""
    assert old in PACK
    with pytest.raises(UnusableSheet) as refusal:
        read_pack(PACK.replace(old, new).encode(), "own.yaml")
    return [(fault.key, fault.code) for fault in refusal.value.faults]


def test_a_sound_pack_is_read() -> None:
    pack = read_pack(PACK.encode(), "own.yaml")
    assert [item.id for item in pack.items] == ["own.hours"]
    assert [rule.id for rule in pack.rules] == ["own.hours.many"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("weight: 2", "weight: 9", ("weight", "not_whole")),
        ("weight: 2", "weight: heavy", ("weight", "not_a_number")),
        ("role: head", "role: boss", ("role", "not_one_of")),
        ("kind: number", "kind: guess", ("kind", "not_one_of")),
        ("unit: hours", "unit: miles", ("unit", "unknown_unit")),
        ("demands: [M109]", "demands: [M137]", ("demands", "bad_demand")),
        ("id: own.hours\n", "id: Own.Hours\n", ("id", "bad_id")),
        ("id: own.hours\n", "id: else.hours\n", ("id", "foreign_id")),
        ("id: own.hours.many", "id: own.many", ("rules.id", "foreign_id")),
        ("role: head", "role: head\n        colour: red", ("colour", "unknown_key")),
        ("role: head", "role: head\n        weight: 3", ("sections.items.weight", "twice")),
        ("        role: head\n", "", ("role", "missing")),
        ("kind: number", "kind: scale", ("levels", "not_five_levels")),
        ("kind: number", "kind: choice", ("options", "too_few_options")),
        ("when: {number: {above: 2}}", "when: {}", ("rules.when.when", "no_claim")),
        ("when: {number: {above: 2}}", "when: {number: {}}", ("rules.when.number", "no_limit")),
        ("when: {number: {above: 2}}", "when: {run: print(1)}", ("rules.when.when", "no_claim")),
        ("when: {number: {above: 2}}", "when: {all: []}", ("rules.when.all", "empty")),
        ("when: {number: {above: 2}}", "when: {item: pay, not_known: true}", ("own.hours.many.when", "unknown_item")),
        ("when: {number: {above: 2}}", "when: {chosen: [few]}", ("own.hours.many.when", "unknown_option")),
        ("{assumption: days}", "{assumption: luck}", ("own.hours.many.money_per_year", "unknown_assumption")),
        ("{assumption: days}", "{answer: luck}", ("own.hours.many.money_per_year", "unknown_item")),
        ("{assumption: days}", "{eval: 1/0}", ("rules.money_per_year.product.product", "no_claim")),
    ],
)
def test_each_fault_is_told_with_its_key(old: str, new: str, fault: tuple[str, str]) -> None:
    assert fault in faults_after(old, new)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wording_that_lacks_a_language_is_refused(language: str) -> None:
    lacking = ", ".join(f"{each}: a" for each in LANGUAGES if each != language)
    assert faults_after(f"why: {WORDS}", f"why: {{{lacking}}}") == [(f"why.{language}", "language_missing")]


def test_a_fifth_language_is_refused() -> None:
    assert ("why.fr", "language_unknown") in faults_after(f"why: {WORDS}", "why: {en: a, de: b, pl: c, ru: d, fr: e}")


def test_blanks_must_be_the_same_in_each_language() -> None:
    forgotten = 'problem: {en: "{hours}", de: "{hours}", pl: "{hours}", ru: d}'
    assert faults_after(f"problem: {WORDS}", forgotten) == [("rules.problem.ru", "other_blanks")]


def test_a_blank_must_name_an_answer_that_is_known_whenever_the_rule_holds() -> None:
    stray = 'problem: {en: "{pay}", de: "{pay}", pl: "{pay}", ru: "{pay}"}'
    assert faults_after(f"problem: {WORDS}", stray) == [("own.hours.many.problem", "unknown_blank")]


def test_conditions_nest_only_so_deep() -> None:
    deep = "when: {all: [{all: [{all: [{all: [{number: {above: 2}}]}]}]}]}"
    assert ("rules.when.all.all.all.all", "too_deep") in faults_after("when: {number: {above: 2}}", deep)


def test_all_faults_are_told_at_once_in_order_of_lines() -> None:
    faulty = PACK.replace("role: head", "role: boss").replace("severity: high", "severity: odd")
    with pytest.raises(UnusableSheet) as refusal:
        read_pack(faulty.encode(), "own.yaml")
    assert [(fault.line, fault.item, fault.key) for fault in refusal.value.faults] == [
        (17, "own.hours", "role"),
        (26, "own.hours", "rules.severity"),
    ]
    assert str(refusal.value).startswith("own.yaml:17, own.hours, role: boss is none of: consultant, lead")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"a: [", "not_yaml"),
        (b"a: &x 1\nb: *x", "alias"),
        (b"a: " + b"[" * 100_000, "sheet_too_deep"),
        (b"\xff\xfe", "not_utf8"),
        (b"a: \x00", "not_yaml"),
        (b"- a", "not_a_mapping"),
        (b"", "not_a_mapping"),
        (b"a: " + b"x" * 2_000_001, "too_large"),
        (b"---\na: 1\n---\nb: 2", "not_yaml"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_not_run(source: bytes, code: str) -> None:
    with pytest.raises(UnusableSheet) as refusal:
        read_pack(source, "own.yaml")
    assert [fault.code for fault in refusal.value.faults] == [code]


def test_the_hash_speaks_of_the_content_and_not_of_the_file() -> None:
    pack = read_pack(PACK.encode(), "own.yaml")
    commented = read_pack(("# a remark\r\n" + PACK.replace("\n", "\r\n")).encode(), "renamed.yaml")
    changed = read_pack(PACK.replace("above: 2", "above: 3").encode(), "own.yaml")
    assert pack_hash(pack) == pack_hash(commented) != pack_hash(changed)


def test_every_code_of_a_fault_is_used_by_some_check() -> None:
    package = CHECKLISTS.parent / "implement" / "engine" / "checklist"
    written = "".join(path.read_text() for path in package.rglob("*.py") if path.name != "faults.py")
    assert [code for code in FAULT_TEXTS if f'"{code}"' not in written] == []
