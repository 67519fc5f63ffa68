"""Rules of pay, runs and what stops them, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from implement.engine.pay.entry import read_decimal
from implement.engine.pay.plan import FULL_WEIGHT_BP
from implement.engine.pay.rule import RuleFault, RuleItem, RuleJump, RuleTerms
from implement.engine.pay.rule.terms import OF_PROCESS, OF_RESULT
from implement.web.texts import _, lazy, number, share

POLICIES = {
    "incentives": lazy("Incentives only: rewards in kind, no money"),
    "variable": lazy("Variable pay only"),
    "both": lazy("Incentives and variable pay"),
}
ABOUT = {OF_PROCESS: lazy("process"), OF_RESULT: lazy("result")}
FORMULAS = {
    "linear": lazy("Linear, up to the target"),
    "threshold": lazy("From a threshold on, in a straight line"),
    "cliff": lazy("Nothing below a threshold, then at once all (a jump)"),
    "accelerator": lazy("Faster above the target, up to a cap"),
    "decelerator": lazy("Slower below a floor (a jump)"),
    "knots": lazy("Points of your own"),
}
PRESENCE = {
    "none": lazy("Days away change nothing"),
    "pay": lazy("Days away make the pay smaller"),
    "target": lazy("Days away make the targets smaller"),
}
NOT_APPLICABLE = {
    "redistribute": lazy("The other figures share its weight"),
    "credit": lazy("It counts as fully reached"),
}
ROUNDINGS = {
    "half_up": lazy("Half a unit is rounded up"),
    "half_even": lazy("Half a unit goes to the even neighbour"),
}
COMMISSIONS = {
    "marginal": lazy("Each rate for its own band"),
    "whole": lazy("The rate of the band for the whole amount (jumps)"),
}
FAULTS = {
    "no_items": lazy("The rule has no figure yet."),
    "weights": lazy("The weights must be 100 %% together; they are %(about)s."),
    "weight": lazy("%(about)s: the weight must lie above 0 and be at most 100 %%."),
    "kpi_twice": lazy("%(about)s stands twice."),
    "about": lazy("%(about)s: say whether it is process or result."),
    "formula": lazy("%(about)s: these figures make no curve that can be written exactly."),
    "falls": lazy("%(about)s: more attainment would pay less; that is refused."),
    "team_share": lazy("The team's share must lie between 0 and 100 %%."),
    "ramp": lazy("The ramp has at most 24 months, each above 0 and at most 1."),
    "gate": lazy("Gate %(about)s: the condition must be above 0 and the factor between 0 and 1."),
    "kicker": lazy("Extra sum %(about)s: sum and condition must be above 0."),
    "kicker_twice": lazy("Extra sum %(about)s stands twice."),
    "bands": lazy("The bands must begin at 0 and rise."),
    "rates": lazy("The rates of the bands lie between 0 and 100 %%."),
}
STATES = {
    "draft": lazy("draft"),
    "computed": lazy("computed"),
    "checked": lazy("checked"),
    "approved": lazy("approved"),
    "exported": lazy("exported"),
    "closed": lazy("month closed"),
}
TONES = {
    "draft": "neutral",
    "computed": "watch",
    "checked": "watch",
    "approved": "good",
    "exported": "good",
    "closed": "good",
}
KINDS = {
    "regular": lazy("Pay run"),
    "adjustment": lazy("Adjustment"),
    "simulation": lazy("Simulation, not payable"),
}


def say_fault(fault: RuleFault) -> str:
    """What is wrong with a rule."""
    about = share(Fraction(int(fault.about), FULL_WEIGHT_BP), 2) if fault.code == "weights" else fault.about
    return str(FAULTS[fault.code]) % {"about": about}


def say_jump(jump: RuleJump) -> str:
    """A jump in plain words; bands jump in money, curves and gates in shares of the variable part."""
    said = {"kpi": jump.kpi, "at": share(jump.at, 2), "before": share(jump.before, 2), "after": share(jump.after, 2)}
    if jump.kind == "band":
        said |= {"at": number(jump.at, 0), "before": number(jump.before, 2), "after": number(jump.after, 2)}
        return _("%(kpi)s: at %(at)s the commission leaps from %(before)s to %(after)s.", **said)
    if jump.kind == "gate":
        return _("Gate %(kpi)s: below %(at)s only %(before)s of the plan part is paid, from there on all.", **said)
    return _("%(kpi)s: at %(at)s of the target the payout leaps from %(before)s to %(after)s.", **said)


def say_formula(item: RuleItem) -> str:
    """The formula of a KPI with its figures."""
    name, figures = str(FORMULAS.get(item.formula.name, item.formula.name)), item.formula.figures
    say = _plain if item.formula.name == "accelerator" else _percent
    return f"{name} ({'; '.join(say(one) for one in figures)})" if figures else name


def write_terms(terms: RuleTerms) -> str:
    """A whole rule as lines of text, so that two versions can be held side by side."""
    return "\n".join(_write_lines(terms))


def name_figures(terms: RuleTerms, names: Mapping[str, str]) -> RuleTerms:
    """The rule as pages show it: each figure by its name."""
    commission = terms.commission
    return replace(
        terms,
        items=tuple(replace(one, kpi=names.get(one.kpi, one.kpi)) for one in terms.items),
        gates=tuple(replace(one, kpi=names.get(one.kpi, one.kpi)) for one in terms.gates),
        kickers=tuple(replace(one, kpi=names.get(one.kpi, one.kpi)) for one in terms.kickers),
        commission=replace(commission, kpi=names.get(commission.kpi, commission.kpi)) if commission else None,
    )


def write_general(terms: RuleTerms) -> list[str]:
    """What holds for the whole rule."""
    said = [_("Team share: %(share)s", share=_percent(terms.team_share))]
    if terms.ramp:
        said.append(_("Ramp by month: %(months)s", months="; ".join(_percent(one) for one in terms.ramp)))
    said.append(str(PRESENCE[terms.presence]))
    said.append(_("A figure that does not apply: %(what)s", what=NOT_APPLICABLE[terms.not_applicable]))
    return [*said, str(ROUNDINGS[terms.rounding])]


def _write_lines(terms: RuleTerms) -> Iterable[str]:
    for item in terms.items:
        weight = share(Fraction(item.weight_bp, FULL_WEIGHT_BP), 2)
        yield f"{item.kpi}: {weight}, {ABOUT.get(item.about, item.about)}, {say_formula(item)}"
    yield from write_general(terms)
    for gate in terms.gates:
        yield say_gate(gate.kpi, gate.least, gate.factor)
    for kicker in terms.kickers:
        yield f"{kicker.name}: {say_least(kicker.kpi, kicker.least)}"
    if terms.commission is not None:
        yield f"{terms.commission.kpi}: {COMMISSIONS[terms.commission.kind]}"
        yield from (say_band(low, rate) for low, rate in terms.commission.bands)


def say_least(kpi: str, least: str) -> str:
    """A condition."""
    return _("from %(least)s of %(kpi)s on", least=_percent(least), kpi=kpi)


def say_band(low: str, rate: str) -> str:
    """A band of the commission."""
    return _("from %(low)s on: %(rate)s", low=number(read_decimal(low), 2), rate=_percent(rate))


def say_gate(kpi: str, least: str, factor: str) -> str:
    """A gate."""
    said = {"kpi": kpi, "least": _percent(least), "factor": _percent(factor)}
    return _("Gate: below %(least)s of %(kpi)s the plan part counts %(factor)s", **said)


def _percent(written: str) -> str:
    return share(read_decimal(written), 2)


def _plain(written: str) -> str:
    return number(read_decimal(written), 2)


PROGRAMS = {
    "csv": lazy("CSV for any program"),
    "xlsx": lazy("XLSX for any program (also 1C and Symfonia)"),
    "lodas": "DATEV LODAS",
    "lug": lazy("DATEV Lohn und Gehalt, with its INI file"),
    "lexware": "Lexware lohn+gehalt",
    "optima": lazy("Comarch Optima, sheet Dodatki"),
}
