"""On which day somebody's first deal ended in the usage log: what training is measured by (M108)."""

from collections.abc import Mapping
from datetime import date, timedelta

from implement.rollout.service.usage import span_of_usage
from implement.stages.adoption.log_deals import LOOKED_BACK_DAYS
from implement.stages.adoption.service.examples import read_runs
from implement.store import Store


def list_first_ends(rollout_id: int, store: Store) -> tuple[date, Mapping[int, date]] | None:
    """Since when the log tells of deals, and by person the day on which the first deal they ran ended."""
    span, runs = span_of_usage(rollout_id), read_runs(rollout_id, store)
    if span is None or not runs:
        return None
    ends: dict[int, date] = {}
    for run in runs:
        owner, day = int(run.owner), run.ended.date()
        ends[owner] = min(day, ends.get(owner, day))
    return max(span[0], span[1] - timedelta(days=LOOKED_BACK_DAYS - 1)), ends
