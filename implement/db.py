"""The SQL database: naming of constraints, UTC instants, optimistic versions, and how SQLite is opened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Delete,
    Dialect,
    Engine,
    MetaData,
    TypeDecorator,
    Update,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept and returned in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring an aware instant to UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the instant as aware UTC whatever the database gave."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Versioned:
    """A row two people may edit: a stale write raises `StaleDataError` instead of losing the other's text."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:  # noqa: N805
        """Let the mapper compare the version on every update."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class Removable:
    """A row that is taken away without being lost: `removed_at` says since when, and it can be put back."""

    removed_at: Mapped[datetime | None] = mapped_column(Instant)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate(render_as_batch=True)

LEAVES_NO_LOG = {"leaves_no_log": True}
"""The info of a table whose writes are not logged, because a row of the log would tell what nobody may know."""
CHANGES = "changes_at_begin"
_writes: ContextVar[bool] = ContextVar("writes", default=False)


@contextmanager
def writing() -> Iterator[None]:
    """Begin the transactions inside as writers, so that SQLite queues them instead of failing half way."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def begin_writing() -> None:
    """Mark the rest of this context (a request that changes state, a job) as a writer."""
    _writes.set(True)


def begin_reading() -> None:
    """Mark the rest of this context as a reader."""
    _writes.set(False)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """Open SQLite so that a commit survives a crash, readers never block and foreign keys hold."""
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the start of a writing transaction (SQLite only)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes.get() else "BEGIN")
        connection.info[CHANGES] = _count_changes(connection)


def holds_only_the_lock(session: Session) -> bool:
    """True when the session's transaction keeps SQLite's other writers waiting and has written nothing."""
    if not session.in_transaction() or session.new or session.dirty or session.deleted:
        return False
    connection = session.connection()
    return connection.dialect.name == "sqlite" and connection.info[CHANGES] == _count_changes(connection)


def _count_changes(connection: Connection) -> int:
    opened = connection.connection.driver_connection
    assert isinstance(opened, sqlite3.Connection)
    return opened.total_changes


def change_rows(statement: Update | Delete) -> int:
    """Run an update or delete and return how many rows it changed: the way to find out who won."""
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    return result.rowcount if isinstance(result, CursorResult) else 0


def utc_now() -> datetime:
    """The instant now, the only clock views, jobs and commands hand to services."""
    return datetime.now(UTC)
