"""A backup made while people work comes back whole, on either database; a damaged one touches nothing."""

import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from implement.commands.archive import (
    ArchiveUnusable,
    Manifest,
    is_backup_due,
    name_backup,
    open_archive,
    remove_old_backups,
    restore_archive,
    restoring,
)
from implement.commands.backup import back_up
from implement.db import db, writing
from implement.rollout.service.log import find_broken_row
from implement.rollout.service.outbox import send_mails
from implement.rollout.tables import LogRow, Rollout, User
from tests.builders import a_user
from tests.commands.houses import UPLOAD, begin_another_rollout, count, furnish
from tests.fixtures.application import build_app, close
from tests.fixtures.databases import MakeSettings
from tests.fixtures.scale import Scale

pytestmark = [pytest.mark.both_databases, pytest.mark.own_application]

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETTLED = {"log_row", "login_session", "outbox_mail"}


@pytest.fixture
def house(app: Flask) -> Flask:
    """An installation somebody works with."""
    return furnish(app)


@pytest.fixture
def other_house(database_kind: str, request: pytest.FixtureRequest, make_settings: MakeSettings) -> Iterator[Flask]:
    """An empty installation on the other kind of database."""
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[database_kind]
    app = build_app(make_settings(request.getfixturevalue(f"{other}_url")))
    yield app
    close(app)


def test_what_was_backed_up_comes_back(house: Flask, tmp_path: Path) -> None:
    before = back_up(house, tmp_path / "a.zip")
    begin_another_rollout(house)
    restore_archive(house, tmp_path / "a.zip", now=NOW)
    assert same_rows(before, back_up(house, tmp_path / "b.zip"))
    assert count(house, Rollout) == 1


def test_a_backup_of_one_database_is_restored_into_the_other(house: Flask, other_house: Flask, tmp_path: Path) -> None:
    before = back_up(house, tmp_path / "a.zip")
    restore_archive(other_house, tmp_path / "a.zip", now=NOW)
    after = back_up(other_house, tmp_path / "b.zip")
    assert same_rows(before, after)
    assert other_house.extensions["implement_store"].path(after.files[0]).read_bytes() == UPLOAD
    with other_house.app_context():
        assert find_broken_row() is None


