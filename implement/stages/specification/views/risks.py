"""The register of risks: what rules have found, one risk, one's own."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.audit.service.found import list_found
from implement.stages.specification import risks_page
from implement.stages.specification.forms.risks import RiskForm
from implement.stages.specification.service.risks import register
from implement.web.access import Permission, requires
from implement.web.texts import _n

pages = Blueprint("specification_risks", __name__, url_prefix="/rollouts/<int:rollout_id>/specification/risks")


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def list_risks(rollout_id: int) -> ResponseReturnValue:
    """Every risk with what speaks for it, and what the rules have found since."""
    store, rows = current_app.extensions["implement_store"], register.list_risks(rollout_id)
    found = register.find_now(rollout_id, store, local_day(rollout_id, utc_now()))
    return render_template(
        "specification/risks/risks.html",
        rows=rows,
        news=register.count_news(rows, found),
        found={one.key: one for one in list_found(rollout_id, store)},
        names={user_id: name for user_id, name, *_rest in list_members(rollout_id)},
        currency=get_rollout(rollout_id).currency,
        page=risks_page,
    )


@pages.post("/take-over")
@requires(Permission.WRITE_SPECIFICATION)
def take_over(rollout_id: int) -> ResponseReturnValue:
    """Bring the register up to date with the rules."""
    store, now = current_app.extensions["implement_store"], utc_now()
    changed = register.take_over(rollout_id, store, today=local_day(rollout_id, now), by=current_user, now=now)
    db.session.commit()
    flash(_n("One risk was brought up to date.", "%(num)d risks were brought up to date.", changed))
    return redirect(url_for(".list_risks", rollout_id=rollout_id))


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_risk(rollout_id: int) -> ResponseReturnValue:
    """Add a risk that no rule knows."""
    form = RiskForm().offer(rollout_id)
    if form.validate_on_submit():
        register.add_risk(rollout_id, form.said(), by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".list_risks", rollout_id=rollout_id))
    return render_template("specification/risks/risk.html", form=form, row=None, page=risks_page)


@pages.route("/<int:risk_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_risk(rollout_id: int, risk_id: int) -> ResponseReturnValue:
    """Give a risk its owner, prevention, early sign, budget and state."""
    row = register.get_risk(rollout_id, risk_id)
    form = RiskForm(obj=row).offer(rollout_id)
    if form.validate_on_submit():
        register.change_risk(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".list_risks", rollout_id=rollout_id, _anchor=f"risk-{row.id}"))
    return render_template("specification/risks/risk.html", form=form, row=row, page=risks_page)
