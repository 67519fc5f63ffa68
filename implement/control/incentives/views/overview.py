"""The room's first page: what is paid here, by which rules."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives.forms import PolicyForm
from implement.control.incentives.overview import describe_room
from implement.control.incentives.service.policy import (
    read_pay_currency,
    read_policy,
    set_pay_currency,
    set_policy,
)
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("")
@requires(Permission.SEE_INCENTIVES)
def show_incentives(rollout_id: int) -> ResponseReturnValue:
    """What is paid here and by which rules."""
    chosen = {"policy": read_policy(rollout_id), "currency": read_pay_currency(rollout_id)}
    form, today = PolicyForm(formdata=None, **chosen), local_day(rollout_id, utc_now())
    return render_template("incentives/overview.html", **describe_room(standing(), today), form=form)


@pages.post("/policy")
@requires(Permission.SET_PAY_POLICY)
def choose_policy(rollout_id: int) -> ResponseReturnValue:
    """Choose between rewards in kind, variable pay and both."""
    form = PolicyForm()
    if form.validate_on_submit():
        set_pay_currency(rollout_id, form.currency.data, by=current_user, now=utc_now())
        set_policy(rollout_id, form.policy.data, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Saved."), "success")
    return redirect(url_for("incentives.show_incentives", rollout_id=rollout_id))
