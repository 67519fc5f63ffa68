"""The single events of the CRM behind one figure of one day, while they are still kept."""

from dataclasses import replace
from datetime import date

from implement.control.activity.service.catalogue import read_kpis
from implement.engine.activity.counting import CountedEvent, list_counted
from implement.rollout.service.usage import list_staff, match_users
from implement.stages.adoption.service.log import gather_log, read_log
from implement.store import Store


def read_counted_events(
    rollout_id: int, person_id: int, kpi_key: str, day: date, *, store: Store
) -> list[CountedEvent]:
    """What the CRM's log has of a KPI, a person and a day; empty once these events are no longer kept."""
    basis, row = gather_log(rollout_id, store), read_kpis(rollout_id).get(kpi_key)
    if basis is None or row is None or not row.kpi.is_counted or not basis.first_day <= day <= basis.last_day:
        return []
    users = [user for user, who in match_users(list_staff(rollout_id)).items() if who == person_id]
    of_day = replace(basis, first_day=day, last_day=day)
    kpi = row.kpi
    return read_log(of_day, lambda events, columns, backend: list_counted(events, columns, kpi, users, backend)) or []
