"""Taking a row from a list and putting it back: the row stays, and the log tells who did it."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement

from implement.db import Removable, db
from implement.jobs import Plain
from implement.rollout.service.log import Actor, log_write


class Row(Protocol):
    """A row that can be taken away."""

    id: int
    removed_at: datetime | None


def remove_row(
    row: Row, kind: str, *, is_back: bool, by: Actor, now: datetime, rollout_id: int | None, subject: str = "",
    **details: Plain,
) -> None:  # fmt: skip
    """Take a row away, or with `is_back` put it back; the log says `remove_KIND` or `restore_KIND` of the subject."""
    row.removed_at = None if is_back else now
    db.session.flush()
    action = f"{'restore' if is_back else 'remove'}_{kind}"
    log_write(action, subject or f"{kind}:{row.id}", by=by, now=now, rollout_id=rollout_id, **details)


def stands(table: type[Removable]) -> ColumnElement[bool]:
    """The condition that a row has not been taken away."""
    return table.removed_at.is_(None)
