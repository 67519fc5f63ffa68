"""The checklists that come with the product: complete, in four languages, each rule able to speak."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest

from implement.engine.checklist import (
    LANGUAGES,
    Answer,
    AnswerKind,
    AnswerValue,
    Finding,
    Item,
    Option,
    Pack,
    evaluate,
    load_pack,
    load_side_effects,
    read_answer,
    write_answer,
)
from implement.engine.resistance.kinds import KIND_SIGNALS
from tests.engine.checklist.builders import CHECKLISTS
from tests.engine.checklist.finding_answers import denying, satisfying

PACKS = [load_pack(path) for path in sorted((CHECKLISTS / "audit").glob("*.yaml"))]
PACK = PACKS[0]
CYRILLIC, POLISH, GERMAN = re.compile("[а-яё]", re.I), re.compile("[ąćęłńóśźż]", re.I), re.compile("[äöüß]", re.I)
FIRST_HOUR = "1 2 3 4 5 6 7 8 9 10 13 14 20 29 42 43 44 49 52 53 54 55 56 64 93 94 95 96 99 102 108 109 110 111 113 127"


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_each_rule_speaks_in_four_languages(pack: Pack) -> None:
    for rule in pack.rules:
        finding = say(pack, satisfying(rule.when, pack)).get(rule.id)
        assert finding is not None, f"{rule.id} stays silent"
        for language in LANGUAGES:
            words = finding.problem(language) + finding.cause(language) + finding.recommendation(language)
            assert "{" not in words
            assert (language == "ru") == bool(CYRILLIC.search(words)), f"{rule.id} in {language}"


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_each_rule_stays_silent_for_other_answers(pack: Pack) -> None:
    assert [rule.id for rule in pack.rules if rule.id in say(pack, denying(rule.when, pack))] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_each_pack_asks_enough_and_draws_conclusions(pack: Pack) -> None:
    assert len(pack.items) >= 20
    assert len(list(pack.rules)) >= 10
    assert all(section.items for section in pack.sections)


def say(pack: Pack, given: dict[str, AnswerValue]) -> dict[str, Finding]:
    """What follows from answers that a person could really give, by rule."""
    kept = {key: read_answer(pack.item(key), write_answer(value)) for key, value in given.items()}
    said = evaluate(pack, [Answer(item_id, "Alice", value) for item_id, value in kept.items()])
    return {finding.rule.id: finding for finding in said.findings + said.risks}


def best_answer(item: Item) -> AnswerValue:
    """The most favourable answer that a firm in good order would give."""
    if item.kind is AnswerKind.SCALE:
        return 4
    if item.kind is AnswerKind.NUMBER:
        return Decimal(1)
    if item.kind is AnswerKind.CHOICE:
        best = max(item.options, key=lambda option: option.score or Fraction(0)).id
        return (best,) if item.multiple else best
    return "words"


def test_a_firm_in_good_order_hears_no_finding() -> None:
    good = {item.id: best_answer(item) for item in PACK.items}
    good["audit.first_hour.reasons"] = ("requests_lost",)
    evaluation = evaluate(PACK, [Answer(item_id, "Alice", value) for item_id, value in good.items()])
    assert [finding.rule.id for finding in evaluation.findings + evaluation.risks] == []
    assert {score.score for score in evaluation.sections} == {Fraction(1)}
    assert evaluation.answered_share == 1


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_the_best_levels_and_options_lead_to_no_finding(pack: Pack) -> None:
    best = {item.id: best_answer(item) for item in pack.items if item.is_scored}
    assert list(say(pack, best)) == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_the_worst_levels_and_options_lead_to_findings(pack: Pack) -> None:
    scales = {item.id: 0 for item in pack.items if item.kind is AnswerKind.SCALE}
    worst = {item.id: min(item.options, key=_score_of).id for item in pack.items if item.options and item.is_scored}
    assert len(say(pack, {**scales, **worst})) >= 3


def _score_of(option: Option) -> Fraction:
    return Fraction(1) if option.score is None else option.score


def test_the_first_hour_covers_what_it_promises() -> None:  # M1–M10 and what a first meeting must not leave out
    named = {demand for item in PACK.items for demand in item.demands}
    assert {f"M{number}" for number in FIRST_HOUR.split()} - named == set()


def test_long_contracts_few_clients_and_no_wish_to_grow_speak_against_a_crm() -> None:  # M64 M93 M111
    (need,) = (pack for pack in PACKS if pack.id == "audit.need")
    few = {"customers_active": Decimal(12), "requests_day": Decimal(1)}
    given: dict[str, AnswerValue] = {**few, "contract_kind": "years", "growth_wish": "keep", "first_idea": "fashion"}
    said = say(need, {f"audit.need.{name}": value for name, value in given.items()})
    assert {f"audit.need.{rule}" for rule in (
        "customers_active.few", "contract_kind.years", "growth_wish.none", "first_idea.outside",
    )} <= said.keys()  # fmt: skip
    growing = {"audit.need.customers_trend": "growing", "audit.need.requests_day": Decimal(60)}
    assert [rule for rule in say(need, growing) if rule.startswith("audit.need")] == []


def test_lost_requests_are_priced() -> None:  # M96, 300 · 12 · 10 % · 20 % · 800 = 57,600
    figures = {"requests_month": 300, "unanswered_share": 10, "closing_share": 20, "average_order": 800}
    given = [Answer(f"audit.first_hour.{name}", "Alice", Decimal(value)) for name, value in figures.items()]
    finding = evaluate(PACK, given).findings[0]
    assert finding.problem("ru") == "Без ответа в течение рабочего дня остаётся 10 из 100 обращений."
    assert finding.money is not None
    assert finding.money.amount_per_year == 57_600
    assert [step.label.en for step in finding.money.steps][1] == "months a year"


def test_typing_beyond_two_hours_is_priced() -> None:  # M109, 8 · (3.5 − 2) · 220 · 30 = 79,200
    figures = {"salespeople": "8", "entry_hours": "3.5", "hour_cost": "30"}
    given = [Answer(f"audit.first_hour.{name}", "Alice", Decimal(value)) for name, value in figures.items()]
    finding = evaluate(PACK, given).findings[0]
    assert finding.money is not None
    assert finding.money.amount_per_year == 79_200


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_each_language_reads_as_itself(pack: Pack) -> None:
    whole = {language: " ".join(item.why.in_language(language) for item in pack.items) for language in LANGUAGES}
    assert [bool(CYRILLIC.search(whole[language])) for language in LANGUAGES] == [False, False, False, True]
    assert [bool(POLISH.search(whole[language])) for language in LANGUAGES] == [False, False, True, False]
    assert [bool(GERMAN.search(whole[language])) for language in LANGUAGES] == [False, True, False, False]


def test_the_five_side_effects_come_first_each_with_signs_and_remedies() -> None:  # M25, M26, M27, M28, M29
    effects = load_side_effects(CHECKLISTS / "side_effects.yaml")
    assert [effect.demands[0] for effect in effects[:5]] == ["M25", "M26", "M27", "M28", "M29"]
    assert all(len(effect.signs) >= 2 and len(effect.remedies) >= 2 for effect in effects)


def test_every_kind_of_evidence_leads_to_one_side_effect() -> None:
    effects = load_side_effects(CHECKLISTS / "side_effects.yaml")
    assert sorted(kind for effect in effects for kind in effect.kinds) == sorted(KIND_SIGNALS)


def test_lost_records_are_repaired_before_anything_else() -> None:  # M29
    effects = load_side_effects(CHECKLISTS / "side_effects.yaml")
    allergy = next(effect for effect in effects if effect.kinds == ("data_allergy",))
    assert allergy.remedies[0].way == "repair"
