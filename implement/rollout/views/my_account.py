"""One's own account: where one is logged in, the password, the second factor."""

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import URLSafeTimedSerializer

from implement.db import db, utc_now
from implement.rollout.forms.accounts import ChangePasswordForm, ProofForm, SecondFactorForm
from implement.rollout.service import accounts as service
from implement.rollout.views.entrance import enter, find_address
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("account", __name__, url_prefix="/account")
ENROLMENT_SECONDS = 900


@pages.route("", methods=["GET", "POST"])
@requires(Permission.ENTER)
def show_account() -> ResponseReturnValue:
    """Where one is logged in; a form for another password."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        if service.check_password(current_user.email, form.current.data, address=find_address(), now=utc_now()):
            service.change_password(current_user, form.password.data, current=form.current.data, now=utc_now())
            entered = enter(current_user, leads_to=url_for("account.show_account"))
            flash(_("Your password is changed; all other log-ins were ended."), "success")
            return entered
        db.session.commit()
        form.current.errors = [_("The current password is not right.")]
    rules = current_app.config["LOGIN_RULES"]
    sessions = service.list_sessions(current_user.id, rules=rules, now=utc_now())
    return render_template("accounts/account.html", form=form, sessions=sessions), 422 if form.errors else 200


@pages.post("/log-ins/end")
@requires(Permission.ENTER)
def end_log_ins() -> ResponseReturnValue:
    """End every log-in, this one included."""
    service.end_all_sessions(current_user.id, now=utc_now())
    db.session.commit()
    session.clear()
    flash(_("You are logged out everywhere."), "success")
    return redirect(url_for("entrance.log_in"))


@pages.route("/second-factor", methods=["GET", "POST"])
@requires(Permission.ENTER)
def set_up_second_factor() -> ResponseReturnValue:
    """Set up a second factor: take the secret into an app, type the code it shows."""
    form = SecondFactorForm()
    secret = _find_secret(form)
    if form.validate_on_submit():
        if service.keep_second_factor(current_user, secret, form.code.data, now=utc_now()):
            db.session.commit()
            flash(_("The second factor is on: from now on the code of your app is asked for, too."), "success")
            return redirect(url_for("account.show_account"))
        form.code.errors = [_("This code does not fit. Please type the one that the app shows now.")]
    shown = {"secret": secret, "address": service.write_address(secret, current_user.email)}
    return render_template("accounts/second_factor.html", form=form, proof=ProofForm(), **shown)


@pages.post("/second-factor/remove")
@requires(Permission.ENTER)
def remove_second_factor() -> ResponseReturnValue:
    """Switch the second factor off; the password proves who asks."""
    form, address = ProofForm(), find_address()
    typed = form.current.data or ""
    if service.check_password(current_user.email, typed, address=address, now=utc_now()):
        service.remove_second_factor(current_user, by=current_user, now=utc_now())
        flash(_("The second factor is off."), "success")
    else:
        flash(_("The current password is not right; nothing was changed."), "error")
    db.session.commit()
    return redirect(url_for("account.show_account"))


def _find_secret(form: SecondFactorForm) -> str:
    """The secret that the form's ticket carries, else a new one with its ticket."""
    if form.ticket.data:
        return str(_enrolments().loads(form.ticket.data, max_age=ENROLMENT_SECONDS))
    secret = service.make_second_factor()
    form.ticket.data = _enrolments().dumps(secret)
    return secret


def _enrolments() -> URLSafeTimedSerializer:
    """Secrets on their way into an app, each for one account and a quarter of an hour."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"second-factor:{current_user.id}")
