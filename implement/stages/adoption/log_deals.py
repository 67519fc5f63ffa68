"""The deals that ended in the last weeks of the log, each as it was run, from every part that holds them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from implement.engine.backend import Backend
from implement.engine.deal_runs import DealRun, find_deal_runs
from implement.stages.adoption.log_parts import PartFile, join_log

LOOKED_BACK_DAYS = 120


def list_runs_in(
    parts: Sequence[PartFile], last_day: date, people: Mapping[str, str], backend: Backend
) -> list[DealRun]:
    """Deals as run by the people on the staff; `people` names them by user in small letters."""
    first_day = last_day - timedelta(days=LOOKED_BACK_DAYS - 1)
    touched = [part for part in parts if part.first_day <= last_day and part.last_day >= first_day]
    if not touched:
        return []
    events = join_log(touched, first_day, last_day, backend).events
    assert events is not None
    return find_deal_runs(events.mutate(user=events.user.strip().lower()), people, backend)
