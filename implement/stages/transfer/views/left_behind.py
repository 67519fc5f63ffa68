"""What was left behind on purpose, on one page, and its approval by a second person."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.transfer.before_forms import ApproveForm
from implement.stages.transfer.service import left_behind as service
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_note
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/left-behind")
@requires(Permission.SEE_TRANSFER)
def show_left_behind(rollout_id: int) -> ResponseReturnValue:
    """Tables and columns that were not transferred on purpose, why, who said so, and who approved it."""
    lines = service.list_left_behind(rollout_id, store=current_app.extensions["implement_store"])
    forms = {line: ApproveForm(formdata=None, obj=line) for line in lines}
    waiting = sum(not line.approved_by for line in lines)
    return render_template("transfer/left_behind.html", lines=lines, waiting=waiting, forms=forms, say_note=say_note)


@pages.post("/left-behind")
@requires(Permission.RUN_TRANSFER)
def approve_left_behind(rollout_id: int) -> ResponseReturnValue:
    """Approve, as a second person, that something stays behind."""
    form, store = ApproveForm(), current_app.extensions["implement_store"]
    if form.validate_on_submit():
        place = (form.table.data, form.column.data or "")
        service.approve(rollout_id, place, form.reason.data, store=store, by=current_user, now=utc_now())
        db.session.commit()
        flash(_("Approved: it is left behind on purpose, not lost."), "success")
    return redirect(url_for("transfer.show_left_behind", rollout_id=rollout_id))
