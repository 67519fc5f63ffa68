"""Actuals of a period: what the CRM counted and what people reported, joined day by day, both kept (M125)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from implement.control.activity.service.catalogue import read_kpis
from implement.control.activity.service.periods import PeriodRow
from implement.control.activity.service.workdays import list_work_days
from implement.control.activity.tables import (
    ActivityCount,
    ActivityCounting,
    ActivityCoverage,
    ActivityReport,
    ActivitySettling,
)
from implement.db import db
from implement.engine.activity.actuals import Actual, join_days
from implement.rollout.service.rollouts import zone_of
from implement.rollout.service.usage import StaffMember

Days = dict[date, int]
Cell = tuple[int, str]


@dataclass(frozen=True)
class Counted:
    """Which days the CRM's log told in the last counting, and of which KPIs and people."""

    first_day: date
    last_day: date
    kpi_keys: frozenset[str]
    people: frozenset[int]
    at: datetime


@dataclass(frozen=True)
class Settled:
    """Which source holds for exactly these two sums."""

    holds: str
    crm: int
    reported: int


def read_actuals(
    rollout_id: int, period: PeriodRow, people: Collection[StaffMember], keys: Iterable[str], *,
    until: date | None = None,
) -> dict[Cell, Actual]:  # fmt: skip
    """The actual of each person and KPI over the period, in a handful of queries; with `until` no day after it is
    missing yet, though what is known of it counts.
    """
    last_day = min(until or period.last_day, period.last_day)
    work_days = list_work_days(rollout_id, people, period.first_day, last_day) if people else {}
    crm = read_counted_days(rollout_id, period.first_day, period.last_day, people, keys)
    reported = read_reported_days(work_days, period.first_day, period.last_day)
    settled = read_settled(period.id)
    return {
        (who, key): _join(
            work_days[who], crm.get((who, key), {}), reported.get((who, key), {}), settled.get((who, key))
        )
        for who in work_days
        for key in keys
    }


def read_counted_days(
    rollout_id: int, first_day: date, last_day: date, people: Collection[StaffMember], keys: Iterable[str]
) -> dict[Cell, Days]:
    """What the CRM says day by day. A day the log covers without an event is 0; a person or KPI the log does not know,
    and a day outside of it, is missing.
    """
    counted = read_counting(rollout_id)
    if counted is None:
        return {}
    first, last = max(first_day, counted.first_day), min(last_day, counted.last_day)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    work_days = list_work_days(rollout_id, people, first, last) if days and people else {}
    told = counted.kpi_keys.intersection(keys)
    found: dict[Cell, Days] = {
        (who, key): dict.fromkeys(work_days[who], 0) for who in work_days if who in counted.people for key in told
    }
    asked = select(ActivityCount.person_id, ActivityCount.kpi_key, ActivityCount.day, ActivityCount.counted)
    here = (ActivityCount.person_id.in_(work_days), ActivityCount.day >= first, ActivityCount.day <= last)
    for who, key, day, number in db.session.execute(asked.where(*here)):
        if (who, key) in found:
            found[who, key][day] = number
    return found


def read_reported_days(person_ids: Iterable[int], first_day: date, last_day: date) -> dict[Cell, Days]:
    """What people reported day by day, the latest word of each."""
    asked = select(ActivityReport.person_id, ActivityReport.kpi_key, ActivityReport.day, ActivityReport.reported)
    here = (
        ActivityReport.person_id.in_(list(person_ids)),
        ActivityReport.day >= first_day,
        ActivityReport.day <= last_day,
    )
    found: dict[Cell, Days] = {}
    for who, key, day, number in db.session.execute(asked.where(*here).order_by(ActivityReport.id)):
        found.setdefault((who, key), {})[day] = number
    return found


def read_late_days(
    rollout_id: int, person_ids: Iterable[int], first_day: date, last_day: date
) -> set[tuple[int, str, date]]:
    """Whose number of which KPI and day was entered late: later than on the day after."""
    one, zone = ActivityReport, zone_of(rollout_id)
    asked = select(one.person_id, one.kpi_key, one.day, one.at).where(
        one.person_id.in_(list(person_ids)), one.day >= first_day, one.day <= last_day
    )
    rows = db.session.execute(asked)
    return {(who, key, day) for who, key, day, at in rows if at.astimezone(zone).date() > day + timedelta(days=1)}


def read_settled(period_id: int) -> dict[Cell, Settled]:
    """The last settling of each person and KPI."""
    asked = select(ActivitySettling).where(ActivitySettling.period_id == period_id).order_by(ActivitySettling.id)
    return {
        (row.person_id, row.kpi_key): Settled(row.holds, row.crm, row.reported) for row in db.session.scalars(asked)
    }


def read_counting(rollout_id: int) -> Counted | None:
    """The last counting of the log; None before any."""
    row = db.session.get(ActivityCounting, rollout_id)
    if row is None:
        return None
    people = select(ActivityCoverage.person_id).where(ActivityCoverage.rollout_id == rollout_id)
    keys = frozenset(str(key) for key in row.kpi_keys) & read_kpis(rollout_id).keys()
    return Counted(row.first_day, row.last_day, keys, frozenset(db.session.scalars(people)), row.at)


def _join(
    work_days: Collection[date], crm: Mapping[date, int], reported: Mapping[date, int], said: Settled | None
) -> Actual:
    plain = join_days(work_days, crm, reported)
    if said is None or (said.crm, said.reported) != (plain.crm, plain.reported):
        return plain
    return join_days(work_days, crm, reported, settled=said.holds)
