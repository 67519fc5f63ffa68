"""Write an archive while the application runs."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from implement.commands.archive.manifest import MANIFEST, Manifest, TableEntry
from implement.commands.archive.rows import dump_table, reflect_tables
from implement.commands.archive.snapshot import open_snapshot
from implement.store import CHUNK, FolderStore, sync_folder

TABLES, FILES = "tables", "store"


def write_archive(target: Path, *, engine: Engine, store: FolderStore, now: datetime) -> Manifest:
    """Write the archive beside its place and rename it there, so that a crash leaves a whole one or none.

    Kept files never change and are kept before a row names them: copied after the rows, they are complete.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
                manifest = _write_parts(archive, engine, store, target.parent, now)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write_parts(
    archive: zipfile.ZipFile, engine: Engine, store: FolderStore, scratch: Path, now: datetime
) -> Manifest:
    with open_snapshot(engine, scratch) as connection:
        revision = MigrationContext.configure(connection).get_current_revision() or "base"
        tables = _write_tables(archive, connection)
    manifest = Manifest(now, revision, tables, tuple(_write_files(archive, store)))
    content = manifest.write()
    archive.writestr(MANIFEST, content)
    archive.comment = hashlib.sha256(content).hexdigest().encode()
    return manifest


def _write_tables(archive: zipfile.ZipFile, connection: Connection) -> dict[str, TableEntry]:
    return {
        table.name: _write_lines(archive, f"{TABLES}/{table.name}.jsonl", dump_table(connection, table))
        for table in reflect_tables(connection)
    }


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> TableEntry:
    digest, count = hashlib.sha256(), -1
    with archive.open(name, "w", force_zip64=True) as part:
        for line in lines:
            digest.update(line)
            part.write(line)
            count += 1
    return TableEntry(count, digest.hexdigest())


def _write_files(archive: zipfile.ZipFile, store: FolderStore) -> Iterable[str]:
    """Copy every kept file as it is: most are compressed already."""
    for sha256 in store.hashes():
        entry = zipfile.ZipInfo(f"{FILES}/{sha256}")
        with store.path(sha256).open("rb") as file, archive.open(entry, "w", force_zip64=True) as part:
            while chunk := file.read(CHUNK):
                part.write(chunk)
        yield sha256
