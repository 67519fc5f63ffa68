"""HR's month end, what the payroll office says, and a run as its files."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import files_page, month_end_page
from implement.control.incentives.forms.payroll import OfficeForm
from implement.control.incentives.service import office as service
from implement.control.incentives.service import runs
from implement.control.incentives.service.month_end import find_newest
from implement.control.incentives.service.preparing import read_signed_file
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/month-end")
@requires(Permission.SEE_PAY)
def show_month_end(rollout_id: int) -> ResponseReturnValue:
    """What the newest month pays, what waits, how pay and targets compare, and the files for payroll."""
    store, today = current_app.extensions["implement_store"], local_day(rollout_id, utc_now())
    newest = find_newest(rollout_id)
    shown = month_end_page.describe(rollout_id, newest, today, store=store)
    form = OfficeForm(formdata=None, **vars(service.read_office(rollout_id)))
    run = runs.get_run(rollout_id, newest.id) if newest else None
    secret = str(current_app.config["SECRET_KEY"])
    files = files_page.describe_files(run, standing(), secret, today) if run else None
    return render_template("incentives/month_end.html", **shown, form=form, run=run, files=files)


@pages.post("/month-end/office")
@requires(Permission.APPROVE_PAY)
def set_office(rollout_id: int) -> ResponseReturnValue:
    """Keep what the payroll office says, and have the files of open runs prepared by it."""
    form, now = OfficeForm(), utc_now()
    if form.validate_on_submit():
        texts = {name: form[name].data or "" for name in service.TEXTS}
        office = service.OfficeSettings(**texts, programs=tuple(form.programs.data or ()))
        service.set_office(rollout_id, office, by=current_user, now=now)
        again = runs.prepare_open_runs(rollout_id, by=current_user, now=now)
        db.session.commit()
        flash(files_page.say_prepared_again(again), "success")
    else:
        flash(_("One of these texts is too long; nothing was changed."), "error")
    return redirect(url_for("incentives.show_month_end", rollout_id=rollout_id))


@pages.post("/runs/<int:run_id>/files/prepare")
@requires(Permission.RUN_PAY)
def prepare_files(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Have the files of a run prepared anew, as the office says now."""
    runs.enqueue_prepare(runs.get_run(rollout_id, run_id), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_run", rollout_id=rollout_id, run_id=run_id))


@pages.post("/runs/<int:run_id>/files/sign")
@requires(Permission.APPROVE_PAY)
def sign_files(rollout_id: int, run_id: int) -> ResponseReturnValue:
    """Sign files that were prepared anew after the approval: somebody else than whoever computed."""
    run, seen = runs.get_run(rollout_id, run_id), request.form.get("files_seen", "")
    runs.sign_files_again(run, files_seen=seen, roles=standing().roles, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("incentives.show_run", rollout_id=rollout_id, run_id=run_id))


@pages.get("/runs/<int:run_id>/payroll/<any(csv,xlsx,lodas,lug,lexware,optima):kind>")
@requires(Permission.APPROVE_PAY)
def download_payroll(rollout_id: int, run_id: int, kind: str) -> ResponseReturnValue:
    """The file of one program with its control file: exactly the bytes that were prepared and signed."""
    store = current_app.extensions["implement_store"]
    file = read_signed_file(runs.get_run(rollout_id, run_id), kind, store=store)
    response = current_app.response_class(file.content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
