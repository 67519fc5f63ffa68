"""Files of both sides: handed in, kept by hash, read in a limited process, in use or set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import IO, cast

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from implement.db import db
from implement.engine.intake import Fault, Skipped
from implement.jobs import Plain, enqueue_job
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.tables import TransferFile, TransferTable
from implement.store import Store
from implement.web.texts import lazy

SOURCE, TARGET = "source", "target"
READ_JOB = "transfer.read"
LONGEST_NAME = 255


@dataclass(frozen=True)
class Remarks:
    """What intake said of a file: faults, what was set right, sheets and members left alone."""

    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class FileRow:
    """A file as the list shows it."""

    id: int
    side: str
    name: str
    sha256: str
    size_bytes: int
    state: str
    is_in_use: bool
    added_at: datetime
    tables: int
    rows: int
    faults: int


def add_upload(
    rollout_id: int, side: str, name: str, stream: IO[bytes], *, store: Store, by: Actor, now: datetime
) -> TransferFile:
    """Keep a file and have it read; the same bytes on the same side are there once, however often they come.

    A file takes the place of an earlier one with its name on its side; runs keep what they read.
    """
    kept = store.put(stream)
    shown = PurePath(name.replace("\\", "/")).name[-LONGEST_NAME:] or "file"
    here = (TransferFile.rollout_id == rollout_id, TransferFile.side == side)
    known = db.session.scalar(select(TransferFile).where(*here, TransferFile.sha256 == kept.sha256))
    if known is not None:
        return _use_again(known, by=by, now=now)
    added = {"rollout_id": rollout_id, "side": side, "name": shown, "sha256": kept.sha256, "added_by_id": by.id}
    _insert_once(added | {"size_bytes": kept.size_bytes, "added_at": now, "reading": {}})
    file = db.session.scalars(select(TransferFile).where(*here, TransferFile.sha256 == kept.sha256)).one()
    _replace_namesake(file)
    _log("add_file", file, by=by, now=now)
    return file


def enqueue_reading(file: TransferFile, *, by: Actor, now: datetime) -> None:
    """Have a file read in the background that was not read yet and waits for nobody."""
    if file.state == "waiting" and file.job_id is None:
        arguments: dict[str, Plain] = {"file_id": file.id}
        job = enqueue_job(READ_JOB, rollout_id=file.rollout_id, arguments=arguments, by_id=by.id, now=now)
        file.job_id = job.id


def set_aside(file: TransferFile, *, by: Actor, now: datetime) -> None:
    """Leave a file out of the next run; nothing is deleted."""
    file.is_in_use = False
    _log("set_file_aside", file, by=by, now=now)


def use_again(file: TransferFile, *, by: Actor, now: datetime) -> None:
    """Take a file into the next run again, in the place of one with its name."""
    _use_again(file, by=by, now=now)


def get_file(rollout_id: int, file_id: int) -> TransferFile:
    """A file of this rollout."""
    here = (TransferFile.id == file_id, TransferFile.rollout_id == rollout_id)
    file: TransferFile | None = db.session.scalar(select(TransferFile).where(*here))
    if file is None:
        raise NotFound(lazy("There is no such file."))
    return file


def list_files(rollout_id: int) -> list[FileRow]:
    """All files of both sides, those in use first, each with what was found in it."""
    sums = (
        select(
            TransferTable.file_id,
            func.count().label("tables"),
            func.sum(TransferTable.row_count).label("rows"),
        )
        .group_by(TransferTable.file_id)
        .subquery()
    )
    asked = (
        select(TransferFile, sums.c.tables, sums.c.rows)
        .outerjoin(sums, sums.c.file_id == TransferFile.id)
        .where(TransferFile.rollout_id == rollout_id)
        .order_by(TransferFile.side, TransferFile.is_in_use.desc(), TransferFile.name, TransferFile.id)
    )
    return [_row(file, tables, rows) for file, tables, rows in db.session.execute(asked)]


def list_found_tables(file_id: int) -> list[TransferTable]:
    """The tables found in a file, in order."""
    asked = select(TransferTable).where(TransferTable.file_id == file_id).order_by(TransferTable.position)
    return list(db.session.scalars(asked))


def read_remarks(file: TransferFile) -> Remarks:
    """What intake said of the file."""
    return read_remarks_of(file.name, file.reading or {})


def read_remarks_of(name: str, kept: Mapping[str, Plain]) -> Remarks:
    """Remarks as `write_remarks` keeps them; `name` is the file's where a remark names none."""
    return Remarks(
        tuple(_fault(name, one) for one in _lists(kept.get("faults"))),
        tuple(_fault(name, one) for one in _lists(kept.get("notes"))),
        tuple(Skipped(str(one[0]), str(one[1]), _texts(one[2])) for one in _lists(kept.get("skipped"))),
    )


def write_remarks(remarks: Remarks) -> dict[str, Plain]:
    """The same as it is kept with the file."""
    return {
        "faults": [[one.file, one.row, one.column, one.code, list(one.values)] for one in remarks.faults],
        "notes": [[one.file, one.row, one.column, one.code, list(one.values)] for one in remarks.notes],
        "skipped": [[one.file, one.code, list(one.values)] for one in remarks.skipped],
    }


def _insert_once(values: dict[str, object]) -> None:
    """Insert a file unless somebody else does so at the same moment."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(sqlite.insert(TransferFile).values(**values).on_conflict_do_nothing())
    else:
        db.session.execute(postgresql.insert(TransferFile).values(**values).on_conflict_do_nothing())


def _use_again(file: TransferFile, *, by: Actor, now: datetime) -> TransferFile:
    if not file.is_in_use:
        file.is_in_use = True
        _replace_namesake(file)
        _log("use_file_again", file, by=by, now=now)
    return file


def _replace_namesake(file: TransferFile) -> None:
    """Set aside what stood under the file's name on its side."""
    namesakes = select(TransferFile).where(
        TransferFile.rollout_id == file.rollout_id,
        TransferFile.side == file.side,
        TransferFile.name == file.name,
        TransferFile.is_in_use,
        TransferFile.id != file.id,
    )
    for earlier in db.session.scalars(namesakes):
        earlier.is_in_use = False
    db.session.flush()


def _log(action: str, file: TransferFile, *, by: Actor, now: datetime) -> None:
    subject, said = f"transfer_file:{file.id}", {"name": file.name, "side": file.side, "sha256": file.sha256}
    log_write(action, subject, by=by, now=now, rollout_id=file.rollout_id, **said)


def _row(file: TransferFile, tables: int | None, rows: int | None) -> FileRow:
    faults = len(_lists((file.reading or {}).get("faults")))
    return FileRow(
        file.id, file.side, file.name, file.sha256, file.size_bytes, file.state, file.is_in_use, file.added_at,
        tables or 0, int(rows or 0), faults,
    )  # fmt: skip


def _lists(kept: Plain) -> list[list[Plain]]:
    return cast(list[list[Plain]], kept) if isinstance(kept, list) else []


def _texts(kept: Plain) -> tuple[str, ...]:
    return tuple(str(one) for one in kept) if isinstance(kept, list) else ()


def _fault(name: str, kept: list[Plain]) -> Fault:
    file, row, column, code, values = kept
    return Fault(str(file or name), cast("int | None", row), cast("str | None", column), str(code), _texts(values))
