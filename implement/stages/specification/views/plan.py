"""The plan: begin it, its steps over the calendar, when it will likely end, what has become of each step."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import list_waves, local_day
from implement.stages.specification import plan_page
from implement.stages.specification.forms.plan import BeginForm, StartForm, StepForm
from implement.stages.specification.service.plan import steps as service
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.web.access import Permission, requires, standing

pages = Blueprint("specification_plan", __name__, url_prefix="/rollouts/<int:rollout_id>/specification/plan")


@pages.get("")
@requires(Permission.SEE_SPECIFICATION)
def show_plan(rollout_id: int) -> ResponseReturnValue:
    """The steps over the calendar and the likely end."""
    today = local_day(rollout_id, utc_now())
    outlook = read_outlook(rollout_id, today)
    may_write = standing().may(Permission.WRITE_SPECIFICATION)
    return render_template(
        "specification/plan/plan.html",
        outlook=outlook,
        picture=plan_page.draw_plan(outlook, today, rollout_id, may_write=may_write) if outlook else None,
        today=today,
        form=StartForm(obj=outlook.plan) if outlook else None,
        page=plan_page,
    )


@pages.route("/begin", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def begin_plan(rollout_id: int) -> ResponseReturnValue:
    """Choose a plan, its first day and how many waves."""
    form = BeginForm(waves=max(1, len(list_waves(rollout_id))), start=local_day(rollout_id, utc_now())).offer()
    if form.validate_on_submit() and form.start.data is not None:
        key, start, waves = form.template.data, form.start.data, int(str(form.waves.data))
        service.begin_plan(rollout_id, key, start=start, waves=waves, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_plan", rollout_id=rollout_id))
    return render_template("specification/plan/begin.html", form=form, templates=service.read_templates())


@pages.post("/start")
@requires(Permission.WRITE_SPECIFICATION)
def move_start(rollout_id: int) -> ResponseReturnValue:
    """Begin on another day."""
    form, plan = StartForm(), service.find_plan(rollout_id)
    if plan is not None and form.validate_on_submit() and form.start.data is not None:
        service.move_start(plan, form.start.data, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for(".show_plan", rollout_id=rollout_id))


@pages.route("/steps/new", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def add_step(rollout_id: int) -> ResponseReturnValue:
    """Add a step of one's own."""
    form = StepForm().offer(_name_steps(rollout_id))
    if form.validate_on_submit():
        service.add_step(rollout_id, form.said(), form.stage.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_plan", rollout_id=rollout_id))
    return render_template("specification/plan/step.html", form=form, name="")


@pages.route("/steps/<int:step_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def change_step(rollout_id: int, step_id: int) -> ResponseReturnValue:
    """Change a step, or say what has become of it."""
    row, names = service.get_step(rollout_id, step_id), _name_steps(rollout_id)
    form = StepForm(obj=row).offer(names, row.step_key)
    if form.validate_on_submit():
        service.change_step(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_plan", rollout_id=rollout_id))
    return render_template("specification/plan/step.html", form=form, name=names[row.step_key])


def _name_steps(rollout_id: int) -> dict[str, str]:
    """The steps of the plan by their names; none before there is a plan."""
    plan = service.find_plan(rollout_id)
    return plan_page.name_steps(service.list_steps(rollout_id), plan.template_key) if plan else {}
