"""What plans hold about people: counts and reports by day, targets and sheets by period; thirteen months each (R10)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select, update

from implement.control.activity.tables import (
    ActivityCount,
    ActivityCounting,
    ActivityCoverage,
    ActivityDelivery,
    ActivityPeriod,
    ActivityReport,
    ActivitySettling,
    ActivityTarget,
    MissReason,
    SalesQuota,
)
from implement.db import change_rows, db
from implement.rollout.service.retention import Disposed, Held
from implement.rollout.service.usage import list_staff
from implement.store import Store

BY_DAY = (ActivityCount, ActivityReport)
BY_PERIOD = (ActivityDelivery, ActivitySettling, ActivityTarget, MissReason, SalesQuota)


def hold_days(rollout_id: int) -> Held:
    """What was counted of people and what they reported, by day."""
    people = _people(rollout_id)
    return _sum_up([
        db.session.execute(select(func.min(table.day), func.count()).where(table.person_id.in_(people))).one()
        for table in BY_DAY
    ])  # fmt: skip


def dispose_days(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete old counts and reports; the log is no longer said to cover days whose counts are gone."""
    people = _people(rollout_id)
    gone = sum(
        change_rows(delete(table).where(table.person_id.in_(people), table.day < before)) for table in BY_DAY
    )  # fmt: skip
    here = ActivityCounting.rollout_id == rollout_id
    if change_rows(delete(ActivityCounting).where(here, ActivityCounting.last_day < before)):
        change_rows(delete(ActivityCoverage).where(ActivityCoverage.rollout_id == rollout_id))
    change_rows(update(ActivityCounting).where(here, ActivityCounting.first_day < before).values(first_day=before))
    return Disposed(gone)


def hold_sheets(rollout_id: int) -> Held:
    """Targets, sheets, settled conflicts, reasons and quotas of single people, by the last day of their period."""
    return _sum_up([
        db.session.execute(
            select(func.min(ActivityPeriod.last_day), func.count(table.id))
            .join(ActivityPeriod, ActivityPeriod.id == table.period_id)
            .where(ActivityPeriod.rollout_id == rollout_id, table.person_id.is_not(None))
        ).one()
        for table in BY_PERIOD
    ])  # fmt: skip


def dispose_sheets(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete what periods that ended long ago hold of single people; plans of roles and quotas of teams stay."""
    over = select(ActivityPeriod.id).where(ActivityPeriod.rollout_id == rollout_id, ActivityPeriod.last_day < before)
    gone = [
        change_rows(delete(table).where(table.period_id.in_(over), table.person_id.is_not(None)))
        for table in BY_PERIOD
    ]  # fmt: skip
    return Disposed(sum(gone))


def _people(rollout_id: int) -> list[int]:
    return [one.person_id for one in list_staff(rollout_id)]


def _sum_up(rows: Sequence[tuple[date | None, int]]) -> Held:
    return Held(min((oldest for oldest, _count in rows if oldest), default=None), sum(count for _day, count in rows))
