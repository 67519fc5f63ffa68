"""What only a database in a file has to stand: others who use it, damage, a stray write-ahead log."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from implement.commands.archive import DatabaseInUse, restore_archive
from implement.commands.backup import back_up
from implement.db import db
from implement.rollout.tables import Rollout, User
from tests.commands.houses import begin_another_rollout, count, database_file, furnish
from tests.fixtures.application import build_app, close

pytestmark = pytest.mark.own_application

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def house(app: Flask) -> Flask:
    """An installation somebody works with."""
    return furnish(app)


def at(app: Flask, path: Path | str) -> Flask:
    """The same installation over another database file."""
    return build_app(replace(app.extensions["implement_settings"], database=f"sqlite:///{path}"))


def test_a_database_in_use_is_not_replaced(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    server = build_app(house.extensions["implement_settings"])
    with server.app_context():
        db.session.scalar(select(func.count(User.id)))
        with pytest.raises(DatabaseInUse):
            restore_archive(house, tmp_path / "a.zip", now=NOW)
    close(server)


def test_a_damaged_database_is_replaced_and_kept_aside(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    close(house)
    path = database_file(house)
    path.write_bytes(b"x" * 5_000)
    Path(f"{path}-wal").write_bytes(b"stray")
    aside = restore_archive(house, tmp_path / "a.zip", now=NOW)
    assert (Path(aside).read_bytes(), Path(f"{aside}-wal").read_bytes()) == (b"x" * 5_000, b"stray")
    assert count(house, Rollout) == 1


def test_a_restore_makes_a_database_where_there_is_none(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    empty = at(house, tmp_path / "new.sqlite")
    restore_archive(empty, tmp_path / "a.zip", now=NOW)
    assert count(empty, Rollout) == 1
    close(empty)


def test_what_stood_before_can_be_opened_again(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    begin_another_rollout(house)
    aside = restore_archive(house, tmp_path / "a.zip", now=NOW)
    old = at(house, aside)
    assert count(old, Rollout) == 2
    close(old)
