"""The variable amount agreed with each person."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import amount_page
from implement.control.incentives.forms import AmountForm
from implement.control.incentives.service.amounts import agree_amount
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/amounts")
@requires(Permission.AGREE_PAY)
def list_amounts(rollout_id: int) -> ResponseReturnValue:
    """What was agreed with whom."""
    form = amount_page.offer_choices(AmountForm(formdata=None), rollout_id)
    return _show(rollout_id, form)


@pages.post("/amounts")
@requires(Permission.AGREE_PAY)
def agree(rollout_id: int) -> ResponseReturnValue:
    """Write down what was agreed with a person from a day on."""
    form = amount_page.offer_choices(AmountForm(), rollout_id)
    if not form.validate_on_submit():
        return _show(rollout_id, form), 422
    said = {"valid_from": form.valid_from.data, "by": current_user, "now": utc_now()}
    agree_amount(rollout_id, form.person_id.data, form.rule_id.data, int(form.amount.data or 0), **said)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("incentives.list_amounts", rollout_id=rollout_id))


def _show(rollout_id: int, form: AmountForm) -> str:
    shown = amount_page.describe(rollout_id, local_day(rollout_id, utc_now()))
    return render_template("incentives/amounts.html", **shown, form=form)
