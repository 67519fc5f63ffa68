"""`verify` recomputes every past run, the same bytes whatever hash seed, locale and time zone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from implement.commands.verify import verify
from implement.control.incentives.tables import PayLine
from implement.db import db
from implement.settings import Settings
from tests.rooms.pay_house import a_pay_house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def paid(app: Flask) -> Flask:
    """An installation with one approved run."""
    with app.app_context():
        house = a_pay_house()
        house.prepare()
        house.approve(app.extensions["implement_store"])
        db.session.commit()
    return app


@pytest.mark.both_databases
def test_a_changed_line_is_found_and_named(paid: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with paid.app_context():
        assert verify(paid, None) == 0
        assert "1 statements: the same\n1 runs, 0 differ." in capsys.readouterr().out
        db.session.execute(update(PayLine).values(amount_minor=PayLine.amount_minor + 1))
        assert verify(paid, None) == 1
        assert "the lines of north.2 are not those of the pay" in capsys.readouterr().out
        assert verify(paid, 987) == 2


def test_the_bytes_are_the_same_under_another_seed_locale_and_time_zone(paid: Flask, settings: Settings) -> None:
    told = {
        "PYTHONHASHSEED": "4711", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati",
        "IMPLEMENT_HOME": str(settings.home), "IMPLEMENT_DATABASE": settings.database,
        "IMPLEMENT_STORE": settings.store, "IMPLEMENT_SECRET": settings.secret,
    }  # fmt: skip
    command = [sys.executable, "-m", "implement", "verify"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **told}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 runs, 0 differ."), done.stderr
