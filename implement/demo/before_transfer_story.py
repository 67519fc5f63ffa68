"""The demonstration before its transfer: what was wrong with the old tables."""

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.stages.transfer.service.health import find_newest_check, look_through
from implement.store import Store
from implement.web.access import Role

SOURCE = "source"


def tell(rollout_id: int, store: Store) -> bool:
    """Look through the old tables; False when that was done before."""
    if find_newest_check(rollout_id, SOURCE) is not None:
        return False
    look_through(rollout_id, SOURCE, store=store, by=login_of(Role.CONSULTANT), now=utc_now())
    return True
