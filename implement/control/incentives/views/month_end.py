"""HR's month end, what the payroll office says, and a run as its files."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.incentives import month_end_page, words
from implement.control.incentives.forms.payroll import OfficeForm
from implement.control.incentives.service import payroll as service
from implement.control.incentives.service.runs import get_run
from implement.control.incentives.views.room import pages
from implement.db import db, utc_now
from implement.engine.payroll import UnusableRun
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/month-end")
@requires(Permission.SEE_PAY)
def show_month_end(rollout_id: int) -> ResponseReturnValue:
    """What the newest month pays, what waits, how pay and targets compare, and the files for payroll."""
    store = current_app.extensions["implement_store"]
    shown = month_end_page.describe(rollout_id, local_day(rollout_id, utc_now()), store=store)
    form = OfficeForm(formdata=None, **vars(service.read_office(rollout_id)))
    return render_template("incentives/month_end.html", **shown, form=form)


@pages.post("/month-end/office")
@requires(Permission.APPROVE_PAY)
def set_office(rollout_id: int) -> ResponseReturnValue:
    """Keep what the payroll office says."""
    form = OfficeForm()
    if form.validate_on_submit():
        office = service.OfficeSettings(**{name: form[name].data or "" for name in vars(service.OfficeSettings())})
        service.set_office(rollout_id, office, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Saved."), "success")
    else:
        flash(_("One of these texts is too long; nothing was changed."), "error")
    return redirect(url_for("incentives.show_month_end", rollout_id=rollout_id))


@pages.get("/runs/<int:run_id>/payroll/<any(csv,xlsx,lodas,lug,lexware,optima):kind>")
@requires(Permission.APPROVE_PAY)
def download_payroll(rollout_id: int, run_id: int, kind: str) -> ResponseReturnValue:
    """The run as files of one program with the control file, or every reason why not; the same bytes each time."""
    run = get_run(rollout_id, run_id)
    try:
        file = service.export_run(run, kind)
    except UnusableRun as refused:
        shown = {"faults": month_end_page.say_refusals(refused.faults), "program": words.PROGRAMS[kind]}
        return render_template("incentives/refused.html", run=run, **shown), 409
    response = current_app.response_class(file.content, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
