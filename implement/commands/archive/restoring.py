"""Put an archive in the place of what stands: all of it or nothing, and what stood before is set aside."""

from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from implement.commands.archive.loading import count_on, references_wait
from implement.commands.archive.places import DatabaseInUse, postgres_place, sqlite_place
from implement.commands.archive.reading import Archive, ArchiveUnusable, open_archive
from implement.commands.archive.rows import ForeignColumns, load_table, reflect_tables
from implement.commands.archive.settling import settle
from implement.commands.migrate import read_config
from implement.db import db
from implement.store import FolderStore


def restore_archive(app: Flask, path: Path, *, now: datetime) -> str:
    """Restore the archive into the application's database and store; returns where the old state is set aside.

    Kept files are only ever added. Raises `ArchiveUnusable` or `DatabaseInUse` with nothing touched.
    """
    with open_archive(path) as archive, app.app_context():
        _check_revision(archive)
        store: FolderStore = app.extensions["implement_store"]
        engine = db.engine
        place = sqlite_place if engine.dialect.name == "sqlite" else postgres_place
        with place(engine, now) as (connection, aside):
            _load(connection, archive, now)
            _keep_files(archive, store)
    return aside


def _check_revision(archive: Archive) -> None:
    revision = archive.manifest.revision
    try:
        ScriptDirectory.from_config(read_config()).get_revision(revision)
    except CommandError as fault:
        raise ArchiveUnusable(f"its revision {revision} is not known to this Implement") from fault


def _load(connection: Connection, archive: Archive, now: datetime) -> None:
    """Make the tables of the archive's revision, fill them, and bring them to the newest revision."""
    config = read_config()
    config.attributes["connection"] = connection
    command.upgrade(config, archive.manifest.revision)
    try:
        _fill(connection, archive)
    except OperationalError as fault:
        raise DatabaseInUse(f"the database cannot take the archive now: {fault.orig}") from fault
    except (ForeignColumns, SQLAlchemyError) as fault:
        raise ArchiveUnusable(f"the rows of the archive do not fit its revision: {fault}") from fault
    command.upgrade(config, "head")
    settle(connection, made_at=archive.manifest.made_at, now=now)


def _fill(connection: Connection, archive: Archive) -> None:
    tables = reflect_tables(connection)
    if {table.name for table in tables} != set(archive.manifest.tables):
        raise ForeignColumns("its tables are others")
    with references_wait(connection, tables):
        for table in tables:
            with archive.open_table(table.name) as lines:
                load_table(connection, table, lines)
    count_on(connection, tables)


def _keep_files(archive: Archive, store: FolderStore) -> None:
    for sha256 in archive.manifest.files:
        with archive.open_file(sha256) as file:
            store.put(file)
