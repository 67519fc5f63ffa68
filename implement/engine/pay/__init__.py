"""Variable pay: read a plan, price it to the minor unit, say where each figure comes from."""

from implement.engine.pay.explaining import Money, PayStep, explain_pay
from implement.engine.pay.faults import PlanFault
from implement.engine.pay.frozen import (
    NoEntry,
    cut_plan,
    freeze_basis,
    freeze_plan,
    pick_entries,
    read_entry,
    read_head,
)
from implement.engine.pay.in_kind import count_rewards_due
from implement.engine.pay.plan import (
    AppliesTo,
    Band,
    Commission,
    CommissionKind,
    Decision,
    Gate,
    Item,
    Kicker,
    Person,
    Plan,
    Presence,
    Reduction,
    Team,
    Terms,
)
from implement.engine.pay.pricing import ItemPay, PayPart, PersonPay, price_variable_pay
from implement.engine.pay.reading import UnusablePlan, read_plan
from implement.engine.pay.rounding import Rounding, round_amount, share_out
from implement.engine.pay.writing import ENGINE, price_plan, write_pay

__all__ = [
    "ENGINE",
    "AppliesTo",
    "Band",
    "Commission",
    "CommissionKind",
    "Decision",
    "Gate",
    "Item",
    "ItemPay",
    "Kicker",
    "Money",
    "NoEntry",
    "PayPart",
    "PayStep",
    "Person",
    "PersonPay",
    "Plan",
    "PlanFault",
    "Presence",
    "Reduction",
    "Rounding",
    "Team",
    "Terms",
    "UnusablePlan",
    "count_rewards_due",
    "cut_plan",
    "explain_pay",
    "freeze_basis",
    "freeze_plan",
    "pick_entries",
    "price_plan",
    "price_variable_pay",
    "read_entry",
    "read_head",
    "read_plan",
    "round_amount",
    "share_out",
    "write_pay",
]
