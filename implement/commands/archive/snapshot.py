"""One consistent moment of a database that is being written to."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool


class DatabaseDamaged(RuntimeError):
    """The database itself is damaged: a copy of it would be no backup."""


@contextmanager
def open_snapshot(engine: Engine, scratch: Path) -> Iterator[Connection]:
    """A connection that sees the database as it is now, whatever is written meanwhile; nobody waits for it."""
    if engine.dialect.name == "sqlite":
        with tempfile.TemporaryDirectory(dir=scratch, prefix=".snapshot-") as folder:
            yield from _read_copy(engine, Path(folder) / "copy.sqlite")
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        yield connection
        connection.rollback()


def _read_copy(engine: Engine, copy: Path) -> Iterator[Connection]:
    _copy_online(engine, copy)
    copied = create_engine(f"sqlite:///{copy}", poolclass=NullPool)
    with copied.connect() as connection:
        if (verdict := connection.exec_driver_sql("PRAGMA quick_check").scalar()) != "ok":
            raise DatabaseDamaged(str(verdict))
        yield connection


def _copy_online(engine: Engine, copy: Path) -> None:
    """Copy with SQLite's online backup in one step, which writers do not disturb."""
    opened = engine.raw_connection()
    try:
        source = opened.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    finally:
        opened.close()
