"""Risks that rules find: each can speak, names what speaks for it, and rests on a rule of the audit that exists."""

from fractions import Fraction
from pathlib import Path

import pytest

from implement.engine.checklist import load_pack
from implement.engine.hazards import FACTS, FactCondition, FoundFact, Known, RiskRule, find_risks, load_risks

CHECKLISTS = Path(__file__).parents[2] / "checklists"
RULES = load_risks(CHECKLISTS / "risks.yaml")
AUDIT_RULES = {rule.id for path in (CHECKLISTS / "audit").glob("*.yaml") for rule in load_pack(path).rules}


def a_value_for(one: FactCondition) -> Known:
    """A value with which the condition holds."""
    if one.condition == "unknown":
        return None
    if one.condition == "is":
        return bool(one.limit)
    return one.limit + (1 if one.condition == "above" else Fraction(-1, 100))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_speaks_for_every_ground_it_names(rule: RiskRule) -> None:
    for name in rule.audit_rules:
        assert name in AUDIT_RULES
        assert [one.audit_rules for one in find_risks([rule], {name}, {})] == [(name,)]
    for one in rule.facts:
        (found,) = find_risks([rule], (), {one.fact: a_value_for(one)})
        assert FoundFact(one, a_value_for(one)) in found.facts


def test_the_thirteen_rules_and_the_lead_s_duty_have_their_risks() -> None:
    # M92 M93 M94 M95 M96 M97 M98 M99 M100 M101 M102 M103 M104 M117 M131 M136 M56
    named = {demand for rule in RULES for demand in rule.demands}
    assert {f"M{n}" for n in range(92, 105)} | {"M117", "M131", "M136", "M56", "M23", "M20"} <= named


def test_nothing_speaks_without_grounds() -> None:
    calm: dict[str, Known] = {"owner_named": True, "mandate_signed": True, "backup_hours": Fraction(24)}
    assert find_risks(RULES, (), calm) == []


def test_what_is_unknown_speaks_only_where_a_rule_asks_for_it() -> None:  # M56
    unknown: dict[str, Known] = dict.fromkeys(FACTS)
    assert [one.rule.id for one in find_risks(RULES, (), unknown)] == ["backup"]


def test_the_gravest_risk_stands_first() -> None:
    found = find_risks(RULES, (), {"owner_named": False, "choice_open": Fraction(3), "third_parties_open": Fraction(1)})
    assert [one.rule.id for one in found] == ["no_owner", "third_parties", "choice_open"]


def test_five_seats_for_a_call_centre_are_a_risk() -> None:  # M136
    found = find_risks(RULES, (), {"seats_of_needed": Fraction(5, 221)})
    assert "proportion" in {one.rule.id for one in found}