def test_rows_written_after_a_restore_are_numbered_on(house: Flask, other_house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    restore_archive(other_house, tmp_path / "a.zip", now=NOW)
    begin_another_rollout(other_house)
    assert count(other_house, Rollout) == 2


def test_a_restore_is_logged_and_the_chain_holds(house: Flask, tmp_path: Path) -> None:
    made_at = back_up(house, tmp_path / "a.zip").made_at
    restore_archive(house, tmp_path / "a.zip", now=NOW)
    with house.app_context():
        newest = db.session.scalars(select(LogRow).order_by(LogRow.id.desc()).limit(1)).one()
        assert (newest.action, newest.details) == ("restore", {"made_at": made_at.isoformat()})
        assert find_broken_row() is None


def test_a_restore_sends_no_mail_again_and_revives_no_log_in(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    restore_archive(house, tmp_path / "a.zip", now=NOW)
    with house.app_context(), writing():
        assert send_mails(str(tmp_path / "out"), sender="implement@localhost", now=NOW) == 0
        assert db.session.scalar(text("SELECT count(*) FROM login_session WHERE ended_at IS NULL")) == 0


def test_backups_under_write_load_are_whole(house: Flask, tmp_path: Path, scale: Scale) -> None:
    wanted = scale(3, 50, of="backups under write load")
    with Load(house) as count_written:
        for number in range(wanted):
            at_least = count_written()
            back_up(house, tmp_path / f"{number}.zip")
            assert at_least <= count_accounts(tmp_path / f"{number}.zip") <= count_written() + 1
    for number in range(wanted):
        restore_archive(house, tmp_path / f"{number}.zip", now=NOW + timedelta(seconds=number))
        with house.app_context():
            assert find_broken_row() is None


def test_an_archive_with_any_changed_byte_is_refused(house: Flask, tmp_path: Path, scale: Scale) -> None:
    back_up(house, tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    with open_archive(tmp_path / "a.zip") as archive:
        said = archive.manifest
    chance = random.Random(7)
    for _ in range(scale(200, 5_000, of="damaged archives")):
        (tmp_path / "b.zip").write_bytes(damage(whole, chance))
        assert read_or_refuse(tmp_path / "b.zip") in (None, said)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SQLite format 3\0"])
def test_a_file_that_is_no_archive_is_refused(house: Flask, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(ArchiveUnusable):
        restore_archive(house, tmp_path / "a.zip", now=NOW)
    assert count(house, Rollout) == 1


def test_an_archive_cut_short_is_refused(house: Flask, tmp_path: Path) -> None:
    back_up(house, tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ArchiveUnusable):
        restore_archive(house, tmp_path / "a.zip", now=NOW)


def test_an_archive_of_a_later_implement_is_refused(house: Flask, tmp_path: Path) -> None:
    with house.app_context(), writing():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
    back_up(house, tmp_path / "a.zip")
    with pytest.raises(ArchiveUnusable, match="9999"):
        restore_archive(house, tmp_path / "a.zip", now=NOW)


def test_a_restore_that_fails_half_way_changes_nothing(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(house, tmp_path / "a.zip")
    begin_another_rollout(house)
    before = back_up(house, tmp_path / "before.zip")
    monkeypatch.setattr(restoring, "settle", fail)
    with pytest.raises(ZeroDivisionError):
        restore_archive(house, tmp_path / "a.zip", now=NOW)
    assert back_up(house, tmp_path / "after.zip").tables == before.tables


def test_a_failed_backup_leaves_no_file(house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Manifest, "write", fail)
    with pytest.raises(ZeroDivisionError):
        back_up(house, tmp_path / "folder" / "a.zip")
    assert list((tmp_path / "folder").iterdir()) == []


def test_backups_are_due_at_the_interval_and_the_newest_are_kept(tmp_path: Path) -> None:  # M56
    made = [name_backup(tmp_path, NOW + timedelta(hours=hour)) for hour in range(5)]
    for path in made:
        path.touch()
    assert not is_backup_due(tmp_path, every_hours=2, now=NOW + timedelta(hours=5))
    assert is_backup_due(tmp_path, every_hours=2, now=NOW + timedelta(hours=6))
    assert not is_backup_due(tmp_path, every_hours=0, now=NOW + timedelta(days=9))
    assert remove_old_backups(tmp_path, keep=2) == made[:3]


def fail(*arguments: object, **named: object) -> None:
    raise ZeroDivisionError


def count_accounts(path: Path) -> int:
    """Accounts in the archive; each was written together with one row of the log."""
    with open_archive(path) as archive, archive.open_table("log_row") as lines:
        made = sum(b'"create_user"' in line for line in lines)
    assert archive.manifest.tables["user"].rows == made
    return made


class Load:
    """Somebody who writes without a pause; says how many accounts are written."""

    def __init__(self, app: Flask) -> None:
        self.app, self.done, self.written = app, threading.Event(), count(app, User)
        self.thread = threading.Thread(target=self.write)

    def __enter__(self) -> Callable[[], int]:
        self.thread.start()
        return lambda: self.written

    def __exit__(self, *fault: object) -> None:
        self.done.set()
        self.thread.join()
        close(self.app)

    def write(self) -> None:
        while not self.done.is_set():
            with self.app.app_context(), writing():
                a_user()
                db.session.commit()
                self.written += 1


def damage(whole: bytes, chance: random.Random) -> bytes:
    """The same with one byte changed."""
    place = chance.randrange(len(whole))
    return whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :]


def read_or_refuse(path: Path) -> Manifest | None:
    """What the archive says, or nothing when it is refused; a byte that says nothing may change."""
    try:
        with open_archive(path) as archive:
            return archive.manifest
    except ArchiveUnusable:
        return None


def same_rows(before: Manifest, after: Manifest) -> bool:
    """True when every table but those that a restore settles says the same, and no kept file is missing."""
    unsettled = before.tables.keys() - SETTLED
    return all(before.tables[name] == after.tables[name] for name in unsettled) and before.files == after.files
