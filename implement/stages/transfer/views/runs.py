"""Runs: the room's first page, a new run, the results of one, and all of them one beside the other."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.kept_page import kept
from implement.stages.transfer.pictures import draw_runs
from implement.stages.transfer.run_page import RunPage, open_beginning
from implement.stages.transfer.service import runs as service
from implement.stages.transfer.service.results import count_by_run, find_job_of, list_runs
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_step
from implement.stages.transfer.work import make_workshop
from implement.web.access import Permission, requires


@pages.get("")
@requires(Permission.SEE_TRANSFER)
def show_room(rollout_id: int) -> ResponseReturnValue:
    """The newest results, or what is to be done before there are any."""
    run = service.find_newest_run(rollout_id)
    job = find_job_of(rollout_id, service.RUN_JOB)
    if run is None:
        begin = open_beginning(rollout_id)
        return render_template("transfer/begin.html", one=begin, job=job, say_step=say_step)
    return render_template("transfer/run.html", one=RunPage.open(run), job=job, say_step=say_step)


@pages.post("/runs")
@requires(Permission.RUN_TRANSFER)
def begin_run(rollout_id: int) -> ResponseReturnValue:
    """Freeze what is at hand and have it reconciled in the background."""
    given = {"store": current_app.extensions["implement_store"], "workshop": make_workshop()}
    run = service.begin_run(rollout_id, **given, by=current_user, now=utc_now())
    service.enqueue_run(run, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.show_room", rollout_id=rollout_id))


@pages.get("/runs")
@requires(Permission.SEE_TRANSFER)
def show_runs(rollout_id: int) -> ResponseReturnValue:
    """All runs with their totals, the newest first."""
    picture = draw_runs(rollout_id, count_by_run(rollout_id))
    return render_template("transfer/runs.html", rows=list_runs(rollout_id), picture=picture)


@pages.get("/runs/<int:number>")
@requires(Permission.SEE_TRANSFER)
@kept
def show_run(rollout_id: int, number: int) -> str:
    """The results of one run."""
    page = RunPage.open(service.get_finished_run(rollout_id, number))
    return render_template("transfer/run.html", one=page, job=None, say_step=say_step)
