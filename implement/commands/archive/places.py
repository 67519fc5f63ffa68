"""Where a restored database is built, and how it takes the place of the old one in a single step."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from implement.db import writing
from implement.store import sync_folder

ASIDE_SCHEMA = "before_restore"
OUTDATED_SCHEMA = "before_earlier_restore"
"""What an earlier restore set aside, until it is dropped table by table: all of it at once, beside the restore itself,
would take nearly as many locks as PostgreSQL has for everybody.
"""
COMPANIONS = ("-wal", "-shm", "-journal")
LOCK_SECONDS = 10
STAMP = "%Y%m%dT%H%M%SZ"


class DatabaseInUse(RuntimeError):
    """Somebody works with the database that shall be replaced; nothing was touched."""


@contextmanager
def sqlite_place(engine: Engine, now: datetime) -> Iterator[tuple[Connection, str]]:
    """Build a new file beside the old one and rename it over it; the old one stays under another name."""
    engine.dispose()
    path = Path(engine.url.database or "")
    new = path.with_name(f"{path.name}.restoring")
    aside = _name_aside(path, now)
    with _alone_with(path):
        try:
            with _build(new) as connection:
                yield connection, str(aside)
            _swap(path, new, aside)
        finally:
            _remove(new)


@contextmanager
def postgres_place(engine: Engine, now: datetime) -> Iterator[tuple[Connection, str]]:
    """Move the old tables into a schema of their own and build new ones, in one transaction."""
    _drop_outdated(engine)  # left by a restore that was killed after its transaction
    with engine.connect() as connection, connection.begin():
        try:
            _move_aside(connection)
        except OperationalError as fault:
            raise DatabaseInUse(f"the database is in use: {fault.orig}") from fault
        yield connection, f"schema {ASIDE_SCHEMA} of the database"
    with suppress(OperationalError):  # it is restored; what is left here the next restore drops
        _drop_outdated(engine)


def _move_aside(connection: Connection) -> None:
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'"))
    old = inspect(connection).get_table_names()
    if ASIDE_SCHEMA in inspect(connection).get_schema_names():
        connection.execute(text(f"ALTER SCHEMA {ASIDE_SCHEMA} RENAME TO {OUTDATED_SCHEMA}"))
    connection.execute(text(f"CREATE SCHEMA {ASIDE_SCHEMA}"))
    for table in old:
        connection.execute(text(f'ALTER TABLE "{table}" SET SCHEMA {ASIDE_SCHEMA}'))
    if connection.execute(text("SELECT to_regprocedure('refuse_change()')")).scalar():
        connection.execute(text(f"ALTER FUNCTION refuse_change() SET SCHEMA {ASIDE_SCHEMA}"))


def _drop_outdated(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in inspect(connection).get_table_names(OUTDATED_SCHEMA):
            connection.execute(text(f'DROP TABLE {OUTDATED_SCHEMA}."{table}" CASCADE'))
        connection.execute(text(f"DROP SCHEMA IF EXISTS {OUTDATED_SCHEMA} CASCADE"))


@contextmanager
def _alone_with(path: Path) -> Iterator[None]:
    """Hold the old file alone, its write-ahead log folded in; a damaged one cannot be opened and is moved as it is."""
    if not path.exists():
        yield
        return
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA journal_mode=DELETE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as fault:
            if "locked" in str(fault):
                raise DatabaseInUse(f"{path} is in use: stop Implement before restoring") from fault
        except sqlite3.DatabaseError:
            pass  # damaged: the very reason to restore
        yield


@contextmanager
def _build(new: Path) -> Iterator[Connection]:
    _remove(new)
    made = create_engine(f"sqlite:///{new}", poolclass=NullPool)
    with made.connect() as connection:
        opened = connection.connection.driver_connection
        assert isinstance(opened, sqlite3.Connection)
        opened.execute("PRAGMA foreign_keys=OFF")
        with writing(), connection.begin():
            yield connection
        opened.execute("PRAGMA journal_mode=DELETE")


def _name_aside(path: Path, now: datetime) -> Path:
    """A name nobody has yet for what stood before."""
    name = f"{path.name}.before-restore-{now.astimezone(UTC).strftime(STAMP)}"
    names = (path.with_name(name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(aside for aside in names if not any(Path(f"{aside}{ending}").exists() for ending in ("", *COMPANIONS)))


def _swap(path: Path, new: Path, aside: Path) -> None:
    """Give the old state a second name, then rename the new one over the first: there is never none."""
    with new.open("rb") as file:
        os.fsync(file.fileno())
    for ending in ("", *COMPANIONS):
        old = Path(f"{path}{ending}")
        if old.exists():
            os.link(old, f"{aside}{ending}")
    for ending in COMPANIONS:
        Path(f"{path}{ending}").unlink(missing_ok=True)
    new.replace(path)
    sync_folder(path.parent)


def _remove(path: Path) -> None:
    for ending in ("", *COMPANIONS):
        Path(f"{path}{ending}").unlink(missing_ok=True)
