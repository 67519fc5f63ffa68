"""The cutover: steps, the decision by name, the way back; made to be used on a phone in the night."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.transfer.cutover_forms import DECISION_LABELS, GoForm, StepForm, WayBackForm, tell_apart
from implement.stages.transfer.cutover_page import CutoverPage, make_line, say_figures
from implement.stages.transfer.service import cutover as service
from implement.stages.transfer.tables import CutoverStep
from implement.stages.transfer.views.room import pages
from implement.web.access import Permission, requires
from implement.web.forms import BaseForm
from implement.web.texts import to_firm_time

DEEDS = {"done": service.mark_done, "undone": service.mark_undone, "remove": service.remove_step}


@pages.get("/cutover")
@requires(Permission.SEE_TRANSFER)
def show_cutover(rollout_id: int) -> ResponseReturnValue:
    """How far the cutover is, what is next, what was decided."""
    return _show(rollout_id)


@pages.post("/cutover/prepare")
@requires(Permission.RUN_TRANSFER)
def prepare_cutover(rollout_id: int) -> ResponseReturnValue:
    """Take the proposed steps over."""
    service.prepare_cutover(rollout_id, by=current_user, now=utc_now())
    return _back(rollout_id)


@pages.post("/cutover/steps")
@requires(Permission.RUN_TRANSFER)
def add_cutover_step(rollout_id: int) -> ResponseReturnValue:
    """Add a step of one's own."""
    form = StepForm()
    if not form.validate_on_submit():
        return _show(rollout_id, step=form), 422
    service.add_step(rollout_id, form.read_terms(), by=current_user, now=utc_now())
    return _back(rollout_id)


@pages.get("/cutover/steps/<int:step_id>")
@requires(Permission.SEE_TRANSFER)
def show_cutover_step(rollout_id: int, step_id: int) -> ResponseReturnValue:
    """One step, to be corrected."""
    step = service.get_step(rollout_id, step_id)
    planned = to_firm_time(step.planned_at) if step.planned_at else None
    moment = {"day": planned.date(), "clock": planned.strftime("%H:%M")} if planned else {}
    return _show_step(step, StepForm(obj=step, **moment))


@pages.post("/cutover/steps/<int:step_id>")
@requires(Permission.RUN_TRANSFER)
def change_cutover_step(rollout_id: int, step_id: int) -> ResponseReturnValue:
    """Correct a step."""
    step, form = service.get_step(rollout_id, step_id), StepForm()
    if not form.validate_on_submit():
        return _show_step(step, form), 422
    service.change_step(step, form.read_terms(), by=current_user, now=utc_now())
    return _back(rollout_id)


@pages.post("/cutover/steps/<int:step_id>/<any(done,undone,remove):deed>")
@requires(Permission.RUN_TRANSFER)
def settle_cutover_step(rollout_id: int, step_id: int, deed: str) -> ResponseReturnValue:
    """Say that a step is done, take that back, or leave the step out."""
    DEEDS[deed](service.get_step(rollout_id, step_id), by=current_user, now=utc_now())
    return _back(rollout_id)


@pages.post("/cutover/<any(decide,back):what>")
@requires(Permission.RUN_TRANSFER)
def decide_cutover(rollout_id: int, what: str) -> ResponseReturnValue:
    """Decide to go or not, or until when the way back is open; by name, role and reason."""
    form = GoForm() if what == "decide" else WayBackForm()
    if not form.validate_on_submit():
        return _show(rollout_id, **{"go" if what == "decide" else "way_back": form}), 422
    service.decide(rollout_id, form.read_terms(), by=current_user, now=utc_now())
    return _back(rollout_id)


def _back(rollout_id: int) -> ResponseReturnValue:
    db.session.commit()
    return redirect(url_for("transfer.show_cutover", rollout_id=rollout_id))


def _show(rollout_id: int, **sent: BaseForm) -> str:
    forms = {"step": StepForm(formdata=None), "go": GoForm(formdata=None), "way_back": WayBackForm(formdata=None)}
    page = CutoverPage.open(rollout_id, utc_now(), store=current_app.extensions["implement_store"])
    said = {"labels": DECISION_LABELS, "say_figures": say_figures, "forms": tell_apart({**forms, **sent})}
    return render_template("transfer/cutover.html", one=page, **said)


def _show_step(step: CutoverStep, form: StepForm) -> str:
    return render_template("transfer/cutover_step.html", line=make_line(step, utc_now()), form=form)
