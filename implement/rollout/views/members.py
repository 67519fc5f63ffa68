"""Members: who may log in to the rollout and as what; invite somebody, take a role away."""

from functools import partial

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.forms.accounts import InvitationForm
from implement.rollout.service import people as lists
from implement.rollout.service.accounts import invite_member, may_give, remove_member
from implement.rollout.views.accounts import SHOWN_LINK
from implement.web.access import Permission, Role, requires, standing
from implement.web.roles import ROLE_LABELS
from implement.web.texts import _

pages = Blueprint("members", __name__, url_prefix="/rollouts/<int:rollout_id>/members")
ROLE = "any(admin,consultant,lead,head,salesperson,hr,council)"


@pages.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def list_members(rollout_id: int) -> ResponseReturnValue:
    """Who may log in here and as what; a new account's link is shown once."""
    form = InvitationForm()
    form.role.choices = [
        SelectChoice(role.value, ROLE_LABELS[role]) for role in Role if may_give(standing().roles, role)
    ]
    if form.validate_on_submit():
        asked = {"name": form.name.data, "email": form.email.data, "role": Role(form.role.data)}
        person_id = lists.find_person_by_email(rollout_id, form.email.data)
        known = {"person_id": person_id, "roles": standing().roles, "by": current_user, "now": utc_now()}
        token = invite_member(rollout_id, **asked, **known)
        db.session.commit()
        _tell(form.name.data, token)
        return redirect(url_for("members.list_members", rollout_id=rollout_id))
    shown = {"rows": lists.list_members(rollout_id), "link": session.pop(SHOWN_LINK, None)}
    takes = partial(may_give, standing().roles)
    return render_template("people/members.html", form=form, takes=takes, **shown)


@pages.post(f"/<int:user_id>/<{ROLE}:role>/remove")
@requires(Permission.MANAGE_PEOPLE)
def remove_membership(rollout_id: int, user_id: int, role: str) -> ResponseReturnValue:
    """Take a role away; the last one who steers the rollout stays."""
    remove_member(rollout_id, user_id, Role(role), roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The role is taken away."), "success")
    return redirect(url_for("members.list_members", rollout_id=rollout_id))


def _tell(name: str, token: str | None) -> None:
    """Show the link of a new account once; who has an account needs none."""
    if token is None:
        flash(_("%(name)s has the role and logs in as before.", name=name), "success")
    else:
        session[SHOWN_LINK] = url_for("entrance.accept_invitation", token=token, _external=True)
