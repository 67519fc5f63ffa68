"""Log in and out, first set-up, invitations, one's own account, the administrator's list."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.forms.accounts import AccountForm, LoginForm, PasswordForm, SetupForm
from implement.rollout.frame import SESSION_TOKEN
from implement.rollout.service import accounts as service
from implement.rollout.service.links import find_link
from implement.rollout.tables import User
from implement.web.access import Permission, Role, public, requires
from implement.web.texts import _

pages = Blueprint("accounts", __name__)


@pages.route("/log-in", methods=["GET", "POST"])
@public
def log_in() -> ResponseReturnValue:
    """Ask for e-mail address and password."""
    form = LoginForm()
    if form.validate_on_submit():
        found = service.log_in(form.email.data, form.password.data, address=_address(), now=utc_now())
        db.session.commit()
        if found is not None:
            return _enter(*found, leads_to=request.args.get("next"))
        form.password.errors = [_("E-mail address and password do not fit together.")]
    return render_template("accounts/log_in.html", form=form, needs_setup=service.needs_first_admin())


@pages.post("/log-out")
@requires(Permission.ENTER)
def log_out() -> ResponseReturnValue:
    """End this log-in on the server."""
    service.end_session(session.pop(SESSION_TOKEN, ""), now=utc_now())
    db.session.commit()
    session.clear()
    return redirect(url_for("accounts.log_in"))


@pages.route("/set-up/<string:token>", methods=["GET", "POST"])
@public
def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator's account with the one-time link."""
    find_link(token, "setup", now=utc_now())
    form = SetupForm()
    if form.validate_on_submit():
        made = {"name": form.name.data, "email": form.email.data, "password": form.password.data}
        user = service.set_up_first_admin(token, **made, now=utc_now())
        login_token = service.open_session(user, address=_address(), now=utc_now())
        db.session.commit()
        return _enter(user, login_token)
    return render_template("accounts/set_up.html", form=form)


@pages.route("/invitations/<string:token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    """Set the password of an invited account."""
    link = find_link(token, "invitation", now=utc_now())
    form = PasswordForm()
    if form.validate_on_submit():
        user = service.accept_invitation(token, password=form.password.data, now=utc_now())
        login_token = service.open_session(user, address=_address(), now=utc_now())
        db.session.commit()
        return _enter(user, login_token)
    return render_template("accounts/invitation.html", form=form, user=service.get_user(link.user_id))


@pages.route("/account", methods=["GET", "POST"])
@requires(Permission.ENTER)
def show_account() -> ResponseReturnValue:
    """One's own account: change the password, end all log-ins."""
    form = PasswordForm()
    if form.validate_on_submit():
        service.change_password(current_user, form.password.data, now=utc_now())
        login_token = service.open_session(current_user, address=_address(), now=utc_now())
        db.session.commit()
        flash(_("Your password is changed; all other log-ins were ended."), "success")
        return _enter(current_user, login_token, leads_to=url_for("accounts.show_account"))
    return render_template(
        "accounts/account.html", form=form, sessions=service.list_sessions(current_user.id, now=utc_now())
    )


@pages.route("/accounts", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def list_accounts() -> ResponseReturnValue:
    """The administrator's list of accounts, and a form for a new one."""
    form = AccountForm()
    link = None
    if form.validate_on_submit():
        role = Role(form.site_role.data) if form.site_role.data else None
        asked = {"name": form.name.data, "email": form.email.data, "site_role": role}
        token = service.invite_user(**asked, by=current_user, now=utc_now())
        db.session.commit()
        link = url_for("accounts.accept_invitation", token=token, _external=True)
    return render_template("accounts/accounts.html", form=form, rows=service.list_users(), link=link)


@pages.post("/accounts/<int:user_id>/disable")
@requires(Permission.MANAGE_USERS)
def disable_account(user_id: int) -> ResponseReturnValue:
    """Close an account and end its log-ins at once."""
    service.disable_user(service.get_user(user_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The account is closed and logged out everywhere."), "success")
    return redirect(url_for("accounts.list_accounts"))


def _enter(user: User, token: str, *, leads_to: str | None = None) -> ResponseReturnValue:
    """Begin a fresh cookie for the log-in."""
    session.clear()
    session[SESSION_TOKEN] = token
    inside = leads_to if leads_to and leads_to.startswith("/") and not leads_to.startswith(("//", "/\\")) else None
    current_app.logger.info("user %s logged in", user.id)
    return redirect(inside or url_for("hall.list_rollouts"))


def _address() -> str:
    return (request.remote_addr or "")[:64]
