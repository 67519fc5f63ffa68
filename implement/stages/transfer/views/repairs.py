"""Repair files: asked for of a run or a case, shown with what is in no file, downloaded unchanged."""

from flask import Response, current_app, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.jobs import find_job
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.stages.transfer import repair_words as words
from implement.stages.transfer.service import repairs as service
from implement.stages.transfer.service.case_list import list_sightings
from implement.stages.transfer.service.cases import get_case
from implement.stages.transfer.service.runs import find_newest_run, get_finished_run
from implement.stages.transfer.tables import RepairFile, TransferRun
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_step
from implement.web.access import Permission, requires
from implement.web.texts import lazy


@pages.get("/runs/<int:number>/repairs")
@requires(Permission.SEE_TRANSFER)
def list_repairs(rollout_id: int, number: int) -> str:
    """The repair files of a run that were asked for, and the way to new ones."""
    run = get_finished_run(rollout_id, number)
    return render_template("transfer/repairs.html", run=run, rows=service.list_repairs(rollout_id, run.id))


@pages.post("/runs/<int:number>/repairs")
@requires(Permission.RUN_TRANSFER)
def ask_for_repair(rollout_id: int, number: int) -> ResponseReturnValue:
    """Have the repair files of a run put together."""
    row = service.ask_for_repair(get_finished_run(rollout_id, number), None, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.show_repair", rollout_id=rollout_id, repair_id=row.id))


@pages.post("/cases/<int:number>/repairs")
@requires(Permission.WORK_ON_CASES)
def ask_for_case_repair(rollout_id: int, number: int) -> ResponseReturnValue:
    """Have the repair file of one case put together, from the run that saw it last."""
    case = get_case(rollout_id, number)
    run = get_finished_run(rollout_id, list_sightings(case)[0].run_number)
    if not _is_newest(run):
        raise RuleBroken(lazy("The newest run no longer found this case, so there is nothing to repair."))
    row = service.ask_for_repair(run, case, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.show_repair", rollout_id=rollout_id, repair_id=row.id))


@pages.get("/repairs/<int:repair_id>")
@requires(Permission.SEE_TRANSFER)
def show_repair(rollout_id: int, repair_id: int) -> str:
    """What a repair puts in, in which order, and what is in no file and why."""
    row = service.get_repair(rollout_id, repair_id)
    members = service.list_members(row, store=current_app.extensions["implement_store"])
    job = find_job(row.job_id, rollout_id) if row.job_id is not None and row.made_at is None else None
    shown = {"named": service.name_repair(row), "members": members, "job": job, "say_step": say_step}
    return render_template("transfer/repair.html", row=row, words=words, **shown)


@pages.get("/repairs/<int:repair_id>/repair.zip")
@requires(Permission.SEE_TRANSFER)
def download_repair(rollout_id: int, repair_id: int) -> ResponseReturnValue:
    """The whole archive, the same bytes each time."""
    row = service.get_repair(rollout_id, repair_id)
    path = current_app.extensions["implement_store"].path(_demand_made(row))
    return send_file(path, "application/zip", as_attachment=True, download_name=f"repair-{repair_id}.zip")


@pages.get("/repairs/<int:repair_id>/files/<int:place>")
@requires(Permission.SEE_TRANSFER)
def download_repair_file(rollout_id: int, repair_id: int, place: int) -> ResponseReturnValue:
    """One file of the archive."""
    row = service.get_repair(rollout_id, repair_id)
    name, content = service.open_member(row, place, store=current_app.extensions["implement_store"])
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=name.replace("/", "-"))
    return answer


def _demand_made(row: RepairFile) -> str:
    if row.sha256 is None:
        raise NotFound(lazy("There are no such repair files."))
    return row.sha256


def _is_newest(run: TransferRun) -> bool:
    newest = find_newest_run(run.rollout_id)
    return newest is not None and newest.id == run.id
