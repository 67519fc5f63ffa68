"""The parts of a rollout's log: listed, kept, and the days they touch counted anew."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from implement.db import db
from implement.engine.backend import Backend
from implement.stages.adoption.log_parts import PartFile, RolledUp, list_days_in, roll_up_parts
from implement.stages.adoption.tables import LogPart
from implement.store import Store


def list_parts(rollout_id: int, store: Store) -> list[PartFile]:
    """The parts of the log in the order they came."""
    rows = db.session.scalars(select(LogPart).where(LogPart.rollout_id == rollout_id).order_by(LogPart.id))
    return [
        PartFile(
            store.path(row.sha256), row.sha256, row.first_day, row.last_day, row.event_count,
            frozenset(str(name) for name in row.columns), row.is_sessions_only, row.has_clock, row.upload_id is None,
        )
        for row in rows
    ]  # fmt: skip


def roll_up_touched(fresh: Sequence[PartFile], known: Sequence[PartFile], backend: Backend) -> RolledUp:
    """Count the days that new parts hold events of, and no others, from every part that holds some of them."""
    days = list_days_in(fresh, backend.embedded)
    both = {part.sha256: part for part in (*known, *fresh)}
    touched = [part for part in both.values() if any(part.first_day <= day <= part.last_day for day in days)]
    return roll_up_parts(touched, days, backend)


def keep_parts(rollout_id: int, parts: Sequence[PartFile], *, upload_id: int | None) -> None:
    """Write parts down; without an upload they came from programs."""
    rows = [
        {
            "rollout_id": rollout_id, "upload_id": upload_id, "sha256": part.sha256, "first_day": part.first_day,
            "last_day": part.last_day, "event_count": part.event_count, "columns": sorted(part.columns),
            "is_sessions_only": part.is_sessions_only, "has_clock": part.has_clock,
        }
        for part in parts
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(LogPart), rows)
