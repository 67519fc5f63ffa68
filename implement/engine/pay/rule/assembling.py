"""A person's figures under a rule become an entry of a plan, or a list of what is missing; nothing becomes 0 by itself.

A KPI without an actual blocks unless somebody decided. A target that was delivered late counts as fully reached until
HR decides (R4). A KPI that does not apply gives its weight to the others, or is credited, as the rule says.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from implement.engine.attainment import measure_attainment, measure_lower_is_better, write_knots
from implement.engine.pay.entry import read_decimal
from implement.engine.pay.plan import FULL_WEIGHT_BP
from implement.engine.pay.rounding import share_out
from implement.engine.pay.rule.terms import NotApplicable, Plain, PresenceRule, RuleItem, RuleTerms

TEAM_PLACES = 6
LATE_TARGET, NOT_APPLICABLE = "R4", "n/a"
FULL = "1"


@dataclass(frozen=True)
class Figure:
    """What is known of one KPI of a person: target and actual as decimal strings, or why there is none.

    `decided` is payout, by whom, why; `why_not` says why it may not be held against the person (R3, R6, R12).
    """

    target: str | None = None
    actual: str | None = None
    applies: bool = True
    is_late: bool = False
    decided: tuple[str, str, str] | None = None
    why_not: str = ""
    lower_is_better: bool = False


@dataclass(frozen=True)
class Segment:
    """The days an entry stands for, both inclusive."""

    first_day: date
    last_day: date


@dataclass(frozen=True)
class PersonFacts:
    """Everything a rule needs to know of a person for a stretch of days; `reductions` are count, each, cap."""

    key: str
    variable_minor: int
    figures: Mapping[str, Figure]
    present_days: int | None = None
    planned_days: int | None = None
    tenure_month: int | None = None
    team_payout: str | None = None
    reductions: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class Missing:
    """What a run waits for: whose, which KPI (empty: none), and what."""

    key: str
    kpi: str
    what: str


@dataclass
class _Found:
    key: str
    missing: list[Missing] = field(default_factory=list)

    def lack(self, kpi: str, what: str) -> None:
        self.missing.append(Missing(self.key, kpi, what))


def assemble_person(terms: RuleTerms, facts: PersonFacts) -> tuple[dict[str, Plain], list[Missing]]:
    """The entry of a plan (its keys are those of the contract of `price`), and everything it still lacks."""
    found = _Found(facts.key)
    entry: dict[str, Plain] = {
        "id": facts.key,
        "variable_minor": facts.variable_minor,
        "items": [*_write_items(terms, facts, found)],
    }
    if terms.presence is not PresenceRule.NONE:
        entry["presence"] = _write_presence(terms, facts, found)
    if terms.ramp and facts.tenure_month is None:
        found.lack("", "no_hiring_day")
    elif facts.tenure_month is not None and (ramp := terms.ramp_in(facts.tenure_month)) is not None:
        entry["ramp"] = ramp
    if read_decimal(terms.team_share):
        if facts.team_payout is None:
            found.lack("", "no_team")
        entry["team"] = {"share": terms.team_share, "payout": facts.team_payout or "0"}
    if facts.reductions:
        entry["reductions"] = [{"count": count, "each": each, "cap": cap} for count, each, cap in facts.reductions]
    _write_conditions(terms, facts, entry, found)
    return entry, found.missing


def pool_payout(terms: RuleTerms, members: Sequence[Mapping[str, Figure]]) -> str | None:
    """The team's payout: actuals and targets of its people summed KPI by KPI, through the same curves and weights.

    None where no figure of the team is known; KPIs without a known figure give their weight to the others. Written
    with six places, half up, because a plan holds decimals.
    """
    paid, weight_bp = Fraction(0), 0
    for item in terms.items:
        known = [one for figures in members if (one := figures.get(item.kpi)) is not None and _is_known(one)]
        target = sum((read_decimal(str(one.target)) for one in known), Fraction(0))
        if not target:
            continue
        actual = sum((read_decimal(str(one.actual)) for one in known), Fraction(0))
        paid += item.weight_bp * item.formula.curve.payout_at(_attain(item, actual, target))
        weight_bp += item.weight_bp
    if not weight_bp:
        return None
    return _write_places(Fraction(paid, weight_bp))


def _write_items(terms: RuleTerms, facts: PersonFacts, found: _Found) -> Iterable[Plain]:
    shown = [(item, facts.figures.get(item.kpi, Figure())) for item in terms.items]
    counted = [(item, figure) for item, figure in shown if figure.applies or figure.decided]
    if terms.not_applicable is NotApplicable.CREDIT:
        counted = shown
    elif not counted:
        found.lack("", "nothing_applies")
    weights = share_out(Fraction(FULL_WEIGHT_BP), FULL_WEIGHT_BP, [item.weight_bp for item, _ in counted])
    for (item, figure), weight_bp in zip(counted, weights, strict=True):
        yield _write_item(item, figure, weight_bp, found)


def _write_item(item: RuleItem, figure: Figure, weight_bp: int, found: _Found) -> dict[str, Plain]:
    entry: dict[str, Plain] = {
        "kpi": item.kpi,
        "weight_bp": weight_bp,
        "target": figure.target if figure.target and read_decimal(figure.target) > 0 else FULL,
        "actual": figure.actual,
        "lower_is_better": item.lower_is_better,
        "curve": [list(knot) for knot in write_knots(item.formula.curve)],
    }
    decided = figure.decided or _decided_by_rule(figure)
    if decided is not None:
        payout, by, reason = decided
        return {**entry, "actual": None, "decision": {"payout": payout, "by": by, "reason": reason}}
    if (lacking := _find_lacking(figure)) is not None:
        found.lack(item.kpi, lacking)
    return entry


def _decided_by_rule(figure: Figure) -> tuple[str, str, str] | None:
    """What the rules decide before a person does: not applicable is credited, a late target counts as reached."""
    if not figure.applies:
        return FULL, "Implement", NOT_APPLICABLE
    if figure.is_late:
        return FULL, "Implement", LATE_TARGET
    return None


def _find_lacking(figure: Figure) -> str | None:
    if figure.why_not:
        return figure.why_not
    if figure.target is None or read_decimal(figure.target) <= 0:
        return "no_target"
    return "no_actual" if figure.actual is None else None


def _write_presence(terms: RuleTerms, facts: PersonFacts, found: _Found) -> dict[str, Plain]:
    present, planned = facts.present_days, facts.planned_days
    if present is None or not planned:
        found.lack("", "no_presence")
    elif terms.presence is PresenceRule.TARGET and not present:
        found.lack("", "nobody_present")
    return {"present": present or 0, "planned": planned or 1, "applies_to": str(terms.presence)}


def _write_conditions(terms: RuleTerms, facts: PersonFacts, entry: dict[str, Plain], found: _Found) -> None:
    """Gates, kickers and commission, each from the figure of its KPI."""
    gates: list[Plain] = []
    for gate in terms.gates:
        met = _is_met(gate.kpi, gate.least, terms, facts, found)
        gates.append({"kpi": gate.kpi, "met": met, "factor": gate.factor})
    kickers: list[Plain] = []
    for kicker in terms.kickers:
        met = _is_met(kicker.kpi, kicker.least, terms, facts, found)
        kickers.append({"name": kicker.name, "met": met, "amount_minor": kicker.amount_minor})
    entry |= {name: listed for name, listed in (("gates", gates), ("kickers", kickers)) if listed}
    if terms.commission is not None:
        figure = facts.figures.get(terms.commission.kpi, Figure())
        if figure.why_not or figure.actual is None:
            found.lack(terms.commission.kpi, figure.why_not or "no_actual")
        bands: list[Plain] = [[low, rate] for low, rate in terms.commission.bands]
        entry["commission"] = {"base": figure.actual or "0", "kind": terms.commission.kind, "bands": bands}


def _is_met(kpi: str, least: str, terms: RuleTerms, facts: PersonFacts, found: _Found) -> bool:
    """Whether enough of a KPI's target was reached; what was decided or does not apply counts as decided."""
    figure = facts.figures.get(kpi, Figure())
    decided = figure.decided or _decided_by_rule(figure)
    if decided is not None:
        return read_decimal(decided[0]) >= read_decimal(least)
    if (lacking := _find_lacking(figure)) is not None:
        if all(one.kpi != kpi for one in found.missing):
            found.lack(kpi, lacking)
        return True
    lower = figure.lower_is_better or any(item.kpi == kpi and item.lower_is_better for item in terms.items)
    item = RuleItem(kpi, "", 0, lower)
    attained = _attain(item, read_decimal(str(figure.actual)), read_decimal(str(figure.target)))
    return attained >= read_decimal(least)


def _attain(item: RuleItem, actual: Fraction, target: Fraction) -> Fraction:
    measure = measure_lower_is_better if item.lower_is_better else measure_attainment
    return measure(actual, target)


def _is_known(figure: Figure) -> bool:
    is_set = figure.target is not None and read_decimal(figure.target) > 0
    return figure.applies and is_set and figure.actual is not None and not figure.why_not


def _write_places(number: Fraction) -> str:
    whole, rest = divmod(int(number * 10**TEAM_PLACES + Fraction(1, 2)), 10**TEAM_PLACES)
    return f"{whole}.{rest:0{TEAM_PLACES}d}".rstrip("0").rstrip(".")
