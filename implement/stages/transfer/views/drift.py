"""Drift after the cutover: a later export handed in, what happened to the transferred records, one record."""

from dataclasses import replace

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.named_people import name_people
from implement.rollout.service.rollouts import local_day
from implement.stages.transfer.drift_forms import DriftForm
from implement.stages.transfer.drift_page import DriftPage
from implement.stages.transfer.drift_record import DriftRecordPage
from implement.stages.transfer.drift_words import CHANGE_LABELS
from implement.stages.transfer.service import drift as service
from implement.stages.transfer.service import drift_rows as rows
from implement.stages.transfer.service.results import find_job_of
from implement.stages.transfer.service.runs import get_finished_run
from implement.stages.transfer.tables import DriftRun
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_fault, say_skipped, say_step
from implement.stages.transfer.work import make_workshop
from implement.store import Store
from implement.web.access import Permission, requires

PAGE = "transfer.show_drift"


@pages.get("/cutover/drift")
@requires(Permission.SEE_TRANSFER)
def show_newest_drift(rollout_id: int) -> ResponseReturnValue:
    """What happened to the transferred records, as the newest later export shows it."""
    return _show(rollout_id, service.find_newest_drift(rollout_id, finished=True))


@pages.post("/cutover/drift")
@requires(Permission.RUN_TRANSFER)
def begin_drift(rollout_id: int) -> ResponseReturnValue:
    """Keep a later export and have it compared in the background."""
    form = DriftForm.offer(rollout_id)
    if not form.validate_on_submit():
        return _show(rollout_id, service.find_newest_drift(rollout_id, finished=True), form), 422
    run = get_finished_run(rollout_id, form.number.data)
    files = [service.keep_upload(one.filename or "", one.stream, store=_store()) for one in form.uploads]
    given = {"by": current_user, "now": utc_now()}
    exported_on = form.exported_on.data or local_day(rollout_id, utc_now())
    drift = service.begin_drift(run, files, exported_on, workshop=make_workshop(), **given)
    service.enqueue_drift(drift, **given)
    db.session.commit()
    return redirect(url_for("transfer.show_newest_drift", rollout_id=rollout_id))


@pages.get("/cutover/drift/<int:number>")
@requires(Permission.SEE_TRANSFER)
def show_drift(rollout_id: int, number: int) -> ResponseReturnValue:
    """What one later export shows."""
    return _show(rollout_id, service.get_drift(rollout_id, number))


@pages.get("/cutover/drift/<int:number>/rows/<int:place>")
@requires(Permission.SEE_TRANSFER)
def show_drifted_record(rollout_id: int, number: int, place: int) -> ResponseReturnValue:
    """One record as it was at the cutover and as it is now."""
    drift = service.get_drift(rollout_id, number)
    names = _names(rollout_id, drift)
    record = DriftRecordPage(rows.read_record(drift, place, store=_store(), names=names))
    return render_template("transfer/drift_record.html", drift=drift, one=record, labels=CHANGE_LABELS)


@pages.get("/cutover/drift/<int:number>/drift.csv")
@requires(Permission.SEE_TRANSFER)
def download_drift(rollout_id: int, number: int) -> ResponseReturnValue:
    """Everything that was found as a file; people as the reader may see them."""
    drift = service.get_drift(rollout_id, number)
    names = _names(rollout_id, drift)
    written = "".join(rows.write_rows(service.get_drift(rollout_id, number), store=_store(), names=names))
    answer = Response("\ufeff" + written, mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="drift-{number}.csv"'
    return answer


def _show(rollout_id: int, drift: DriftRun | None, form: DriftForm | None = None) -> str:
    page, listed = None, None
    if drift is not None:
        page = DriftPage.open(drift, store=_store())
        people = name_people(rollout_id, page.everybody, page=PAGE)
        page = replace(page, people=people)
        listing = rows.make_listing(page.counts, CHANGE_LABELS, shows_people=not people.is_withheld)
        listed = rows.page_rows(drift, listing, request.args, store=_store(), names=people.names)
    job = find_job_of(rollout_id, service.DRIFT_JOB)
    said = {"labels": CHANGE_LABELS, "say_step": say_step, "say_fault": say_fault, "say_skipped": say_skipped}
    shown = {"one": page, "page": listed, "job": job, "form": form or DriftForm.offer(rollout_id)}
    return render_template("transfer/drift.html", **shown, **said)


def _names(rollout_id: int, drift: DriftRun) -> dict[str, str]:
    everybody = DriftPage.open(drift, store=_store()).everybody
    return name_people(rollout_id, everybody, page=PAGE).names


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
