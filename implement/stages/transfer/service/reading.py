"""Read a file that was handed in, in a limited process, and keep its tables as Parquet in the store."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from implement.db import db
from implement.engine.intake import UPLOAD_LIMITS, IntakeLimits, IntakeManifest, read_tables_in_child
from implement.engine.intake.manifest import ManifestTable
from implement.rollout.service.log import Actor, log_write
from implement.stages.transfer.service.files import Remarks, write_remarks
from implement.stages.transfer.tables import TransferFile, TransferTable
from implement.store import Store


@dataclass(frozen=True)
class Kept:
    """A found table and the hashes under which its rows and its sample are kept."""

    table: ManifestTable
    sha256: str
    sample_sha256: str | None


@dataclass(frozen=True)
class Reading:
    """What reading a file gave: tables already in the store, and remarks."""

    tables: tuple[Kept, ...]
    remarks: Remarks

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(one.table.row_count for one in self.tables)


def compute_reading(sha256: str, name: str, *, store: Store, limits: IntakeLimits = UPLOAD_LIMITS) -> Reading:
    """Read the file into tables in the store; whatever the file holds, the answer is tables or faults."""
    with tempfile.TemporaryDirectory(prefix="implement-reading-") as folder:
        into = Path(folder)
        found = read_tables_in_child(store.path(sha256), into, limits=limits, name=name)
        return Reading(tuple(_keep(one, into, store) for one in found.tables), _remarks(found))


def record_reading(file: TransferFile, reading: Reading, *, by: Actor | None, now: datetime) -> None:
    """Write down what was found in a file; a file that was read already stays as it is."""
    if file.state != "waiting":
        return
    db.session.add_all(_table(file.id, position, kept) for position, kept in enumerate(reading.tables, start=1))
    file.state = "read" if reading.tables else "unusable"
    file.reading = write_remarks(reading.remarks)
    said = {"tables": len(reading.tables), "rows": reading.rows, "faults": len(reading.remarks.faults)}
    log_write("read_file", f"transfer_file:{file.id}", by=by, now=now, rollout_id=file.rollout_id, **said)


def read_upload(file: TransferFile, *, store: Store, by: Actor | None, now: datetime) -> None:
    """Read a file at once, without a job."""
    if file.state == "waiting":
        record_reading(file, compute_reading(file.sha256, file.name, store=store), by=by, now=now)


def _keep(table: ManifestTable, folder: Path, store: Store) -> Kept:
    part = folder / table.part
    sample = part.with_suffix(".sample")
    return Kept(table, _put(part, store), _put(sample, store) if sample.exists() else None)


def _put(path: Path, store: Store) -> str:
    with path.open("rb") as stream:
        return store.put(stream).sha256


def _remarks(found: IntakeManifest) -> Remarks:
    return Remarks(found.faults, found.notes, found.skipped)


def _table(file_id: int, position: int, kept: Kept) -> TransferTable:
    table = kept.table
    return TransferTable(
        file_id=file_id, position=position, name=table.name, sheet=table.sheet, kind=table.kind,
        encoding=table.encoding, separator=table.separator, row_count=table.row_count, columns=list(table.columns),
        nulls=list(table.nulls) if table.nulls is not None else None, sha256=kept.sha256,
        sample_sha256=kept.sample_sha256, foreign_keys=[list(one) for one in table.foreign_keys],
    )  # fmt: skip
