"""The demonstration's pilot: who helps newcomers, and the first days as they were promised."""

from datetime import timedelta

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.engine.support_load import SupportTerms
from implement.stages.pilot.service import waves
from implement.store import Store
from implement.web.access import Role

DAYS_AGO = 90
SUPPORT = SupportTerms(supporters=2, minutes_each=600, minutes_by_week=(120, 60, 30, 30))


def tell(rollout_id: int, store: Store) -> bool:
    """Plan the help and hold the first days; False when that was done before."""
    if waves.find_support(rollout_id) is not None:
        return False
    then, by = utc_now() - timedelta(days=DAYS_AGO), login_of(Role.CONSULTANT)
    waves.plan_support(rollout_id, SUPPORT, version=None, by=by, now=then)
    waves.promise_waves(rollout_id, by=by, now=then)
    return True
