"""Count the catalogue's KPIs in the CRM's log; the same log counted twice says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from implement.control.activity.service.catalogue import list_kpis
from implement.control.activity.tables import ActivityCount, ActivityCounting, ActivityCoverage
from implement.db import change_rows, db
from implement.engine.activity.counting import DayCount, count_kpis, list_told
from implement.engine.activity.kpis import Kpi
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.usage import list_staff, match_users
from implement.stages.adoption.service.log import LogBasis, gather_log, read_log
from implement.store import Store

COUNT_KPIS = "count_kpis"
BATCH_ROWS = 5_000


@dataclass(frozen=True)
class CountingBasis:
    """What a counting needs from the database: the log, the KPIs, who is meant by which user."""

    log: LogBasis
    kpis: tuple[Kpi, ...]
    people: Mapping[str, int]


@dataclass(frozen=True)
class CountedLog:
    """What came of it: counts by person, KPI and day, the KPIs the log told, the people it knows."""

    rows: tuple[tuple[int, str, object, int], ...]
    kpi_keys: tuple[str, ...]
    people: frozenset[int]


def ask_for_counting(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Have the log counted in the background; returns the job."""
    return enqueue_job(COUNT_KPIS, rollout_id=rollout_id, arguments={}, by_id=by.id, now=now).id


def gather_counting(rollout_id: int, store: Store) -> CountingBasis | None:
    """Gather what a counting needs; None before any usage is known."""
    log = gather_log(rollout_id, store)
    if log is None:
        return None
    kpis = tuple(row.kpi for row in list_kpis(rollout_id) if row.kpi.is_counted)
    return CountingBasis(log, kpis, match_users(list_staff(rollout_id)))


def compute_counting(basis: CountingBasis) -> CountedLog:
    """Count without the database; users who are nobody on the staff are left out."""
    told = read_log(
        basis.log,
        lambda events, columns, backend: (
            list(count_kpis(events, columns, basis.kpis, backend)),
            tuple(kpi.key for kpi in list_told(basis.kpis, columns)),
            backend.connection.to_pyarrow(events.select("user").distinct())["user"].to_pylist(),
        ),
    )
    counts, keys, users = told or ([], (), [])
    seen = {basis.people[user.strip().casefold()] for user in users if user and user.strip().casefold() in basis.people}
    return CountedLog(_add_up(counts, basis.people), keys, frozenset(seen))


def keep_counting(
    rollout_id: int, basis: CountingBasis, counted: CountedLog, *, by: Actor | None, now: datetime
) -> dict[str, Plain]:
    """Let this be all the CRM says of the days of the log; days that have left the log stay as they were counted."""
    first, last = basis.log.first_day, basis.log.last_day
    known = select(ActivityCoverage.person_id).where(ActivityCoverage.rollout_id == rollout_id)
    span = (ActivityCount.day >= first, ActivityCount.day <= last)
    change_rows(delete(ActivityCount).where(ActivityCount.person_id.in_(known), *span))
    for start in range(0, len(counted.rows), BATCH_ROWS):
        batch = counted.rows[start : start + BATCH_ROWS]
        names = ("person_id", "kpi_key", "day", "counted")
        db.session.execute(insert(ActivityCount), [dict(zip(names, row, strict=True)) for row in batch])
    _keep_coverage(rollout_id, counted.people)
    row = db.session.get(ActivityCounting, rollout_id) or ActivityCounting(rollout_id=rollout_id, first_day=first)
    row.first_day, row.last_day, row.at = min(row.first_day, first), last, now
    row.kpi_keys = list(counted.kpi_keys)
    db.session.add(row)
    figures: dict[str, Plain] = {"rows": len(counted.rows), "people": len(counted.people)}
    log_write("count_kpis", f"rollout:{rollout_id}", by=by, now=now, rollout_id=rollout_id, **figures)
    return {**figures, "last_day": last.isoformat()}


def count_rollout(rollout_id: int, *, store: Store, by: Actor | None, now: datetime) -> dict[str, Plain]:
    """Count at once, without the background: for the demonstration and for tests."""
    basis = gather_counting(rollout_id, store)
    if basis is None:
        return {"rows": 0, "people": 0}
    return keep_counting(rollout_id, basis, compute_counting(basis), by=by, now=now)


def _add_up(counts: Sequence[DayCount], people: Mapping[str, int]) -> tuple[tuple[int, str, object, int], ...]:
    """By person: two user ids of one person add up."""
    found: dict[tuple[int, str, object], int] = {}
    for one in counts:
        person_id = people.get(one.user.strip().casefold())
        if person_id is not None:
            cell = (person_id, one.kpi_key, one.day)
            found[cell] = found.get(cell, 0) + one.counted
    return tuple((*cell, number) for cell, number in found.items())


def _keep_coverage(rollout_id: int, people: frozenset[int]) -> None:
    known = select(ActivityCoverage.person_id).where(ActivityCoverage.rollout_id == rollout_id)
    fresh = people - set(db.session.scalars(known))
    if fresh:
        rows = [{"person_id": one, "rollout_id": rollout_id} for one in sorted(fresh)]
        db.session.execute(insert(ActivityCoverage), rows)
