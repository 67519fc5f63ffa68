"""The database is migrated up and down on SQLite and PostgreSQL; no row is lost, and frozen rows stay frozen."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import Connection, Inspector, MetaData, inspect, text
from sqlalchemy.exc import IntegrityError

from implement.commands.migrate import migrate_to, newest_revision, read_config, read_revision
from implement.db import Base, db, writing
from implement.migrations.guards import FROZEN
from implement.settings import Settings
from tests.builders import Role, a_member, a_rollout
from tests.fixtures.application import build_app, close
from tests.fixtures.databases import MakeSettings

pytestmark = pytest.mark.own_application

REBUILDING = """
from alembic import op
import sqlalchemy as sa

revision, down_revision, branch_labels, depends_on = "made_up", "{newest}", None, None


def rebuild(table):
    return op.batch_alter_table(table, recreate="always" if op.get_bind().dialect.name == "sqlite" else "never")


def upgrade():
    for table in ("log_row", "person", "user"):
        with rebuild(table) as batch:
            batch.add_column(sa.Column("shoe_size", sa.Integer()))


def downgrade():
    for table in ("log_row", "person", "user"):
        with rebuild(table) as batch:
            batch.drop_column("shoe_size")
"""


@pytest.fixture
def empty(make_settings: MakeSettings, empty_database_url: str) -> Iterator[Flask]:
    """The application over a database without any table."""
    app = build_app(make_settings(empty_database_url))
    with app.app_context():
        yield app
    close(app)


@pytest.fixture
def with_next_revision(tmp_path: Path) -> Config:
    """The revisions and one more, made up, that rebuilds tables others refer to."""
    config = read_config()
    (tmp_path / "made_up.py").write_text(REBUILDING.format(newest=newest_revision()))
    config.set_main_option("version_locations", f"{config.get_main_option('script_location')}/versions:{tmp_path}")
    return config


def test_all_tables_come_and_go_and_come_again(empty: Flask) -> None:
    migrate_to("head")
    assert table_names() >= set(Base.metadata.tables)
    migrate_to("base")
    assert table_names() == {"alembic_version"}
    migrate_to("head")
    assert read_revision() == newest_revision()


def test_migrating_twice_changes_nothing(empty: Flask) -> None:
    assert migrate_to("head") == ("base", newest_revision())
    assert migrate_to("head") == (newest_revision(), newest_revision())


def test_the_migrated_database_is_what_the_code_describes(empty: Flask) -> None:
    migrate_to("head")
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_migrations_make_every_constraint_that_the_code_declares(empty: Flask) -> None:
    migrate_to("head")
    migrated = describe_schema()
    migrate_to("base")
    with writing():
        db.create_all()
    assert migrated == describe_schema()


def test_a_table_that_is_rebuilt_keeps_its_rows(session: object, with_next_revision: Config) -> None:
    fill()
    before = hash_rows()
    migrate_to("made_up", with_next_revision)
    migrate_to(newest_revision(), with_next_revision)
    assert hash_rows() == before
    migrate_to("made_up", with_next_revision)
    migrate_to(newest_revision(), with_next_revision)
    assert hash_rows() == before


def test_a_rebuilt_table_keeps_its_guard_and_its_references(session: object, with_next_revision: Config) -> None:
    fill()
    migrate_to("made_up", with_next_revision)
    assert is_refused("UPDATE log_row SET by_name = 'Mallory'")
    assert is_refused("DELETE FROM log_row")
    assert is_refused('DELETE FROM "user"')


@pytest.mark.parametrize("table", sorted(FROZEN))
def test_frozen_rows_are_guarded(session: object, table: str) -> None:
    guards = {"postgresql": "SELECT tgname FROM pg_trigger", "sqlite": "SELECT name FROM sqlite_master"}
    names = set(db.session.scalars(text(guards[db.engine.dialect.name])))
    assert {f"keep_{table}_update", f"keep_{table}_delete"} <= names


def test_the_log_can_be_neither_edited_nor_emptied(session: object, settings: Settings) -> None:
    fill()
    assert is_refused("UPDATE log_row SET details = '{}'")
    assert is_refused("DELETE FROM log_row WHERE id = 1")
    assert settings.is_sqlite or is_refused("TRUNCATE log_row")


def fill() -> None:
    """Rows that refer to each other."""
    rollout = a_rollout()
    a_member(rollout.id, Role.LEAD)
    db.session.commit()


def is_refused(statement: str) -> bool:
    """True when the database does not do it."""
    try:
        db.session.execute(text(statement))
    except IntegrityError:
        return True
    finally:
        db.session.rollback()
    return False


def table_names() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def hash_rows() -> dict[str, tuple[int, str]]:
    """How many rows each table has and the hash of what they say."""
    db.session.remove()
    found = MetaData()
    with db.engine.connect() as connection:
        found.reflect(connection)
        return {name: _hash_table(connection, name) for name in sorted(found.tables)}


def _hash_table(connection: Connection, table: str) -> tuple[int, str]:
    rows = sorted(repr(sorted(row._mapping.items())) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()


def describe_schema() -> dict[str, dict[str, list[str]]]:
    """All that a database says of its tables, but for the order in which they were made."""
    schema = inspect(db.engine)
    return {name: _describe_table(schema, name) for name in sorted(table_names() - {"alembic_version"})}


def _describe_table(schema: Inspector, table: str) -> dict[str, list[str]]:
    asked = {
        "columns": schema.get_columns(table),
        "references": schema.get_foreign_keys(table),
        "unique": schema.get_unique_constraints(table),
        "checks": schema.get_check_constraints(table),
        "indexes": schema.get_indexes(table),
        "key": [schema.get_pk_constraint(table)],
    }
    return {kind: sorted(repr(sorted(part.items(), key=str)) for part in parts) for kind, parts in asked.items()}
