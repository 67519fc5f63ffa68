"""The demonstration's rewards in kind: ten well-kept records for a lunch, asked for by one and granted by the head."""

from datetime import timedelta

from implement.control.incentives.service.in_kind import claim, grant, read_ledgers
from implement.control.incentives.service.reward_rules import begin_rule, list_rules
from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.rollouts import find_standing, local_day
from implement.store import Store
from implement.web.access import Role

RECORDS, SINCE = 50, timedelta(days=42)


def tell(rollout_id: int, store: Store) -> bool:
    """Promise a lunch six weeks ago; the salesperson asks for it and gets one. False when that was done before."""
    now, head, seller = utc_now(), login_of(Role.HEAD), login_of(Role.SALESPERSON)
    if list_rules(rollout_id):
        return False
    lead = login_of(Role.LEAD)
    first_day = local_day(rollout_id, now - SINCE)
    promised = {"reward": "A free lunch", "records_per_reward": RECORDS, "starts_on": first_day}
    begin_rule(rollout_id, **promised, by=lead, now=now - SINCE)  # type: ignore[arg-type]
    leads, sells = (find_standing(user_id=who.id, rollout_id=rollout_id) for who in (head, seller))
    if leads is None or sells is None or sells.person_id is None:
        return True
    (own,) = read_ledgers(rollout_id, {sells.person_id})
    if own.due:
        claim(rollout_id, own.rule.id, own.person_id, by=seller, now=now)
        grant(leads, own.rule.id, own.person_id, 1, by=head, now=now)
    return True
