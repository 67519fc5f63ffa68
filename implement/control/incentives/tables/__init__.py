"""What is kept of incentives, by subject."""

from implement.control.incentives.tables.disputes import PayDispute
from implement.control.incentives.tables.in_kind import RewardClaim, RewardGrant, RewardRule
from implement.control.incentives.tables.payroll import PayFile, PayrollOffice
from implement.control.incentives.tables.rules import PayRule, PayRuleVersion, VariablePay
from implement.control.incentives.tables.runs import PayLine, PayRun, PayStatement, PayStep
from implement.control.incentives.tables.said import PayCorrection, PayDecision, PayReduction

__all__ = [
    "PayCorrection",
    "PayDecision",
    "PayDispute",
    "PayFile",
    "PayLine",
    "PayReduction",
    "PayRule",
    "PayRuleVersion",
    "PayRun",
    "PayStatement",
    "PayStep",
    "PayrollOffice",
    "RewardClaim",
    "RewardGrant",
    "RewardRule",
    "VariablePay",
]
