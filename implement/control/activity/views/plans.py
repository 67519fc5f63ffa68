"""Periods and plans: the same KPIs and weights for everybody with a function."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.activity import planning_page as page
from implement.control.activity.forms import PeriodForm, PlanForm, fill_plan
from implement.control.activity.service import periods, plans
from implement.control.activity.service.catalogue import read_kpis
from implement.control.activity.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, may, requires, standing
from implement.web.texts import _, language


@pages.get("/first")
@requires(Permission.SEE_ACTIVITY)
def enter(rollout_id: int) -> ResponseReturnValue:
    """Lead to the page that is this person's: whoever leads has a morning, whoever sells a month."""
    own = "activity.show_month" if may("report_activity") else "activity.list_plans"
    return redirect(url_for("activity.show_morning" if may("see_morning") else own, rollout_id=rollout_id))


@pages.get("")
@requires(Permission.SEE_ACTIVITY)
def list_plans(rollout_id: int) -> ResponseReturnValue:
    """Which plans are in force, and what each counts; everybody can read it."""
    return _show(PeriodForm(formdata=None))


@pages.post("/periods")
@requires(Permission.WRITE_PLANS)
def add_period(rollout_id: int) -> ResponseReturnValue:
    """Begin a period to be planned."""
    form = PeriodForm()
    if not form.validate_on_submit():
        return _show(form), 422
    first_day, last_day = form.first_day.data, form.last_day.data
    assert first_day is not None
    assert last_day is not None
    periods.add_period(rollout_id, first_day, last_day, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("activity.list_plans", rollout_id=rollout_id))


@pages.route("/periods/<int:period_id>/plan", methods=["GET", "POST"])
@requires(Permission.WRITE_PLANS)
def write_plan(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Write the plan of a function: KPIs and weights that come to 100 %."""
    period, role, kpis = (
        periods.get_period(rollout_id, period_id),
        request.args.get("role", ""),
        read_kpis(rollout_id, language()),
    )
    plan = next((one for one in plans.read_plans(period_id).values() if one.role == role), None)
    form = PlanForm(data=fill_plan(plan)).choose(kpis)
    if form.validate_on_submit():
        now = utc_now()
        said = {"seen": form.version.data, "by": current_user, "now": now, "today": local_day(rollout_id, now)}
        plans.write_plan(rollout_id, period, role, form.to_items(kpis), form.to_settings(), **said)
        db.session.commit()
        flash(_("The plan is kept. Next: targets for each person."), "success")
        return redirect(url_for("activity.list_plans", rollout_id=rollout_id))
    shown = {"period": period, "role": page.name_role(role), "form": form, "kpis": kpis}
    return render_template("activity/plan.html", **shown), 422 if request.method == "POST" else 200


def _show(form: PeriodForm) -> str:
    here = standing()
    shown = page.describe_plans(here, local_day(here.rollout_id, utc_now()))
    return render_template("activity/plans.html", **shown, form=form, name_role=page.name_role)
