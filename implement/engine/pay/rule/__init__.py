"""The rule by which pay is priced: built from a closed set of formulas, judged, and laid over a person's figures."""

from implement.engine.pay.rule.assembling import Figure, Missing, PersonFacts, Segment, assemble_person, pool_payout
from implement.engine.pay.rule.formulas import FORMULAS, Formula, NoFormula
from implement.engine.pay.rule.judging import RuleFault, RuleJump, find_rule_faults, find_rule_jumps
from implement.engine.pay.rule.limiting import limit_reductions
from implement.engine.pay.rule.splitting import count_tenure_month, count_work_days, share_by_days, split_period
from implement.engine.pay.rule.terms import (
    NotApplicable,
    PresenceRule,
    RuleCommission,
    RuleGate,
    RuleItem,
    RuleKicker,
    RuleTerms,
    UnreadableRule,
    read_rule,
    write_rule,
)

__all__ = [
    "FORMULAS",
    "Figure",
    "Formula",
    "Missing",
    "NoFormula",
    "NotApplicable",
    "PersonFacts",
    "PresenceRule",
    "RuleCommission",
    "RuleFault",
    "RuleGate",
    "RuleItem",
    "RuleJump",
    "RuleKicker",
    "RuleTerms",
    "Segment",
    "UnreadableRule",
    "assemble_person",
    "count_tenure_month",
    "count_work_days",
    "find_rule_faults",
    "find_rule_jumps",
    "limit_reductions",
    "pool_payout",
    "read_rule",
    "share_by_days",
    "split_period",
    "write_rule",
]
