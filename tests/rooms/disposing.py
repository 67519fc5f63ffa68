"""Let the daily disposal come by on a day."""

from datetime import UTC, date, datetime

from flask import Flask

from implement.rollout.registries import registries
from implement.rollout.service import retention


def look_through(app: Flask, rollout_id: int, today: date) -> dict[str, int]:
    """Dispose of everything that is too old on a day; how many rows went, by class."""
    now, store = datetime(today.year, today.month, today.day, 3, tzinfo=UTC), app.extensions["implement_store"]
    done = retention.dispose(rollout_id, registries().kept_classes, store=store, today=today, now=now)
    return {row.kind: row.row_count for row in done}
