"""What the pages of rules show: the rule in words, its curves with every jump, process and result."""

from dataclasses import dataclass
from datetime import date, timedelta

from implement.control.incentives import words
from implement.control.incentives.service.policy import read_pay_currency
from implement.control.incentives.service.rules import RuleRow
from implement.control.incentives.statement_page import name_kpis
from implement.control.incentives.tables import PayRule, PayRuleVersion
from implement.engine.pay.rule import NoFormula, RuleItem, RuleTerms, find_rule_faults, find_rule_jumps, read_rule
from implement.engine.pay.rule.terms import OF_PROCESS, OF_RESULT
from implement.web.charts import Chart, curve
from implement.web.texts import _, share


@dataclass(frozen=True)
class ShownItem:
    """A KPI of the rule with its curve as a picture (None: its figures make none)."""

    item: RuleItem
    picture: Chart | None


def describe_version(rule: PayRule, version: PayRuleVersion) -> dict[str, object]:
    """Everything a version's page shows."""
    terms = words.name_figures(read_rule(version.terms), name_kpis(rule.rollout_id))
    jumps = [words.say_jump(jump) for jump in find_rule_jumps(terms)]
    return {
        "rule": rule,
        "version": version,
        "terms": terms,
        "words": words,
        "items": [ShownItem(item, draw_curve(item)) for item in terms.items],
        "jumps": jumps,
        "faults": [words.say_fault(fault) for fault in find_rule_faults(terms)],
        "answer": say_answer(rule, terms, len(jumps)),
        "split": say_split(terms),
        "currency": read_pay_currency(rule.rollout_id),
    }


def draw_curve(item: RuleItem) -> Chart | None:
    """The payout by attainment as a picture."""
    try:
        knots = item.formula.curve.knots
    except NoFormula:
        return None
    title = _("%(kpi)s: what is paid for how much of the target", kpi=item.kpi)
    headings = (_("Reached of the target"), _("Paid of its part"))
    return curve(title, words.say_formula(item), headings=headings, knots=knots)


def say_answer(rule: PayRule, terms: RuleTerms, jumps: int) -> str:
    """The first line of a rule's page."""
    said = {"name": rule.name, "count": len(terms.items)}
    if not terms.items:
        return _("%(name)s has no figure yet.", **said)
    if not jumps:
        return _("%(name)s pays by %(count)s figures, without a jump.", **said)
    return _("%(name)s pays by %(count)s figures and jumps: see what stands in red.", **said)


def say_split(terms: RuleTerms) -> str:
    """How much depends on work done, how much on results (M50, M127)."""
    said = {about: share(terms.share_of(about), 1) for about in (OF_PROCESS, OF_RESULT)}
    return _("Process: %(process)s. Result: %(result)s.", **said)


def say_state(row: RuleRow) -> tuple[str, str]:
    """Tone and word of a version."""
    return ("good", _("released")) if row.released_at else ("watch", _("draft"))


def next_month(today: date) -> date:
    """The first day of the next month, from which a rule usually holds."""
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
