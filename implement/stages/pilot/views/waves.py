"""Waves: may the next one start, all of them over the calendar, help for newcomers, what was promised."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import waves_page
from implement.stages.pilot.forms.waves import SupportForm
from implement.stages.pilot.service import waves as service
from implement.stages.pilot.views.room import pages
from implement.web.access import Permission, requires
from implement.web.texts import _n


@pages.get("")
@requires(Permission.SEE_PILOT)
def show_waves(rollout_id: int) -> ResponseReturnValue:
    """May the next wave start; every wave with its criteria, and the weeks in which help is short."""
    today = local_day(rollout_id, utc_now())
    return render_template("pilot/waves.html", **waves_page.describe(rollout_id, today), today=today, page=waves_page)


@pages.route("/support-plan", methods=["GET", "POST"])
@requires(Permission.RUN_PILOT)
def plan_support(rollout_id: int) -> ResponseReturnValue:
    """Say who helps newcomers, and how much help each needs."""
    plan = service.find_support(rollout_id)
    form = SupportForm(version=plan.version if plan else None)
    if form.validate_on_submit():
        service.plan_support(rollout_id, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_waves", rollout_id=rollout_id))
    if not form.is_submitted():
        form.fill(service.read_terms(plan))
    return render_template("pilot/support_plan.html", form=form)


@pages.post("/promise")
@requires(Permission.RUN_PILOT)
def promise_waves(rollout_id: int) -> ResponseReturnValue:
    """Hold the first days as they stand as what was promised."""
    count = service.promise_waves(rollout_id, by=current_user, now=utc_now())
    db.session.commit()
    flash(_n("One first day is held as promised.", "%(num)d first days are held as promised.", count), "success")
    return redirect(url_for(".show_waves", rollout_id=rollout_id))
