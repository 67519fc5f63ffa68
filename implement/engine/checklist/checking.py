"""What must hold between the parts of a pack: ids, questions that rules speak of, blanks, factors of money."""

from collections import Counter
from collections.abc import Iterable

from implement.engine.checklist.conditions import Chosen, Claim, NotChosen, Within, claims_of, items_surely_known
from implement.engine.checklist.money import FactorKind
from implement.engine.checklist.pack import AnswerKind, FindingRule, Item, Pack
from implement.engine.checklist.sheet import Entry, SheetFault

_KINDS_WITH_LIMITS = (AnswerKind.SCALE, AnswerKind.NUMBER)


def check_pack(pack: Pack, sheet: Entry) -> None:
    """Note in the sheet every part of the pack that does not fit the others."""
    _check_ids(pack, sheet)
    items = {item.id: item for item in pack.items}
    assumptions = frozenset(assumption.name for assumption in pack.assumptions)
    for item in pack.items:
        for rule in item.rules:
            _check_rule(rule, item, items, sheet)
            _check_money(rule, item, items, assumptions, sheet)


def _note(sheet: Entry, item: str, key: str, code: str, *values: str) -> None:
    sheet.faults.append(SheetFault(sheet.file, sheet.lines.get(item, sheet.line), item, key, code, values))


def _check_ids(pack: Pack, sheet: Entry) -> None:
    if not pack.items:
        _note(sheet, "", "sections", "empty")
    for same in _repeated(item.id for item in pack.items):
        _note(sheet, same, "id", "same_id", same)
    for same in _repeated(section.id for section in pack.sections):
        _note(sheet, "", "sections", "same_id", same)
    for same in _repeated(rule.id for rule in pack.rules):
        _note(sheet, "", "rules", "same_id", same)
    for item in pack.items:
        if item.id != f"{pack.id}.{item.name}":
            _note(sheet, item.id, "id", "foreign_id", item.id, f"{pack.id}.")
        for rule in item.rules:
            if not rule.id.startswith(f"{item.id}."):
                _note(sheet, item.id, "rules.id", "foreign_id", rule.id, f"{item.id}.")


def _repeated(ids: Iterable[str]) -> list[str]:
    return [each for each, count in Counter(ids).items() if count > 1]


def _check_rule(rule: FindingRule, item: Item, items: dict[str, Item], sheet: Entry) -> None:
    for claim in claims_of(rule.when):
        if claim.item_id not in items:
            _note(sheet, item.id, f"{rule.id}.when", "unknown_item", claim.item_id)
        else:
            _check_claim(claim, items[claim.item_id], rule, item, sheet)
    quotable = {items[item_id].name for item_id in items_surely_known(rule.when) if item_id in items}
    for key, text in (("problem", rule.problem), ("cause", rule.cause), ("recommendation", rule.recommendation)):
        for blank in sorted(text.blanks("en") - quotable):
            _note(sheet, item.id, f"{rule.id}.{key}", "unknown_blank", blank)


def _check_claim(claim: Claim, subject: Item, rule: FindingRule, item: Item, sheet: Entry) -> None:
    if isinstance(claim, Within) and subject.kind not in _KINDS_WITH_LIMITS:
        _note(sheet, item.id, f"{rule.id}.when", "wrong_kind", subject.id, "level or number")
    if isinstance(claim, Chosen | NotChosen):
        for option_id in claim.options:
            if option_id not in {option.id for option in subject.options}:
                _note(sheet, item.id, f"{rule.id}.when", "unknown_option", subject.id, option_id)


def _check_money(
    rule: FindingRule, item: Item, items: dict[str, Item], assumptions: frozenset[str], sheet: Entry
) -> None:
    key = f"{rule.id}.money_per_year"
    for factor in rule.money.factors if rule.money else ():
        if factor.kind is FactorKind.ASSUMPTION:
            if factor.name not in assumptions:
                _note(sheet, item.id, key, "unknown_assumption", factor.name)
        elif factor.name not in items:
            _note(sheet, item.id, key, "unknown_item", factor.name)
        elif items[factor.name].kind is not AnswerKind.NUMBER:
            _note(sheet, item.id, key, "wrong_kind", factor.name, "number")
