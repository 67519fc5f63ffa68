"""The rules of a question read from YAML: condition, wording and money, all in a closed form."""

from implement.engine.checklist.conditions import AllOf, AnyOf, Chosen, Condition, NotChosen, NotKnown, Within
from implement.engine.checklist.money import Factor, FactorKind, MoneyRule
from implement.engine.checklist.pack import FindingRule, RuleKind, Severity
from implement.engine.checklist.sheet import Entry

DEEPEST_NESTING = 3
_CLAIMS = ("chosen", "not_chosen", "level", "number", "not_known", "all", "any")
_LIMITS = ("at_least", "at_most", "above", "below")
_NEVER = AnyOf(())


def read_rules(entry: Entry, pack_id: str, demands: tuple[str, ...]) -> tuple[FindingRule, ...]:
    """The rules of one question; a claim without `item` speaks of it, a rule without demands answers the question's."""
    return tuple(_read_rule(part, pack_id, entry.item, demands) for part in entry.entries("rules"))


def _read_rule(entry: Entry, pack_id: str, item_id: str, demands: tuple[str, ...]) -> FindingRule:
    rule = FindingRule(
        id=entry.id(),
        kind=RuleKind(entry.one_of("kind", list(RuleKind))),
        severity=Severity[entry.one_of("severity", [severity.name.lower() for severity in Severity]).upper()],
        when=_read_condition(entry.entry("when"), pack_id, item_id, 0),
        problem=entry.text("problem"),
        cause=entry.text("cause"),
        recommendation=entry.text("recommendation"),
        money=_read_money(entry.entry("money_per_year"), pack_id) if entry.holds("money_per_year") else None,
        demands=entry.demands() if entry.holds("demands") else demands,
    )
    entry.finish()
    return rule


def _read_condition(entry: Entry, pack_id: str, item_id: str, depth: int) -> Condition:
    claims = [claim for claim in _CLAIMS if entry.holds(claim)]
    if len(claims) != 1:
        entry.fault("when", "no_claim", ", ".join(_CLAIMS))
        return _NEVER
    claim = claims[0]
    if claim in ("all", "any"):
        parts = _read_parts(entry, claim, pack_id, item_id, depth)
        return AllOf(parts) if claim == "all" else AnyOf(parts)
    subject = f"{pack_id}.{entry.word('item')}" if entry.holds("item") else item_id
    condition = _read_claim(entry, claim, subject)
    entry.finish()
    return condition


def _read_parts(entry: Entry, claim: str, pack_id: str, item_id: str, depth: int) -> tuple[Condition, ...]:
    if depth >= DEEPEST_NESTING:
        entry.fault(claim, "too_deep")
        return ()
    parts = tuple(_read_condition(part, pack_id, item_id, depth + 1) for part in entry.entries(claim))
    if not parts:
        entry.fault(claim, "empty")
    entry.finish()
    return parts


def _read_claim(entry: Entry, claim: str, subject: str) -> Condition:
    if claim == "not_known":
        entry.one_of(claim, ("true",))
        return NotKnown(subject)
    if claim == "chosen":
        return Chosen(subject, entry.words(claim))
    if claim == "not_chosen":
        return NotChosen(subject, entry.words(claim))
    limits = entry.entry(claim)
    found = {name: limits.number(name) for name in _LIMITS if limits.holds(name)}
    limits.finish()
    if not found:
        entry.fault(claim, "no_limit")
    return Within(subject, *(found.get(name) for name in _LIMITS))


def _read_money(entry: Entry, pack_id: str) -> MoneyRule:
    factors = tuple(_read_factor(part, pack_id) for part in entry.entries("product"))
    if not factors:
        entry.fault("product", "missing")
    money = MoneyRule(factors, entry.text("note"))
    entry.finish()
    return money


def _read_factor(entry: Entry, pack_id: str) -> Factor:
    kinds = [kind for kind in FactorKind if entry.holds(kind)]
    if len(kinds) != 1:
        entry.fault("product", "no_claim", ", ".join(FactorKind))
        return Factor(FactorKind.ASSUMPTION, "")
    kind = kinds[0]
    name = entry.word(kind)
    above = entry.optional_number("above") if kind is FactorKind.ANSWER else None
    entry.finish()
    full_name = name if kind is FactorKind.ASSUMPTION else f"{pack_id}.{name}"
    return Factor(kind, full_name) if above is None else Factor(kind, full_name, above)
