"""What the first page of the room shows."""

from implement.control.incentives import words
from implement.control.incentives.rule_page import say_state
from implement.control.incentives.service.policy import pays_variable, read_policy
from implement.control.incentives.service.rules import list_versions
from implement.web.access import Permission, Standing


def describe_room(standing: Standing) -> dict[str, object]:
    """The policy, and the rules: drafts only for whoever writes rules."""
    here = standing.rollout_id
    sees_drafts = standing.may(Permission.WRITE_PAY_RULES)
    return {
        "answer": words.POLICIES[read_policy(here)],
        "pays": pays_variable(here),
        "rules": list_versions(here, released=None if sees_drafts else True),
        "say_state": say_state,
    }
