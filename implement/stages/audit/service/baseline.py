"""The baseline: what the firm was like before the CRM, frozen with day and n, for "promised against measured" (M36)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.stages.audit.service.diary import find_closed, read_results
from implement.stages.audit.service.list_measures import FROM_DEALS, RESPONSE_HOURS
from implement.stages.audit.service.lists import find_newest
from implement.stages.audit.service.losses import read_figures
from implement.stages.audit.tables import AuditBaseline
from implement.web.texts import lazy

ROUTINE_HOURS = "routine_hours"
MEASURES = (ROUTINE_HOURS, *FROM_DEALS, RESPONSE_HOURS)
DIARY, LIST = "diary", "list"


@dataclass(frozen=True)
class BaselineFigure:
    """A measure with the range in which it likely lies, on how many it rests, of which days, from where.

    `frozen_at` and `by_name` are None and empty while it is only known.
    """

    measure: str
    value: Decimal
    low: Decimal
    high: Decimal
    n: int
    first_day: date
    last_day: date
    origin: str
    note: str = ""
    frozen_at: datetime | None = None
    by_name: str = ""


def list_known(rollout_id: int) -> dict[str, BaselineFigure]:
    """What diary and old list tell now, by measure."""
    known = {}
    row = find_newest(rollout_id, is_finished=True)
    if row is not None:
        files = ", ".join(name for name, _sha256 in row.files)
        for name, one in read_figures(row).measures:
            figures = (_exact(one.value), _exact(one.low), _exact(one.high), one.n, one.first_day, one.last_day)
            known[name] = BaselineFigure(name, *figures, LIST, files)
    diary = find_closed(rollout_id)
    hours = next(iter(read_results(diary)), None)
    if diary is not None and hours is not None:
        told = (_exact(hours.hours), _exact(hours.low), _exact(hours.high), hours.people)
        known[ROUTINE_HOURS] = BaselineFigure(ROUTINE_HOURS, *told, diary.first_day, diary.last_day, DIARY)
    return known


def list_frozen(rollout_id: int) -> dict[str, BaselineFigure]:
    """The frozen figures by measure; what a later room holds today's figures against."""
    rows = db.session.scalars(select(AuditBaseline).where(AuditBaseline.rollout_id == rollout_id))
    return {row.measure: _read(row) for row in rows}


def freeze(rollout_id: int, measure: str, *, by: Actor, now: datetime) -> AuditBaseline:
    """Freeze a measure as it is known now; once and for good."""
    if measure in list_frozen(rollout_id):
        raise RuleBroken(lazy("The baseline of this measure is frozen already."))
    known = list_known(rollout_id).get(measure)
    if known is None:
        raise RuleBroken(lazy("Neither diary nor old list tell of this measure yet."))
    row = AuditBaseline(
        rollout_id=rollout_id, measure=measure, value=str(known.value), low=str(known.low), high=str(known.high),
        n=known.n, first_day=known.first_day, last_day=known.last_day, origin=known.origin, note=known.note,
        by_id=by.id, by_name=by.name, at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log_write(
        "freeze_audit_baseline", f"audit_baseline:{row.id}", by=by, now=now, rollout_id=rollout_id, measure=measure
    )
    return row


def freeze_known(rollout_id: int, *, by: Actor, now: datetime) -> int:
    """Freeze every measure that is known and not frozen yet; returns how many."""
    waiting = [measure for measure in list_known(rollout_id) if measure not in list_frozen(rollout_id)]
    for measure in waiting:
        freeze(rollout_id, measure, by=by, now=now)
    return len(waiting)


def _read(row: AuditBaseline) -> BaselineFigure:
    return BaselineFigure(
        row.measure, Decimal(row.value), Decimal(row.low), Decimal(row.high), row.n, row.first_day, row.last_day,
        row.origin, row.note, row.at, row.by_name,
    )  # fmt: skip


def _exact(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")
