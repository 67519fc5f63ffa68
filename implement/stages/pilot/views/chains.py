"""Chains of an order: begin one, change its steps, rehearse it; the firm's open hours."""

import tempfile
from pathlib import Path, PurePath

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import chains_page
from implement.stages.pilot.forms.chains import HoursForm, RunsForm, SimulationForm, StepForm
from implement.stages.pilot.service import chains as service
from implement.stages.pilot.service import hours, rehearsals
from implement.stages.pilot.views.room import pages
from implement.web.access import Permission, requires


@pages.get("/chains")
@requires(Permission.SEE_PILOT)
def list_chains(rollout_id: int) -> ResponseReturnValue:
    """Every chain and every rehearsal."""
    form = chains_page.offer_chains(rollout_id)
    return render_template("pilot/chains.html", **chains_page.describe(rollout_id, utc_now()), form=form)


@pages.post("/chains")
@requires(Permission.RUN_PILOT)
def begin_chain(rollout_id: int) -> ResponseReturnValue:
    """Begin a chain from a template, a drawn workflow or nothing."""
    form = chains_page.offer_chains(rollout_id)
    if not form.validate_on_submit():
        shown = chains_page.describe(rollout_id, utc_now())
        return render_template("pilot/chains.html", **shown, form=form), 422
    name, steps = chains_page.find_start(rollout_id, form)
    team_id, now = form.team_id.data or None, utc_now()
    row = service.begin_chain(rollout_id, name, steps, team_id=team_id, by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".show_chain", rollout_id=rollout_id, chain_id=row.id))


@pages.get("/chains/<int:chain_id>")
@requires(Permission.SEE_PILOT)
def show_chain(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """The steps with their clocks, and what can be rehearsed."""
    chain = service.get_chain(rollout_id, chain_id)
    simulation = SimulationForm(first_day=local_day(rollout_id, utc_now()))
    forms = {"form": StepForm(), "simulation": simulation, "runs": RunsForm()}
    return render_template("pilot/chain.html", **chains_page.describe_chain(chain, utc_now()), **forms)


@pages.post("/chains/<int:chain_id>/steps")
@requires(Permission.RUN_PILOT)
def add_step(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """Add a step at the end."""
    chain, form = service.get_chain(rollout_id, chain_id), StepForm()
    if not form.validate_on_submit():
        forms = {"form": form, "simulation": SimulationForm(formdata=None), "runs": RunsForm(formdata=None)}
        return render_template("pilot/chain.html", **chains_page.describe_chain(chain, utc_now()), **forms), 422
    service.add_step(chain, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_chain", rollout_id=rollout_id, chain_id=chain_id))


@pages.post("/chains/<int:chain_id>/steps/<int:step_id>/<any(up,remove):way>")
@requires(Permission.RUN_PILOT)
def change_step(rollout_id: int, chain_id: int, step_id: int, way: str) -> ResponseReturnValue:
    """Let a step come earlier, or take it out."""
    change = service.move_step if way == "up" else service.remove_step
    change(service.get_chain(rollout_id, chain_id), step_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_chain", rollout_id=rollout_id, chain_id=chain_id))


@pages.post("/chains/<int:chain_id>/simulate")
@requires(Permission.RUN_PILOT)
def simulate(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """Rehearse without people."""
    chain, form = service.get_chain(rollout_id, chain_id), SimulationForm()
    if not form.validate_on_submit() or form.first_day.data is None:
        forms = {"form": StepForm(formdata=None), "simulation": form, "runs": RunsForm(formdata=None)}
        return render_template("pilot/chain.html", **chains_page.describe_chain(chain, utc_now()), **forms), 422
    seed, orders = int(str(form.seed.data)), int(str(form.orders.data))
    row = rehearsals.simulate(chain, seed, orders, form.first_day.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=row.id))


@pages.post("/chains/<int:chain_id>/import")
@requires(Permission.RUN_PILOT)
def import_runs(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """Take over what really happened, or show every fault; nothing is half taken."""
    chain, form, store = service.get_chain(rollout_id, chain_id), RunsForm(), current_app.extensions["implement_store"]
    if not form.validate_on_submit() or form.file.data is None:
        forms = {"form": StepForm(formdata=None), "simulation": SimulationForm(formdata=None), "runs": form}
        return render_template("pilot/chain.html", **chains_page.describe_chain(chain, utc_now()), **forms), 422
    kept = store.put(form.file.data.stream, limit_bytes=form.file.limit_bytes)
    name = PurePath(form.file.data.filename or "runs.csv").name
    with tempfile.TemporaryDirectory() as folder:
        found = rehearsals.read_file(chain, store.path(kept.sha256), name, Path(folder))
    if found.faults or found.unreadable or not found.runs:
        faults = chains_page.say_faults(found)
        return render_template("pilot/faults.html", chain=chain, faults=faults, name=name), 422
    row = rehearsals.take_runs(chain, found, name=name, sha256=kept.sha256, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=row.id))


@pages.post("/chains/<int:chain_id>/live")
@requires(Permission.RUN_PILOT)
def start_live(rollout_id: int, chain_id: int) -> ResponseReturnValue:
    """Let the clocks run with people."""
    row = rehearsals.start_live(service.get_chain(rollout_id, chain_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=row.id))


@pages.route("/open-hours", methods=["GET", "POST"])
@requires(Permission.RUN_PILOT)
def set_hours(rollout_id: int) -> ResponseReturnValue:
    """Say when the firm is open."""
    form, now = HoursForm(), utc_now()
    if form.validate_on_submit():
        hours.set_hours(rollout_id, *form.said(), by=current_user, now=now)
        db.session.commit()
        return redirect(url_for(".list_chains", rollout_id=rollout_id))
    known = hours.read_hours(rollout_id, local_day(rollout_id, now))
    return render_template("pilot/hours.html", form=form if form.is_submitted() else form.fill(known))
