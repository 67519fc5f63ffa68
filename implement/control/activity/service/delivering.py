"""Sheets of targets: handed to each person before the period, frozen with their hash, acknowledged (R3, R4)."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from implement.control.activity.service.catalogue import KpiRow, read_kpis
from implement.control.activity.service.periods import PeriodRow, lock_period
from implement.control.activity.service.plans import PlanRow
from implement.control.activity.service.targets import Cell, Target, list_planned, people_set_by, read_targets
from implement.control.activity.tables import ActivityDelivery
from implement.db import db
from implement.jobs import Plain
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.rollouts import zone_of
from implement.web.access import Standing
from implement.web.texts import lazy


@dataclass(frozen=True)
class SheetItem:
    """A KPI on a person's sheet; without a target it does not apply, for the reason."""

    kpi_key: str
    name: str
    weight_bp: int
    target: int | None
    reason: str
    lower_is_better: bool
    about: str
    side: str


@dataclass(frozen=True)
class DeliveryRow:
    """A sheet as it was handed out: late when not before the period's first day (R4)."""

    id: int
    person_id: int
    number: int
    items: tuple[SheetItem, ...]
    sha256: str
    delivered_at: datetime
    acknowledged_at: datetime | None
    is_late: bool


def deliver(
    standing: Standing, period: PeriodRow, person_ids: Collection[int] | None = None, *, by: Actor, now: datetime,
    today: date,
) -> int:  # fmt: skip
    """Hand their sheets to people whose targets are all set (all one may set them for, unless named); returns how many.

    A sheet that says nothing new is not handed out again; once the period has begun only whoever has none gets one,
    and it is flagged as late.
    """
    lock_period(period.id)
    planned = list_planned(standing.rollout_id, period)
    mine = people_set_by(standing, [one.person_id for one, _plan in planned])
    targets, before = read_targets(period.id), read_deliveries(standing.rollout_id, period)
    names, sent = read_kpis(standing.rollout_id), 0
    for one, plan in planned:
        who = one.person_id
        if who not in mine or (person_ids is not None and who not in person_ids):
            continue
        sheet = write_sheet(period, who, plan, targets, names)
        last = before.get(who)
        is_known = last is not None and (last.sha256 == hash_sheet(sheet) or period.has_begun(today)) if sheet else True
        if not is_known and sheet is not None:
            _keep(period.id, who, sheet, (last.number if last else 0) + 1, by=by, now=now)
            sent += 1
    if sent:
        db.session.flush()
        log_write("deliver", f"period:{period.id}", by=by, now=now, rollout_id=standing.rollout_id, people=sent)
    return sent


def acknowledge_sheet(
    rollout_id: int, delivery_id: int, *, person_id: int | None, sha256: str, by: Actor, now: datetime
) -> None:
    """Note that a person has read exactly this sheet, the newest of theirs; twice is once."""
    asked = select(ActivityDelivery).where(ActivityDelivery.id == delivery_id, ActivityDelivery.person_id == person_id)
    row: ActivityDelivery | None = db.session.scalar(asked.with_for_update())
    if row is None:
        raise NotFound(lazy("There is no such sheet of targets."))
    same = (ActivityDelivery.period_id == row.period_id, ActivityDelivery.person_id == person_id)
    newest = db.session.scalar(select(func.max(ActivityDelivery.number)).where(*same))
    if row.number != newest or sha256 != row.sha256:
        raise RuleBroken(lazy("Your targets have changed since you opened them. Please read them again."))
    if row.acknowledged_at is None:
        row.acknowledged_at = now
        log_write("acknowledge_targets", f"delivery:{row.id}", by=by, now=now, rollout_id=rollout_id, sha256=sha256)


def read_deliveries(rollout_id: int, period: PeriodRow) -> dict[int, DeliveryRow]:
    """The newest sheet of each person, in one query."""
    asked = select(ActivityDelivery).where(ActivityDelivery.period_id == period.id).order_by(ActivityDelivery.number)
    zone = zone_of(rollout_id)
    return {row.person_id: _row(row, period, zone) for row in db.session.scalars(asked)}


def write_sheet(
    period: PeriodRow, person_id: int, plan: PlanRow, targets: Mapping[Cell, Target], names: Mapping[str, KpiRow]
) -> dict[str, Plain] | None:
    """A person's sheet as it is frozen; None while a target is still missing."""
    items: list[Plain] = []
    for item in plan.items:
        said = targets.get((person_id, item.kpi_key))
        if said is None:
            return None
        row = names[item.kpi_key]
        kpi = row.kpi
        items.append(
            {
                "kpi": item.kpi_key, "name": row.name, "weight_bp": item.weight_bp, "target": said.target,
                "reason": said.reason, "lower_is_better": kpi.lower_is_better, "about": kpi.about, "side": kpi.side,
            }
        )  # fmt: skip
    days: dict[str, Plain] = {"first_day": period.first_day.isoformat(), "last_day": period.last_day.isoformat()}
    return {**days, "person": person_id, "role": plan.role, "items": items}


def hash_sheet(sheet: dict[str, Plain]) -> str:
    """SHA-256 over the canonical JSON of a sheet."""
    canonical = json.dumps(sheet, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _keep(period_id: int, person_id: int, sheet: dict[str, Plain], number: int, *, by: Actor, now: datetime) -> None:
    row = ActivityDelivery(
        period_id=period_id, person_id=person_id, number=number, sheet=sheet, sha256=hash_sheet(sheet), by_id=by.id,
        delivered_at=now,
    )  # fmt: skip
    db.session.add(row)


def _row(row: ActivityDelivery, period: PeriodRow, zone: ZoneInfo) -> DeliveryRow:
    kept = row.sheet["items"]
    assert isinstance(kept, list)
    is_late = row.delivered_at.astimezone(zone).date() >= period.first_day
    items = tuple(_item(one) for one in kept if isinstance(one, dict))
    return DeliveryRow(
        row.id, row.person_id, row.number, items, row.sha256, row.delivered_at, row.acknowledged_at, is_late
    )


def _item(one: dict[str, Plain]) -> SheetItem:
    target = one["target"]
    return SheetItem(
        str(one["kpi"]), str(one["name"]), int(str(one["weight_bp"])), None if target is None else int(str(target)),
        str(one["reason"]), bool(one["lower_is_better"]), str(one["about"]), str(one["side"]),
    )  # fmt: skip
