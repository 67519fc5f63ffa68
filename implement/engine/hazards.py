"""Risks of a rollout found by rules: from what the audit has found and from facts of plan, choice, cost and team."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

FACTS = (
    "owner_named", "sponsor_named", "initiator_uses", "mandate_signed", "mandate_overdue", "third_parties_open",
    "backup_hours", "backup_outside", "restore_days", "seats_of_needed", "waves_at_once", "pilot_first",
    "plan_late_days", "cost_open_parts", "savings_uncollected", "double_entry", "choice_open", "requirements",
    "months_planned", "control_programme", "vendor_sales",
)  # fmt: skip
CONDITIONS = ("is", "above", "below", "unknown")
HIGHEST = 4
Known = Fraction | bool | None


@dataclass(frozen=True)
class FactCondition:
    """When a fact speaks for a risk: it is true or false, above or below a limit, or unknown."""

    fact: str
    condition: str
    limit: Fraction

    def holds(self, value: Known) -> bool:
        """True when the fact is so; what is unknown speaks only where that is asked."""
        if self.condition == "unknown" or value is None:
            return self.condition == "unknown" and value is None
        if self.condition == "is":
            return bool(value) == bool(self.limit)
        return Fraction(value) > self.limit if self.condition == "above" else Fraction(value) < self.limit


@dataclass(frozen=True)
class RiskRule:
    """A known risk: how likely and how grave from 1 to 4, how it is prevented and by what it shows early.

    `audit_rules` are rules of the audit's packs that speak for it, `facts` conditions of which one is enough.
    """

    id: str
    demands: tuple[str, ...]
    likelihood: int
    impact: int
    title: Text
    prevention: Text
    trigger: Text
    audit_rules: tuple[str, ...]
    facts: tuple[FactCondition, ...]


@dataclass(frozen=True)
class FoundFact:
    """A fact that speaks for a risk: under which condition, and what it was."""

    condition: FactCondition
    value: Known


@dataclass(frozen=True)
class FoundRisk:
    """A risk that rules have found, with the audit's rules and the facts that speak for it."""

    rule: RiskRule
    audit_rules: tuple[str, ...]
    facts: tuple[FoundFact, ...]


def load_risks(path: Path) -> tuple[RiskRule, ...]:
    """Read the rules strictly; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    rules = tuple(map(_read_rule, sheet.entries("risks")))
    sheet.finish()
    raise_faults(sheet)
    return rules


def find_risks(
    rules: Collection[RiskRule], audit_rules: Collection[str], facts: Mapping[str, Known]
) -> list[FoundRisk]:
    """The rules for which something speaks, the gravest first; facts that nobody names are not asked for."""
    found = []
    for rule in rules:
        heard = tuple(name for name in rule.audit_rules if name in audit_rules)
        told = (FoundFact(one, facts[one.fact]) for one in rule.facts if one.fact in facts)
        shown = tuple(one for one in told if one.condition.holds(one.value))
        if heard or shown:
            found.append(FoundRisk(rule, heard, shown))
    return sorted(found, key=lambda one: (-one.rule.likelihood * one.rule.impact, one.rule.id))


def _read_rule(entry: Entry) -> RiskRule:
    rule = RiskRule(
        entry.begin(), entry.demands(), entry.whole("likelihood", 1, HIGHEST), entry.whole("impact", 1, HIGHEST),
        entry.text("title"), entry.text("prevention"), entry.text("trigger"),
        entry.words("audit") if entry.holds("audit") else (), tuple(map(_read_fact, entry.entries("facts"))),
    )  # fmt: skip
    if not rule.audit_rules and not rule.facts:
        entry.fault("facts", "missing")
    entry.finish()
    return rule


def _read_fact(entry: Entry) -> FactCondition:
    fact, held = entry.one_of("fact", FACTS), [one for one in CONDITIONS if entry.holds(one)]
    if len(held) != 1:
        entry.fault("fact", "no_claim", ", ".join(CONDITIONS))
        return FactCondition(fact, "unknown", Fraction(0))
    condition = held[0]
    if condition in ("is", "unknown"):
        limit = Fraction(entry.one_of(condition, ("true", "false")) == "true")
    else:
        limit = entry.number(condition)
    entry.finish()
    return FactCondition(fact, condition, limit)
