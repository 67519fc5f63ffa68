"""One rehearsal: what was in time, by step and role, what is late; a live one is worked on here."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.stages.pilot import chains_page
from implement.stages.pilot.forms.chains import OrderForm
from implement.stages.pilot.service import rehearsals as service
from implement.stages.pilot.views.room import pages
from implement.web.access import Permission, requires


@pages.get("/rehearsals/<int:rehearsal_id>")
@requires(Permission.SEE_PILOT)
def show_rehearsal(rollout_id: int, rehearsal_id: int) -> ResponseReturnValue:
    """Shares in time with their intervals, and every late step."""
    row = service.get_rehearsal(rollout_id, rehearsal_id)
    shown = chains_page.describe_rehearsal(row, utc_now())
    return render_template("pilot/rehearsal.html", **shown, form=OrderForm(), page=chains_page)


@pages.post("/rehearsals/<int:rehearsal_id>/orders")
@requires(Permission.TEST_PILOT)
def begin_order(rollout_id: int, rehearsal_id: int) -> ResponseReturnValue:
    """A request has come."""
    row, form = service.get_rehearsal(rollout_id, rehearsal_id), OrderForm()
    if not form.validate_on_submit():
        shown = chains_page.describe_rehearsal(row, utc_now())
        return render_template("pilot/rehearsal.html", **shown, form=form, page=chains_page), 422
    service.begin_order(row, str(form.number.data), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=rehearsal_id))


@pages.post("/rehearsals/<int:rehearsal_id>/steps/<int:clock_id>/done")
@requires(Permission.TEST_PILOT)
def finish_step(rollout_id: int, rehearsal_id: int, clock_id: int) -> ResponseReturnValue:
    """A step is done."""
    service.finish_step(service.get_rehearsal(rollout_id, rehearsal_id), clock_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_rehearsal", rollout_id=rollout_id, rehearsal_id=rehearsal_id))
