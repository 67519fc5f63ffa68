"""The entrance: log in with password and second factor, first set-up, invitations, log out."""

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from implement.db import db, utc_now
from implement.rollout.forms.accounts import CodeForm, LoginForm, PasswordForm, SetupForm
from implement.rollout.frame import SESSION_TOKEN
from implement.rollout.service import accounts as service
from implement.rollout.service.links import find_link
from implement.rollout.tables import User
from implement.web.access import Permission, public, requires
from implement.web.texts import LANGUAGES, _
from implement.web.ways import is_inside

pages = Blueprint("entrance", __name__)
HALF_WAY = "half_way"
HALF_WAY_SECONDS = 300


@pages.route("/log-in", methods=["GET", "POST"])
@public
def log_in() -> ResponseReturnValue:
    """Ask for e-mail address and password, then for the second factor where there is one."""
    form = LoginForm()
    if request.args.get("next") == "/":
        session.pop("_flashes", None)  # whoever begins at the first page need not be told why
    if form.validate_on_submit():
        user = service.check_password(form.email.data, form.password.data, address=find_address(), now=utc_now())
        if user is not None and user.totp_secret is None:
            return enter(user)
        db.session.commit()
        if user is not None:
            session[HALF_WAY] = _half_ways().dumps(user.id)
            return redirect(url_for("entrance.ask_for_code", next=request.args.get("next")))
        form.password.errors = [_("E-mail address and password do not fit together.")]
    return render_template("accounts/log_in.html", form=form, needs_setup=service.needs_first_admin())


@pages.route("/log-in/code", methods=["GET", "POST"])
@public
def ask_for_code() -> ResponseReturnValue:
    """The second factor, within five minutes of the password."""
    try:
        user = service.get_user(_half_ways().loads(session.get(HALF_WAY, ""), max_age=HALF_WAY_SECONDS))
    except BadSignature:
        return redirect(url_for("entrance.log_in", next=request.args.get("next")))
    form = CodeForm()
    if form.validate_on_submit():
        if service.check_code(user, form.code.data, address=find_address(), now=utc_now()):
            return enter(user)
        db.session.commit()
        form.code.errors = [_("This code does not fit. Please type the one that the app shows now.")]
    return render_template("accounts/code.html", form=form)


@pages.post("/log-out")
@requires(Permission.ENTER)
def log_out() -> ResponseReturnValue:
    """End this log-in on the server."""
    service.end_session(session.pop(SESSION_TOKEN, ""), now=utc_now())
    db.session.commit()
    session.clear()
    return redirect(url_for("entrance.log_in"))


@pages.route("/set-up/<string:token>", methods=["GET", "POST"])
@public
def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator's account with the one-time link."""
    find_link(token, "setup", now=utc_now())
    form = SetupForm()
    if form.validate_on_submit():
        made = {"name": form.name.data, "email": form.email.data, "password": form.password.data}
        return enter(service.set_up_first_admin(token, **made, now=utc_now()))
    return render_template("accounts/set_up.html", form=form)


@pages.route("/invitations/<string:token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Set the password of an invited account; where it has a second factor, that is asked for at the next log-in."""
    link = find_link(token, "invitation", now=utc_now())
    form = PasswordForm()
    if form.validate_on_submit():
        user = service.accept_invitation(token, password=form.password.data, now=utc_now())
        if user.totp_secret is None:
            return enter(user)
        db.session.commit()
        return redirect(url_for("entrance.log_in"))
    return render_template("accounts/invitation.html", form=form, user=service.get_user(link.user_id))


def enter(user: User, *, leads_to: str | None = None) -> ResponseReturnValue:
    """Open a log-in, begin a fresh cookie for it, keep the language and theme chosen before."""
    token = service.open_session(user, address=find_address(), now=utc_now())
    language = request.cookies.get("language", "")
    chosen = {"language": language if language in LANGUAGES else None, "theme": request.cookies.get("theme")}
    service.adopt_face(user, **chosen, now=utc_now())
    db.session.commit()
    session.clear()
    session[SESSION_TOKEN] = token
    current_app.logger.info("user %s logged in", user.id)
    wanted = leads_to or request.args.get("next")
    return redirect(wanted if wanted and is_inside(wanted) else url_for("hall.list_rollouts"))


def find_address() -> str:
    """Where the request comes from."""
    return (request.remote_addr or "")[:64]


def _half_ways() -> URLSafeTimedSerializer:
    """Who has given the password and owes the code."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="half-way")
