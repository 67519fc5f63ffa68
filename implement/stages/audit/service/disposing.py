"""Let go of old lists of deals and of the diary's sums when their period is over; what a list added up to stays."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import cast

from sqlalchemy import String, delete, func, or_, select
from sqlalchemy import cast as sql_cast

from implement.db import change_rows, db
from implement.engine.plain import to_plain
from implement.jobs import Plain
from implement.rollout.kept_classes import start_of
from implement.rollout.service.retention import Disposed, Held
from implement.stages.audit.service.losses import read_figures
from implement.stages.audit.tables import DealList, Diary, DiaryDay
from implement.store import Store

GONE = "gone"
"""What stands instead of the hash of a file that is no longer kept."""


def hold_lists(rollout_id: int) -> Held:
    """Lists whose rows are still kept."""
    asked = select(func.min(DealList.added_at), func.count()).where(*_kept(rollout_id))
    oldest, count = db.session.execute(asked).one()
    return Held(oldest.date() if oldest else None, count)


def dispose_lists(rollout_id: int, before: date, store: Store) -> Disposed:
    """Forget the rows of old lists, the names of their clients and of who missed a deadline; the sums stay."""
    rows = list(db.session.scalars(select(DealList).where(*_kept(rollout_id), DealList.added_at < start_of(before))))
    return Disposed(len(rows), frozenset(sha256 for row in rows for sha256 in _forget(row)))


def hold_diaries(rollout_id: int) -> Held:
    """Diaries, closed or not."""
    asked = select(func.min(Diary.last_day), func.count()).where(Diary.rollout_id == rollout_id)
    return Held(*db.session.execute(asked).one())


def dispose_diaries(rollout_id: int, before: date, store: Store) -> Disposed:
    """Delete old diaries with their sums, and the days of one that nobody closed; frozen figures stay."""
    old = select(Diary.id).where(Diary.rollout_id == rollout_id, Diary.last_day < before)
    change_rows(delete(DiaryDay).where(DiaryDay.diary_id.in_(old)))
    return Disposed(change_rows(delete(Diary).where(Diary.id.in_(old))))


def _forget(row: DealList) -> set[str]:
    gone = {sha256 for _name, sha256 in row.files} | {str(row.names_sha256 or "")}
    kept = cast(list[dict[str, Plain]], row.tables or [])
    gone |= {str(table["sha256"]) for table in kept}
    row.files = [[name, GONE] for name, _sha256 in row.files]
    row.tables = [_without_cells(table) for table in kept]
    row.names_sha256, row.remarks = None, []
    if row.figures is not None:
        row.figures = _without_people(row)
    return gone - {"", GONE}


def _without_cells(table: Mapping[str, Plain]) -> Plain:
    """What was found of a table, without its rows and the examples of its cells."""
    return {**table, "sha256": GONE, "examples": []}


def _without_people(row: DealList) -> dict[str, Plain]:
    figures = read_figures(row)
    deadlines = figures.losses.deadlines
    if deadlines is not None:
        figures = replace(figures, losses=replace(figures.losses, deadlines=replace(deadlines, by_owner=())))
    return cast(dict[str, Plain], to_plain(figures))


def _kept(rollout_id: int):  # type: ignore[no-untyped-def]
    """Lists of the rollout that still name a file."""
    named = sql_cast(DealList.files, String)
    return DealList.rollout_id == rollout_id, or_(named.not_like(f'%"{GONE}"%'), DealList.names_sha256.is_not(None))
