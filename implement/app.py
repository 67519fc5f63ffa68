"""Put the house together: settings, database, desk, hall, rooms, error pages, headers."""

import secrets
from pathlib import Path

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature
from sqlalchemy import text
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.middleware.proxy_fix import ProxyFix

from implement import jobs
from implement.control.activity import views as activity
from implement.control.incentives import views as incentives
from implement.control.meetings import views as meetings
from implement.control.regulations import views as regulations
from implement.db import db, migrate
from implement.rollout import frame, registries
from implement.rollout import views as hall
from implement.settings import Settings, read_settings
from implement.stages.adoption import views as adoption
from implement.stages.audit import views as audit
from implement.stages.pilot import views as pilot
from implement.stages.specification import views as specification
from implement.stages.transfer import views as transfer
from implement.store import open_store
from implement.web import forms, programs, texts
from implement.web.access import public

HERE = Path(__file__).parent
SHOWN_ERRORS = (400, 403, 404, 409, 413, 429, 500)
FORM_MEMORY_BYTES = 2 << 20


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application for these settings, else for those of the environment."""
    settings = settings or read_settings()
    app = Flask("implement", template_folder=str(HERE.parent / "templates"), static_folder=str(HERE / "web/static"))
    configure(app, settings)
    app.extensions["implement_settings"] = settings
    app.extensions["implement_store"] = open_store(settings.store, settings.home / "cache")
    db.init_app(app)
    migrate.init_app(app, db, directory=str(HERE / "migrations"))
    jobs.init_app(app, settings.queue, immediate=settings.jobs_immediate)
    registries.init_app(app)
    frame.init_app(app, settings)
    texts.init_app(app, frame.find_time_zone)
    forms.init_app(app)
    programs.init_app(app)
    register_rooms(app)
    show_errors(app)
    app.add_url_rule("/healthz", view_func=healthz)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Set what Flask and its extensions read."""
    prefix = "__Host-" if settings.cookie_is_secure else ""
    app.config.update(
        SECRET_KEY=settings.secret,
        SQLALCHEMY_DATABASE_URI=settings.database,
        MAX_CONTENT_LENGTH=settings.upload_limit_mb << 20,
        MAX_FORM_MEMORY_SIZE=FORM_MEMORY_BYTES,
        SESSION_COOKIE_NAME=f"{prefix}implement",
        SESSION_COOKIE_SECURE=settings.cookie_is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_TIMEZONE=settings.timezone,
        BOOTSTRAP_SERVE_LOCAL=True,
        TEMPLATES_AUTO_RELOAD=False,
    )
    settings.home.mkdir(parents=True, exist_ok=True)
    if settings.cookie_is_secure:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]


def register_rooms(app: Flask) -> None:
    """Open the rooms, in the order of the rail; each registers its pages, measures and next steps."""
    for room in (hall, audit, specification, pilot, transfer, adoption, regulations, activity, meetings, incentives):
        room.init_app(app)


def show_errors(app: Flask) -> None:
    """Show each error as a page that says what happened, what was kept and what to do."""
    for code in SHOWN_ERRORS:
        app.register_error_handler(code, show_error)
    app.register_error_handler(BadSignature, lambda forged: show_error(BadRequest()))


def show_error(error: HTTPException | Exception) -> ResponseReturnValue:
    """The page of an HTTP error; a bug of ours is a 500 without details."""
    db.session.rollback()
    code = error.code if isinstance(error, HTTPException) and error.code in SHOWN_ERRORS else 500
    if code == 500:
        frame.forget_person()
        g.error_number = secrets.token_hex(4)
        current_app.logger.error("The error above has the number %s on the page.", g.error_number)
    if programs.is_asked_by_program():
        return programs.answer_fault(code, HTTP_STATUS_CODES[code])
    return render_template(f"errors/{code}.html", error_number=g.get("error_number")), code or 500


@public
def healthz() -> ResponseReturnValue:
    """Answer when the database answers."""
    db.session.execute(text("SELECT 1"))
    return {"status": "ready"}
