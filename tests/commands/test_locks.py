"""What changes the whole database fits into the locks that PostgreSQL has for everybody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event, inspect

from implement.commands.archive import restore_archive
from implement.commands.backup import back_up
from implement.commands.migrate import migrate_to
from implement.db import db
from tests.commands.houses import furnish
from tests.fixtures.application import close

pytestmark = [pytest.mark.own_application, pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BY_DEFAULT = 64 * 100
"""Places for locks of a PostgreSQL as it is installed: max_locks_per_transaction for each of max_connections."""
MOST = BY_DEFAULT / 2


@contextmanager
def counting_locks() -> Iterator[list[int]]:
    """The locks that each transaction holds when it is committed."""
    held: list[int] = []

    def count(connection: Connection) -> None:
        with connection.connection.cursor() as cursor:
            found = cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()").fetchone()
            held.append(found[0])

    event.listen(Engine, "commit", count)
    try:
        yield held
    finally:
        event.remove(Engine, "commit", count)


def test_a_restore_after_another_fits_and_leaves_one_state_aside(app: Flask, tmp_path: Path) -> None:
    back_up(furnish(app), tmp_path / "a.zip")
    for _ in range(2):
        with counting_locks() as held:
            restore_archive(app, tmp_path / "a.zip", now=NOW)
        assert 100 < max(held) < MOST
    with app.app_context():
        assert set(inspect(db.engine).get_schema_names()) - {"information_schema"} == {"public", "before_restore"}
    close(app)


def test_all_migrations_at_once_fit(app: Flask) -> None:
    with app.app_context():
        migrate_to("base")
        with counting_locks() as held:
            migrate_to("head")
    assert 100 < max(held) < MOST
    close(app)
