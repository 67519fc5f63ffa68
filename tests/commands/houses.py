"""Installations for tests of commands."""

import io
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from implement.db import db, utc_now, writing
from implement.rollout.service.outbox import post_mail
from tests.builders import Role, a_log_in, a_member, a_rollout

UPLOAD = b"deal;amount\n1;100\n"


def furnish(app: Flask) -> Flask:
    """Give an installation a rollout, people, a log-in, a waiting mail and a kept file."""
    with app.app_context(), writing():
        rollout = a_rollout()
        a_log_in(a_member(rollout.id, Role.LEAD))
        post_mail("welcome", to="alice@example.com", subject="Welcome", body="", now=utc_now())
        db.session.commit()
    app.extensions["implement_store"].put(io.BytesIO(UPLOAD))
    return app


def begin_another_rollout(app: Flask) -> None:
    with app.app_context(), writing():
        a_rollout(company="Südwind AG")
        db.session.commit()


def count(app: Flask, table: type[db.Model]) -> int:  # type: ignore[name-defined]
    with app.app_context():
        return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def database_file(app: Flask) -> Path:
    return Path(app.extensions["implement_settings"].database.removeprefix("sqlite:///"))
