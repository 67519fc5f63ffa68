"""The administrator's list of accounts: make one, close and open it, help when a link or a device is lost."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.forms.accounts import AccountForm
from implement.rollout.service import accounts as service
from implement.rollout.service.outbox import list_cut_off_mails
from implement.web.access import Permission, Role, requires
from implement.web.texts import _

pages = Blueprint("accounts", __name__, url_prefix="/accounts")
SHOWN_LINK = "shown_link"


@pages.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_USERS)
def list_accounts() -> ResponseReturnValue:
    """All accounts, and a form for a new one; a new link is shown once."""
    form = AccountForm()
    if form.validate_on_submit():
        role = Role(form.site_role.data) if form.site_role.data else None
        asked = {"name": form.name.data, "email": form.email.data, "site_role": role}
        token = service.invite_user(**asked, by=current_user, now=utc_now())
        db.session.commit()
        session[SHOWN_LINK] = url_for("entrance.accept_invitation", token=token, _external=True)
        return redirect(url_for("accounts.list_accounts"))
    link = session.pop(SHOWN_LINK, None)
    cut_off = list_cut_off_mails(now=utc_now())
    return render_template("accounts/accounts.html", form=form, rows=service.list_users(), link=link, cut_off=cut_off)


@pages.post("/<int:user_id>/invitation")
@requires(Permission.MANAGE_USERS)
def renew_invitation(user_id: int) -> ResponseReturnValue:
    """Make a new link for an account that waits for its owner; the old one stops working."""
    token = service.renew_invitation(service.get_user(user_id), by=current_user, now=utc_now())
    db.session.commit()
    session[SHOWN_LINK] = url_for("entrance.accept_invitation", token=token, _external=True)
    return redirect(url_for("accounts.list_accounts"))


@pages.post("/<int:user_id>/disable")
@requires(Permission.MANAGE_USERS)
def disable_account(user_id: int) -> ResponseReturnValue:
    """Close an account and end its log-ins at once; the note carries the way back."""
    service.disable_user(service.get_user(user_id), by=current_user, now=utc_now())
    db.session.commit()
    undo = {
        "text": _("The account is closed and logged out everywhere."),
        "url": url_for("accounts.enable_account", user_id=user_id),
    }
    flash(undo, "undo")  # type: ignore[arg-type]
    return redirect(url_for("accounts.list_accounts"))


@pages.post("/<int:user_id>/enable")
@requires(Permission.MANAGE_USERS)
def enable_account(user_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    service.enable_user(service.get_user(user_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The account is open again."), "success")
    return redirect(url_for("accounts.list_accounts"))


@pages.post("/<int:user_id>/second-factor/remove")
@requires(Permission.MANAGE_USERS)
def remove_second_factor(user_id: int) -> ResponseReturnValue:
    """Take the second factor off an account whose owner lost the device."""
    service.remove_second_factor(service.get_user(user_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The second factor is off; the password alone is asked for until a new one is set up."), "success")
    return redirect(url_for("accounts.list_accounts"))
