"""Files: handed in for either side, read in the background, in use or set aside."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.transfer.forms import FilesForm
from implement.stages.transfer.service import files as service
from implement.stages.transfer.service.results import find_job_of
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import SIDE_LABELS, say_fault, say_separator, say_skipped, say_step
from implement.web.access import Permission, requires
from implement.web.notes import offer_undo
from implement.web.texts import _, _n


@pages.get("/files")
@requires(Permission.SEE_TRANSFER)
def list_files(rollout_id: int) -> ResponseReturnValue:
    """What was handed in for either side, and what was found in it."""
    return _show_files(rollout_id, FilesForm())


@pages.post("/files")
@requires(Permission.RUN_TRANSFER)
def hand_in_files(rollout_id: int) -> ResponseReturnValue:
    """Hand in files of one side; each is read by itself, the same file twice is there once."""
    form = FilesForm()
    if not form.validate_on_submit():
        return _show_files(rollout_id, form)
    store = current_app.extensions["implement_store"]
    for upload in form.uploads:
        given = {"name": upload.filename or "", "stream": upload.stream, "store": store}
        file = service.add_upload(rollout_id, form.side.data, **given, by=current_user, now=utc_now())
        service.enqueue_reading(file, by=current_user, now=utc_now())
    db.session.commit()
    count = len(form.uploads)
    flash(_n("One file was handed in and is being read.", "%(num)d files were handed in and are being read.", count))
    return redirect(url_for("transfer.list_files", rollout_id=rollout_id))


@pages.get("/files/<int:file_id>")
@requires(Permission.SEE_TRANSFER)
def show_file(rollout_id: int, file_id: int) -> ResponseReturnValue:
    """One file: its tables, and each fault with row, column and reason."""
    file = service.get_file(rollout_id, file_id)
    shown = {"tables": service.list_found_tables(file_id), "remarks": service.read_remarks(file)}
    said = {"say_fault": say_fault, "say_skipped": say_skipped, "say_separator": say_separator}
    return render_template("transfer/file.html", file=file, sides=SIDE_LABELS, **shown, **said)


@pages.post("/files/<int:file_id>/set-aside")
@requires(Permission.RUN_TRANSFER)
def set_file_aside(rollout_id: int, file_id: int) -> ResponseReturnValue:
    """Leave a file out of the next run; the note carries the way back."""
    file = service.get_file(rollout_id, file_id)
    service.set_aside(file, by=current_user, now=utc_now())
    db.session.commit()
    way_back = url_for("transfer.use_file_again", rollout_id=rollout_id, file_id=file_id)
    offer_undo(_("%(name)s is left out of the next run.", name=file.name), way_back)
    return redirect(url_for("transfer.list_files", rollout_id=rollout_id))


@pages.post("/files/<int:file_id>/use-again")
@requires(Permission.RUN_TRANSFER)
def use_file_again(rollout_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file into the next run again."""
    service.use_again(service.get_file(rollout_id, file_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.list_files", rollout_id=rollout_id))


def _show_files(rollout_id: int, form: FilesForm) -> ResponseReturnValue:
    rows = service.list_files(rollout_id)
    job = find_job_of(rollout_id, service.READ_JOB)
    shown = {"rows": rows, "form": form, "sides": SIDE_LABELS, "say_step": say_step}
    waiting = any(row.state == "waiting" for row in rows)
    return render_template("transfer/files.html", **shown, job=job if waiting else None)
