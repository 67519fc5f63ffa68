"""What happens around every page of every room: who is asking, whether the write was already done, what the layout
needs.
"""

import hashlib
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from implement.db import begin_reading, begin_writing, db, utc_now, writing
from implement.rollout.rail import build_rail, build_second_row
from implement.rollout.service.accounts import LoginRules, find_user_by_session, touch_session
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.service.requests import find_answered_request, remember_request
from implement.rollout.service.rollouts import company_name, find_standing, get_rollout, local_day
from implement.rollout.service.unchanged import while_unchanged
from implement.rollout.tables import User
from implement.settings import Settings
from implement.store import FileGone, FileTooLarge
from implement.web import access, programs
from implement.web.roles import ROLE_LABELS, name_function
from implement.web.texts import _, language, lazy

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
SESSION_TOKEN = "login"
PAGES = {429: "errors/429.html"}
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def init_app(app: Flask, settings: Settings) -> None:
    """Put the frame around the application's pages."""
    app.config["LOGIN_RULES"] = LoginRules(
        timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.session_hours)
    )
    access.init_app(app, find_standing)
    login_manager = LoginManager(app)
    login_manager.login_view = "entrance.log_in"
    login_manager.login_message = lazy("Please log in; you then come to the page you asked for.")
    login_manager.request_loader(load_user)
    login_manager.session_protection = None
    app.jinja_env.filters["role"] = lambda role: ROLE_LABELS[access.Role(role)]
    app.jinja_env.filters["function"] = name_function
    app.before_request(begin_request)
    app.after_request(harden)
    app.context_processor(describe_frame)
    app.register_error_handler(RuleBroken, show_broken_rule)
    app.register_error_handler(StaleDataError, show_stale_edit)
    app.register_error_handler(IntegrityError, show_double_write)
    app.register_error_handler(FileTooLarge, refuse_large_file)
    app.register_error_handler(FileGone, show_file_gone)


def find_time_zone() -> str | None:
    """The time zone of the firm whose rollout is at hand."""
    here: access.Standing | None = g.get("standing")
    if here is None:
        return None
    return while_unchanged(("time zone", here.rollout_id), lambda: get_rollout(here.rollout_id).timezone)


def load_user(asking: object) -> User | None:
    """Find who is asking by the log-in token in the signed cookie."""
    token = session.get(SESSION_TOKEN)
    if token is None:
        return None
    found = find_user_by_session(token, rules=current_app.config["LOGIN_RULES"], now=utc_now())
    if found is None:
        session.pop(SESSION_TOKEN, None)
        return None
    user, is_due = found
    g.touch_session = token if is_due else None
    return user


def begin_request() -> ResponseReturnValue | None:
    """Open the right kind of transaction, and answer a write that was already done by its first answer."""
    if request.method in SAFE_METHODS:
        begin_reading()
        return None
    begin_writing()
    key = request.form.get("idempotency_key", "")[:64]
    if not key or not current_user.is_authenticated:
        return None
    location = find_answered_request(key, current_user.id)
    if location is not None:
        return redirect(location)
    remember_request(key, current_user.id, location=_way_back(), now=utc_now())
    return None


def harden(response: Response) -> Response:
    """Add the headers every answer carries, and note that the log-in was used."""
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Frame-Options", "DENY")
    if current_user and current_user.is_authenticated and request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    _note_that_seen()
    return response


def describe_frame() -> dict[str, object]:
    """What the layout shows around each page: the person, the rollout at hand, the rail."""
    here: access.Standing | None = g.get("standing")
    signed_in = bool(current_user and current_user.is_authenticated)
    frame: dict[str, object] = {"person_name": current_user.name if signed_in else None, "rollout": None, "rail": []}
    if signed_in:
        frame["person_key"] = hashlib.sha256(str(current_user.id).encode()).hexdigest()[:12]
        frame["person_menu"] = _person_menu()
    if here is None:
        return frame
    today = local_day(here.rollout_id, utc_now())
    return frame | while_unchanged(("frame", here, language(), today), lambda: describe_rollout(here, today))


