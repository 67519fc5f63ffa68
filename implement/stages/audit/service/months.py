"""The client base month by month: one export a month, beside the month before and the audit's state (M39)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from implement.db import db
from implement.engine.backend import open_backend
from implement.engine.client_base import BaseFigures, Movement, compare_bases
from implement.engine.funnel import LossMap
from implement.rollout.service.log import Actor
from implement.rollout.service.unchanged import while_unchanged
from implement.stages.audit.service.list_reading import MEMORY_MB
from implement.stages.audit.service.lists import find_newest, withdraw_list
from implement.stages.audit.service.losses import last_day_of, read_figures
from implement.stages.audit.tables import DealList
from implement.store import Store

LEAST_STAYED = 0.5
SHOWN_MONTHS = 24
SAME_FILE, TOO_OLD, TOO_NEW, ANOTHER_BASE, GAP = "same_file", "too_old", "too_new", "another_base", "gap"


@dataclass(frozen=True)
class Doubt:
    """Why a month may be wrong: no file of its own, days outside of it, hardly anybody of the month before."""

    kind: str
    month: date
    other: date | None = None


@dataclass(frozen=True)
class BaseMonth:
    """The base of one month; `movement` is since the month before that was handed in."""

    number: int
    month: date
    base: BaseFigures
    losses: LossMap
    movement: Movement | None
    doubts: tuple[Doubt, ...]


def list_months(rollout_id: int, *, store: Store) -> list[BaseMonth]:
    """Every month with figures, the earliest first, each with its movement and what is doubtful about it."""
    return while_unchanged(("client base", rollout_id), lambda: _list_months(rollout_id, store))


def _list_months(rollout_id: int, store: Store) -> list[BaseMonth]:
    rows = _fetch_months(rollout_id)
    found: list[BaseMonth] = []
    for place, row in enumerate(rows):
        figures = read_figures(row)
        assert figures.base is not None and row.month is not None
        before = rows[place - 1] if place else None
        movement = compare_months(before, row, store) if before is not None else None
        doubts = _find_doubts(row, rows[:place], figures.losses, movement)
        found.append(BaseMonth(row.number, row.month, figures.base, figures.losses, movement, doubts))
    return found


def settle_month(row: DealList, *, by: Actor, now: datetime) -> None:
    """Let a month's new list take the place of the one before it, which stays with that reason."""
    if row.month is None:
        return
    here = (DealList.rollout_id == row.rollout_id, DealList.month == row.month, DealList.id != row.id)
    earlier = select(DealList).where(*here, DealList.withdrawn_at.is_(None), DealList.number < row.number)
    for one in db.session.scalars(earlier):
        withdraw_list(one, f"→ {row.number}", by=by, now=now)


def compare_months(before: DealList, after: DealList, store: Store) -> Movement | None:
    """Who stayed, came and went between two months; None once the names of one are deleted for their age."""
    if not before.names_sha256 or not after.names_sha256:
        return None
    with open_backend(memory_mb=MEMORY_MB) as backend:
        names = [backend.read_parquet(store.path(one)) for one in (before.names_sha256, after.names_sha256)]
        return compare_bases(names[0], names[1], backend)


def find_audit_state(rollout_id: int) -> LossMap | None:
    """The loss map of the audit, beside which the months stand."""
    row = find_newest(rollout_id, is_finished=True)
    return None if row is None else read_figures(row).losses


def _fetch_months(rollout_id: int) -> list[DealList]:
    here = (DealList.rollout_id == rollout_id, DealList.month.is_not(None), DealList.withdrawn_at.is_(None))
    asked = select(DealList).where(*here, DealList.finished_at.is_not(None)).order_by(DealList.month, DealList.number)
    return list(db.session.scalars(asked))[-SHOWN_MONTHS:]


def _find_doubts(
    row: DealList, earlier: Sequence[DealList], losses: LossMap, movement: Movement | None
) -> tuple[Doubt, ...]:
    month, files = row.month, {sha256 for _name, sha256 in row.files}
    assert month is not None
    doubts = [Doubt(SAME_FILE, month, one.month) for one in earlier if files <= {sha256 for _name, sha256 in one.files}]
    if losses.as_of < month:
        doubts.append(Doubt(TOO_OLD, month, losses.as_of))
    if losses.as_of > last_day_of(month):
        doubts.append(Doubt(TOO_NEW, month, losses.as_of))
    stayed = movement.share_stayed if movement else None
    if stayed is not None and stayed < LEAST_STAYED:
        doubts.append(Doubt(ANOTHER_BASE, month, earlier[-1].month))
    before = earlier[-1].month if earlier else None
    if before is not None and (month.year - before.year) * 12 + month.month - before.month > 1:
        doubts.append(Doubt(GAP, month, before))
    return tuple(doubts)
