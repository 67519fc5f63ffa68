"""Kept files that nobody needs any more: named first, deleted later, and only when no row anywhere names them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import JSON, Column, Table, Text, cast, delete, or_, select

from implement.db import change_rows, db
from implement.rollout.service.log import log_write
from implement.rollout.tables import DoomedFile
from implement.store import FolderStore

GRACE = timedelta(hours=1)
"""So long, somebody who has just read a row may still open its file."""
AT_ONCE = 200
TELL_OF_NO_FILES = frozenset(
    {
        "doomed_file", "evaluation", "job", "left_out", "log_row", "pay_step", "person_score", "signature",
        "transfer_run_input", "usage_day",
    }
)  # fmt: skip
"""Tables that name no files, or, as what a comparison read or somebody signed, only prove which bytes they were."""


def doom_files(files: Iterable[str], *, now: datetime) -> None:
    """Name files to be deleted; a file named before stays named as of then."""
    wanted = set(files)
    known = set(db.session.scalars(select(DoomedFile.sha256).where(DoomedFile.sha256.in_(wanted))))
    db.session.add_all(DoomedFile(sha256=sha256, at=now) for sha256 in sorted(wanted - known))


def delete_doomed_files(store: FolderStore, *, now: datetime) -> int:
    """Delete named files that no row names and nobody put in again; returns how many. A broken run is only repeated."""
    asked = select(DoomedFile.sha256, DoomedFile.at).where(DoomedFile.at < now - GRACE).limit(AT_ONCE)
    doomed: dict[str, datetime] = dict(iter(db.session.execute(asked)))
    if not doomed:
        return 0
    needed = find_named(doomed)
    gone = [sha256 for sha256, at in doomed.items() if sha256 not in needed and store.remove(sha256, put_before=at)]
    change_rows(delete(DoomedFile).where(DoomedFile.sha256.in_(list(doomed))))
    log_write("delete_files", "store", by=None, now=now, deleted=len(gone), needed=len(needed))
    return len(gone)


def find_named(files: Iterable[str]) -> set[str]:
    """Which of these files some row of any table names, in a column of its own or inside a JSON value."""
    wanted = sorted(files)
    found: set[str] = set()
    for table in db.metadata.sorted_tables:
        if table.name not in TELL_OF_NO_FILES:
            found |= _find_in_columns(table, wanted)
            found |= {one for one in wanted if one not in found and _is_in_json(table, one)}
    return found


def _find_in_columns(table: Table, wanted: list[str]) -> set[str]:
    columns = [column for column in table.columns if column.name.endswith("sha256")]
    return {one for column in columns for one in db.session.scalars(select(column).where(column.in_(wanted)))}


def _is_in_json(table: Table, sha256: str) -> bool:
    columns: list[Column[object]] = [column for column in table.columns if isinstance(column.type, JSON)]
    if not columns:
        return False
    names = or_(*(cast(column, Text).contains(sha256) for column in columns))
    return db.session.execute(select(1).select_from(table).where(names).limit(1)).first() is not None
