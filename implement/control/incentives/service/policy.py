"""What a rollout pays for well-kept records: incentives in kind, variable pay, or both. Base pay does not exist."""

from datetime import datetime

from sqlalchemy import select

from implement.control.incentives.tables import PayRule, PayRuleVersion, PayRun, VariablePay
from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import get_rollout
from implement.web.texts import lazy

INCENTIVES, VARIABLE, BOTH = "incentives", "variable", "both"
CURRENCIES = ("EUR", "PLN", "RUB", "USD", "GBP", "CHF")
POLICIES = (INCENTIVES, VARIABLE, BOTH)


def read_policy(rollout_id: int) -> str:
    """The policy of the rollout; incentives only unless somebody chose otherwise."""
    kept = get_rollout(rollout_id).pay_policy
    return kept if kept in POLICIES else INCENTIVES


def pays_variable(rollout_id: int) -> bool:
    """True when the policy has a variable part in money."""
    return read_policy(rollout_id) in (VARIABLE, BOTH)


def rewards_in_kind(rollout_id: int) -> bool:
    """True when the policy has rewards in kind."""
    return read_policy(rollout_id) in (INCENTIVES, BOTH)


def set_policy(rollout_id: int, policy: str, *, by: Actor, now: datetime) -> None:
    """Choose the policy; what was paid before stays as it was."""
    if policy not in POLICIES:
        raise RuleBroken(lazy("There is no such policy."))
    rollout = get_rollout(rollout_id)
    if rollout.pay_policy != policy:
        rollout.pay_policy = policy
        log_write("set_pay_policy", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, policy=policy)


def read_pay_currency(rollout_id: int) -> str:
    """The currency that people are paid in: the rollout's unless another was chosen."""
    rollout = get_rollout(rollout_id)
    return rollout.pay_currency or rollout.currency


def set_pay_currency(rollout_id: int, currency: str, *, by: Actor, now: datetime) -> None:
    """Choose the currency of the variable part, also another than the deals have, while nothing stands in it yet."""
    if currency not in CURRENCIES:
        raise RuleBroken(lazy("There is no such currency."))
    if read_pay_currency(rollout_id) == currency:
        return
    agreed = select(VariablePay.id).where(VariablePay.rollout_id == rollout_id)
    released = select(PayRuleVersion.id).join(PayRule, PayRule.id == PayRuleVersion.rule_id)
    released = released.where(PayRule.rollout_id == rollout_id, PayRuleVersion.released_at.is_not(None))
    begun = select(PayRun.id).where(PayRun.rollout_id == rollout_id, PayRun.kind != "simulation")
    if any(db.session.scalar(one.limit(1)) is not None for one in (agreed, released, begun)):
        raise RuleBroken(lazy("Rules and sums stand in the currency there is; it stays."))
    get_rollout(rollout_id).pay_currency = currency
    log_write("set_pay_currency", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, currency=currency)


def demand_variable(rollout_id: int) -> None:
    """Refuse what pays money where the policy is incentives only."""
    if not pays_variable(rollout_id):
        raise RuleBroken(lazy("This rollout rewards in kind only; variable pay has to be switched on first."))
