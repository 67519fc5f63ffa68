"""Value messages: the same task before and after, measured, and a sheet to hand out."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import company_name, get_rollout, local_day
from implement.stages.pilot import values_page
from implement.stages.pilot.forms.changes import TimingForm, ValueForm
from implement.stages.pilot.service import values
from implement.stages.pilot.service.training.lessons import list_roles
from implement.web.access import Permission, requires
from implement.web.notes import is_put_back, tell_removed
from implement.web.pdf import render_pdf
from implement.web.texts import _

pages = Blueprint("pilot_values", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/values")


@pages.get("")
@requires(Permission.LEARN)
def list_values(rollout_id: int) -> ResponseReturnValue:
    """Every comparison, by role, with how it was measured."""
    rows = values.list_values(rollout_id)
    return render_template("pilot/changes/values.html", rows=rows, page=values_page)


@pages.get("/sheet.pdf")
@requires(Permission.LEARN)
def print_sheet(rollout_id: int) -> ResponseReturnValue:
    """One page to hand out, with what was measured often enough."""
    rows = [row for row in values.list_values(rollout_id) if values.is_worth_telling(row.found)]
    company = company_name(get_rollout(rollout_id))
    html = render_template("pilot/changes/sheet.html", rows=rows, company=company, page=values_page)
    response = current_app.response_class(render_pdf(html, request.url_root), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="before-and-after-{rollout_id}.pdf"'
    return response


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def add_value(rollout_id: int) -> ResponseReturnValue:
    """Name a task that is to be measured."""
    form = ValueForm().offer(list_roles(rollout_id))
    if not form.validate_on_submit():
        return render_template("pilot/changes/value.html", form=form, row=None), 422 if form.is_submitted() else 200
    row = values.add_message(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".measure", rollout_id=rollout_id, message_id=row.id))


@pages.route("/<int:message_id>/change", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def change_value(rollout_id: int, message_id: int) -> ResponseReturnValue:
    """Change the words of a message."""
    row = values.get_message(rollout_id, message_id)
    form = ValueForm(obj=row).offer(list_roles(rollout_id))
    if not form.validate_on_submit():
        return render_template("pilot/changes/value.html", form=form, row=row), 422 if form.is_submitted() else 200
    values.change_message(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".measure", rollout_id=rollout_id, message_id=row.id))


@pages.route("/<int:message_id>", methods=["GET", "POST"])
@requires(Permission.RUN_TRAINING)
def measure(rollout_id: int, message_id: int) -> ResponseReturnValue:
    """Note one measured doing; see all of them."""
    row, now = values.get_message(rollout_id, message_id), utc_now()
    today = local_day(rollout_id, now)
    form = TimingForm(measured_on=today)
    if form.validate_on_submit():
        values.add_timing(row, form.side.data, form.timing, today=today, by=current_user, now=now)
        db.session.commit()
        return redirect(url_for(".measure", rollout_id=rollout_id, message_id=message_id))
    timings = values.list_timings(row)
    shown = {"row": row, "form": form, "timings": timings, "found": values.compare(timings), "page": values_page}
    return render_template("pilot/changes/measure.html", **shown), 422 if form.is_submitted() else 200


@pages.post("/<int:message_id>/<any(remove, restore):action>")
@requires(Permission.RUN_TRAINING)
def remove_value(rollout_id: int, message_id: int, action: str) -> ResponseReturnValue:
    """Take a message away, or put it back."""
    row = values.get_message(rollout_id, message_id)
    values.remove_message(row, is_back=is_put_back(), by=current_user, now=utc_now())
    db.session.commit()
    tell_removed(_("The comparison was taken away."))
    return redirect(url_for(".list_values", rollout_id=rollout_id))


@pages.post("/<int:message_id>/timings/<int:timing_id>/<any(remove, restore):action>")
@requires(Permission.RUN_TRAINING)
def remove_timing(rollout_id: int, message_id: int, timing_id: int, action: str) -> ResponseReturnValue:
    """Take a wrong measurement out, or put it back."""
    row = values.get_message(rollout_id, message_id)
    values.remove_timing(row, timing_id, is_back=is_put_back(), by=current_user, now=utc_now())
    db.session.commit()
    tell_removed(_("The measurement was taken out."))
    return redirect(url_for(".measure", rollout_id=rollout_id, message_id=message_id))
