"""What workers do without being asked: escalate, send, back up; each once, however many workers there are."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from implement.commands import worker
from implement.commands.serving import housekeeping
from implement.commands.serving.housekeeping import clear_away, escalate, keep_house_once, send, take_backup
from implement.db import db, utc_now
from implement.jobs.presence import Presence
from implement.rollout.service.tasks import give_task, list_tasks
from implement.settings import Settings
from tests.builders import Role, a_member, a_rollout
from tests.fixtures.application import build_app, close
from tests.fixtures.databases import MakeSettings

pytestmark = pytest.mark.own_application

HOLDING = "import sys; from pathlib import Path; from implement.jobs.presence import Presence; \
worker = Presence(Path(sys.argv[1])); worker.announce(); print(worker.name, flush=True); sys.stdin.read()"


@pytest.fixture
def settings(make_settings: MakeSettings, database_url: str, tmp_path: Path) -> Settings:
    """An installation that takes a backup a day and keeps one."""
    return make_settings(database_url, backup_every_hours=24, backup_folder=tmp_path / "backups", backups_kept=1)


@pytest.fixture
def overdue(app: Flask) -> Flask:
    """An installation with a task that should have been done yesterday."""
    with app.app_context():
        rollout = a_rollout()
        alice, henry = (a_member(rollout.id, role) for role in (Role.LEAD, Role.HEAD))
        asked = {"title": "Name a head", "owner_id": alice.id, "escalate_to_id": henry.id}
        give_task(rollout.id, due=(utc_now() - timedelta(days=2)).date(), by=alice, now=utc_now(), **asked)
        db.session.commit()
    return app


@pytest.mark.both_databases
def test_an_overdue_task_is_escalated_and_mailed_once(overdue: Flask, settings: Settings) -> None:  # M44
    for _ in range(2):
        escalate(overdue)
        send(overdue)
    assert len(list(Path(settings.outbox).glob("*.eml"))) == 1
    with overdue.app_context():
        assert [task.escalated_at is not None for task in list_tasks(1)] == [True]


def test_one_backup_is_taken_when_it_is_due(app: Flask, settings: Settings) -> None:  # M56
    take_backup(app)
    take_backup(app)
    assert len(list(settings.backup_folder.glob("*.zip"))) == 1


def test_old_backups_are_removed(app: Flask, settings: Settings) -> None:
    settings.backup_folder.mkdir()
    (settings.backup_folder / "implement-20260101T000000Z.zip").touch()
    (settings.backup_folder / "mine.zip").touch()
    take_backup(app)
    assert (settings.backup_folder / "mine.zip").exists()
    assert not (settings.backup_folder / "implement-20260101T000000Z.zip").exists()


def test_what_crashes_left_half_written_is_removed_after_a_day(app: Flask, settings: Settings) -> None:
    settings.backup_folder.mkdir()
    parts = [Path(settings.store, "incoming", "a"), settings.backup_folder / ".implement-20260101T000000Z.zip.b"]
    for part in parts:
        part.touch()
    clear_away(app)
    assert all(part.exists() for part in parts)
    for part in parts:
        os.utime(part, (0, 0))
    clear_away(app)
    assert not any(part.exists() for part in parts)


def test_a_chore_that_fails_keeps_no_other_from_being_done(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "send_mails", lambda *told, **named: 1 / 0)
    keep_house_once(app)
    assert len(list(settings.backup_folder.glob("*.zip"))) == 1


def test_a_worker_does_not_start_on_a_database_of_another_revision(
    make_settings: MakeSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = build_app(make_settings(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    monkeypatch.setattr(worker, "create_app", lambda: app)
    assert worker.run([]) == 2
    assert "python -m implement migrate" in capsys.readouterr().err
    close(app)


@pytest.fixture
def other_worker(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that is a worker."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "workers")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_a_worker_is_gone_when_its_process_is(other_worker: subprocess.Popen[str], tmp_path: Path) -> None:
    assert other_worker.stdout is not None
    name = other_worker.stdout.readline().strip()
    mine = Presence(tmp_path / "workers")
    assert mine.find_gone() == []
    other_worker.kill()
    other_worker.wait()
    assert mine.find_gone() == [name]


def test_a_worker_never_takes_itself_for_gone(tmp_path: Path) -> None:
    mine = Presence(tmp_path / "workers")
    mine.announce()
    assert mine.find_gone() == []
    mine.withdraw()
    assert list((tmp_path / "workers").iterdir()) == []
