"""What keeps a rule from being released, and where a little more is suddenly worth much more."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from implement.engine.pay.entry import read_decimal
from implement.engine.pay.plan import FULL_WEIGHT_BP, CommissionKind
from implement.engine.pay.rule.formulas import NoFormula
from implement.engine.pay.rule.terms import OF_PROCESS, OF_RESULT, RuleTerms

MOST_RAMP_MONTHS = 24


@dataclass(frozen=True)
class RuleFault:
    """What is wrong, by a stable code for the words about it, and with which part."""

    code: str
    about: str = ""


@dataclass(frozen=True)
class RuleJump:
    """A place where pay leaps: on a KPI's curve (shares), at a gate (shares), or between whole-amount bands (money)."""

    kind: str
    kpi: str
    at: Fraction
    before: Fraction
    after: Fraction


def find_rule_faults(terms: RuleTerms) -> list[RuleFault]:
    """Every fault; a rule without any can be released."""
    return [*_judge_items(terms), *_judge_shares(terms), *_judge_kickers(terms), *_judge_bands(terms)]


def find_rule_jumps(terms: RuleTerms) -> list[RuleJump]:
    """Every jump, to be told in words; a rule of straight lines has none."""
    return [*_jumps_of_curves(terms), *_jumps_of_gates(terms), *_jumps_of_bands(terms)]


def _judge_items(terms: RuleTerms) -> Iterator[RuleFault]:
    if not terms.items:
        yield RuleFault("no_items")
    elif terms.weight_bp != FULL_WEIGHT_BP:
        yield RuleFault("weights", str(terms.weight_bp))
    seen: set[str] = set()
    for item in terms.items:
        if not item.kpi.strip() or item.kpi in seen:
            yield RuleFault("kpi_twice", item.kpi)
        seen.add(item.kpi)
        if not 0 < item.weight_bp <= FULL_WEIGHT_BP:
            yield RuleFault("weight", item.kpi)
        if item.about not in (OF_PROCESS, OF_RESULT):
            yield RuleFault("about", item.kpi)
        try:
            falls = not item.formula.curve.is_non_decreasing
        except NoFormula:
            yield RuleFault("formula", item.kpi)
            continue
        if falls:
            yield RuleFault("falls", item.kpi)


def _judge_shares(terms: RuleTerms) -> Iterator[RuleFault]:
    if not _is_share(terms.team_share):
        yield RuleFault("team_share", terms.team_share)
    if len(terms.ramp) > MOST_RAMP_MONTHS or any(not 0 < read_decimal(one) <= 1 for one in terms.ramp):
        yield RuleFault("ramp", ", ".join(terms.ramp))
    for gate in terms.gates:
        if not _is_share(gate.factor) or read_decimal(gate.least) <= 0:
            yield RuleFault("gate", gate.kpi)


def _judge_kickers(terms: RuleTerms) -> Iterator[RuleFault]:
    names = [one.name for one in terms.kickers]
    for kicker in terms.kickers:
        if not kicker.name.strip() or names.count(kicker.name) > 1:
            yield RuleFault("kicker_twice", kicker.name)
        if kicker.amount_minor <= 0 or read_decimal(kicker.least) <= 0:
            yield RuleFault("kicker", kicker.name)


def _judge_bands(terms: RuleTerms) -> Iterator[RuleFault]:
    if terms.commission is None:
        return
    lows = [read_decimal(low) for low, _ in terms.commission.bands]
    if not lows or lows[0] != 0 or any(low >= later for low, later in pairwise(lows)):
        yield RuleFault("bands", terms.commission.kpi)
    if any(not _is_share(rate) for _, rate in terms.commission.bands):
        yield RuleFault("rates", terms.commission.kpi)


def _jumps_of_curves(terms: RuleTerms) -> Iterator[RuleJump]:
    for item in terms.items:
        try:
            jumps = item.formula.curve.jumps
        except NoFormula:
            continue
        for jump in jumps:
            yield RuleJump("curve", item.kpi, jump.attainment, jump.from_payout, jump.to_payout)


def _jumps_of_gates(terms: RuleTerms) -> Iterator[RuleJump]:
    for gate in terms.gates:
        yield RuleJump("gate", gate.kpi, read_decimal(gate.least), read_decimal(gate.factor), Fraction(1))


def _jumps_of_bands(terms: RuleTerms) -> Iterator[RuleJump]:
    """Where the rate of the next band holds for the whole amount, one unit more pays for all that came before."""
    commission = terms.commission
    if commission is None or commission.kind != CommissionKind.WHOLE:
        return
    for (_, rate), (low, next_rate) in pairwise(commission.bands):
        edge = read_decimal(low)
        yield RuleJump("band", commission.kpi, edge, edge * read_decimal(rate), edge * read_decimal(next_rate))


def _is_share(written: str) -> bool:
    return 0 <= read_decimal(written) <= 1