def describe_rollout(here: access.Standing, today: date) -> dict[str, object]:
    """What the layout shows of the rollout at hand, in the language of the request."""
    rollout = get_rollout(here.rollout_id)
    shown = {"name": rollout.name, "company_name": company_name(rollout), "is_demonstration": rollout.is_demonstration}
    address = url_for("hall.show_rollout", rollout_id=rollout.id)
    rail, second_row = build_rail(rollout.id, here, today), build_second_row(rollout.id, here)
    return {"rollout": shown, "rollout_url": address, "rail": rail, "second_row": second_row}


def show_broken_rule(broken: RuleBroken) -> ResponseReturnValue:
    """Say in the user's words which rule stands against it; nothing was changed."""
    db.session.rollback()
    if programs.is_asked_by_program():
        return programs.answer_fault(broken.status, str(broken.sentence))
    conflicts = [(_("Text"), broken.mine, broken.theirs)] if isinstance(broken, EditedMeanwhile) else []
    page = PAGES.get(broken.status, "errors/409.html" if conflicts else "errors/rule.html")
    return render_template(page, sentence=broken.sentence, conflicts=conflicts, back_url=_way_back()), broken.status


def show_stale_edit(stale: StaleDataError) -> ResponseReturnValue:
    """Somebody else saved first."""
    sentence = _("Somebody else changed this meanwhile. Nothing was overwritten; please look at the new state first.")
    return show_broken_rule(RuleBroken(sentence))


def show_double_write(double: IntegrityError) -> ResponseReturnValue:
    """The same thing was written by somebody else, or twice, in the same moment."""
    db.session.rollback()
    if "request_key" in str(double.orig):
        key = request.form.get("idempotency_key", "")[:64]
        return redirect(find_answered_request(key, current_user.id) or _way_back())
    current_app.logger.warning("double write: %s", double.orig)
    return show_broken_rule(RuleBroken(_("This was changed at the same moment by somebody else. Please try again.")))


def refuse_large_file(file: FileTooLarge) -> ResponseReturnValue:
    """The file is larger than this form takes; nothing was kept."""
    db.session.rollback()
    if programs.is_asked_by_program():
        return programs.answer_fault(413, _("Too large: please send smaller batches."))
    return render_template("errors/413.html"), 413


def show_file_gone(file: FileGone) -> ResponseReturnValue:
    """What lies behind this page was let go of when its period was over."""
    db.session.rollback()
    sentence = _("The rows behind this page are no longer kept: their period is over.")
    if programs.is_asked_by_program():
        return programs.answer_fault(410, sentence)
    return render_template("errors/rule.html", sentence=sentence, back_url=""), 410


def forget_person() -> None:
    """Show the rest of this request as to nobody, without asking the database: it may be what failed."""
    g.pop("standing", None)
    g.pop("touch_session", None)
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


def _way_back() -> str:
    """The page the form stood on: the referring page of this site, else the address itself."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc == request.host and came_from.path:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return request.path


def _person_menu() -> list[dict[str, object]]:
    menu: list[dict[str, object]] = [{"label": _("My rollouts"), "url": url_for("hall.list_rollouts", all=1)}]
    if access.may("manage_users"):
        menu.append({"label": _("Accounts"), "url": url_for("accounts.list_accounts")})
    menu.append({"label": _("My account"), "url": url_for("account.show_account")})
    return [*menu, {"label": _("Log out"), "url": url_for("entrance.log_out"), "post": True}]


def _note_that_seen() -> None:
    """Note in a transaction of its own that the log-in was used; at most once a minute."""
    token = g.pop("touch_session", None)
    if token is None or request.method not in SAFE_METHODS:
        return
    db.session.rollback()
    with writing():
        touch_session(token, now=utc_now())
        db.session.commit()
