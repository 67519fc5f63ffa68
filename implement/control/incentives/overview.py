"""What the first page of the room shows."""

from datetime import date

from implement.control.incentives.rule_page import say_state
from implement.control.incentives.service.policy import pays_variable, rewards_in_kind
from implement.control.incentives.service.rules import list_versions
from implement.web.access import Permission, Standing
from implement.web.texts import _, _n


def describe_room(standing: Standing, today: date) -> dict[str, object]:
    """The policy, and the rules: drafts only for whoever writes rules."""
    here = standing.rollout_id
    sees_drafts = standing.may(Permission.WRITE_PAY_RULES)
    in_force = {row.rule_id for row in list_versions(here, released=True) if row.valid_from <= today}
    return {
        "answer": say_paid(pays_variable(here), rewards_in_kind(here), len(in_force)),
        "pays": pays_variable(here),
        "rules": list_versions(here, released=None if sees_drafts else True),
        "say_state": say_state,
    }


def say_paid(pays: bool, rewards: bool, rules: int) -> str:
    """What is paid here today, in one sentence."""
    if not pays:
        return _("Rewards in kind are given here; no money is paid.")
    if not rules:
        return _("A variable part is wanted here, but no rule holds yet, so nothing can be paid.")
    if rewards:
        return _n(
            "Here rewards in kind are given, and a variable part is paid by one rule.",
            "Here rewards in kind are given, and a variable part is paid by %(num)d rules.", rules,
        )  # fmt: skip
    return _n("A variable part is paid here by one rule.", "A variable part is paid here by %(num)d rules.", rules)
