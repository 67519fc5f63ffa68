"""Commands are killed in the middle: a backup is whole or absent, a restore or a migration happened or did not."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from implement.commands.archive import open_archive, restore_archive
from implement.commands.backup import back_up
from implement.commands.migrate import migrate_to, newest_revision, read_revision
from implement.db import db
from implement.rollout.tables import Company
from tests.builders import a_rollout
from tests.commands.houses import begin_another_rollout, furnish
from tests.fixtures.application import build_app, close
from tests.fixtures.databases import MakeSettings
from tests.fixtures.scale import Scale
from tests.kill.harness import House, Mother

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONGEST_SECONDS = 0.6

pytestmark = [pytest.mark.both_databases, pytest.mark.own_application, pytest.mark.soak]


@pytest.fixture
def empty_house(mother: Mother, make_settings: MakeSettings, empty_database_url: str) -> Iterator[House]:
    """An installation that was never migrated."""
    settings = make_settings(empty_database_url)
    app = build_app(replace(settings, backup_folder=settings.home / "backups"))
    yield House(app, mother)
    close(app)


def test_a_killed_backup_leaves_a_whole_archive_or_none(house: House, tmp_path: Path, scale: Scale) -> None:
    furnish(house.app)
    for _ in kills_of(house, scale, "backup", str(tmp_path / "a.zip")):
        if (tmp_path / "a.zip").exists():
            with open_archive(tmp_path / "a.zip") as archive:
                assert archive.manifest.tables["rollout"].rows == 1


def test_a_killed_restore_happened_or_did_not(house: House, tmp_path: Path, scale: Scale) -> None:
    furnish(house.app)
    back_up(house.app, tmp_path / "a.zip")
    begin_another_rollout(house.app)
    back_up(house.app, tmp_path / "b.zip")
    close(house.app)
    for _ in kills_of(house, scale, "restore", str(tmp_path / "a.zip")):
        assert companies(house) in (["Nordwind GmbH"], ["Nordwind GmbH", "Südwind AG"])
        restore_archive(house.app, tmp_path / "b.zip", now=NOW)


def test_a_killed_migration_happened_or_did_not(empty_house: House, scale: Scale) -> None:
    for _ in kills_of(empty_house, scale, "migrate"):
        with empty_house.app.app_context():
            assert read_revision() in ("base", newest_revision())
            migrate_to("head")
            a_rollout()
            db.session.commit()
            migrate_to("base")
        close(empty_house.app)


def kills_of(house: House, scale: Scale, command: str, *arguments: str) -> Iterator[None]:
    """Start the command and kill it somewhere in it, again and again; the test looks after each."""
    chance = random.Random(13)
    for _ in range(scale(3, 50, of=f"kills amid {command}")):
        group = house.start(command, *arguments)
        time.sleep(chance.uniform(0, LONGEST_SECONDS))
        house.kill(group)
        yield
        close(house.app)


def companies(house: House) -> list[str]:
    with house.app.app_context():
        return list(db.session.scalars(select(Company.name).order_by(Company.name)))
