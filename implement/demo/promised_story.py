"""The demonstration's baseline: what the old lists tell, and hours that were timed."""

from datetime import timedelta
from decimal import Decimal

from implement.db import utc_now
from implement.demo.hall_story import login_of
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.service.promises import FROM_DEALS, freeze_baseline, note_figure, read_baselines
from implement.store import Store
from implement.web.access import Role

TIMED = "Four people, timed over a week before the pilot"


def tell(rollout_id: int, store: Store) -> bool:
    """Freeze what the old lists tell and what was timed; False when that was done before."""
    if read_baselines(rollout_id):
        return False
    now, by = utc_now(), login_of(Role.LEAD)
    then = now - timedelta(days=80)
    for measure in FROM_DEALS:
        try:
            freeze_baseline(rollout_id, measure, value=None, n=None, note="", store=store, by=by, now=then)
        except RuleBroken:
            continue
    freeze_baseline(
        rollout_id, "routine_hours", value=Decimal("14.5"), n=8, note=TIMED, store=store, by=by, now=then
    )  # fmt: skip
    freeze_baseline(rollout_id, "clicks_to_history", value=Decimal(11), n=20, note="", store=store, by=by, now=then)
    for measure, value, n in (("routine_hours", "12.9", 8), ("clicks_to_history", "3", 20)):
        said = {"n": n, "note": TIMED, "by": by, "now": now, "today": local_day(rollout_id, now)}
        note_figure(rollout_id, measure, value=Decimal(value), **said)  # type: ignore[arg-type]
    return True
