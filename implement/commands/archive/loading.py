"""What a database must be told while whole tables are filled."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text


@contextmanager
def references_wait(connection: Connection, tables: list[Table]) -> Iterator[None]:
    """Let references be checked when all tables are filled (SQLite checks at the end of the migration anyway)."""
    if connection.dialect.name == "sqlite":
        yield
        return
    _alter_references(connection, tables, "DEFERRABLE")
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    yield
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    _alter_references(connection, tables, "NOT DEFERRABLE")


def count_on(connection: Connection, tables: list[Table]) -> None:
    """Let new rows be numbered after the restored ones (SQLite does by itself)."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        if "id" in table.columns:
            connection.execute(
                text(
                    "SELECT setval(pg_get_serial_sequence(:name, 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
                    f'FROM "{table.name}"'
                ),
                {"name": f'"{table.name}"'},
            )


def _alter_references(connection: Connection, tables: list[Table], how: str) -> None:
    for table in tables:
        for reference in table.foreign_key_constraints:
            connection.execute(text(f'ALTER TABLE "{table.name}" ALTER CONSTRAINT "{reference.name}" {how}'))
