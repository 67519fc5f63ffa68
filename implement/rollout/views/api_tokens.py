"""API tokens of a rollout: made, shown once, revoked."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.forms.blocks import TOKEN_LABELS, TokenForm
from implement.rollout.service import api_tokens as service
from implement.web.access import Permission, requires, standing
from implement.web.texts import _

pages = Blueprint("api_tokens", __name__, url_prefix="/rollouts/<int:rollout_id>/api-tokens")


@pages.route("", methods=["GET", "POST"])
@requires(Permission.MANAGE_TOKENS)
def list_tokens(rollout_id: int) -> ResponseReturnValue:
    """Which programs may do what here; a form for a new token, which is shown once."""
    form, token = TokenForm(), None
    form.permission.choices = [SelectChoice(p.value, TOKEN_LABELS[p]) for p in service.GRANTABLE if standing().may(p)]
    if form.validate_on_submit():
        asked = {"name": form.name.data, "permission": Permission(form.permission.data)}
        _row, token = service.issue_api_token(standing(), **asked, by=current_user, now=utc_now())
        db.session.commit()
    shown = {"rows": service.list_api_tokens(rollout_id), "labels": TOKEN_LABELS}
    return render_template("accounts/api_tokens.html", form=form, token=token, **shown)


@pages.post("/<int:token_id>/revoke")
@requires(Permission.MANAGE_TOKENS)
def revoke_token(rollout_id: int, token_id: int) -> ResponseReturnValue:
    """End a token at once."""
    service.revoke_api_token(rollout_id, token_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The token is revoked; programs that use it are refused from now on."), "success")
    return redirect(url_for("api_tokens.list_tokens", rollout_id=rollout_id))
