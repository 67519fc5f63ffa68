"""The catalogue of countable activities: readable by everybody whom it counts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.control.activity import words
from implement.control.activity.forms import KpiForm
from implement.control.activity.service import catalogue as service
from implement.control.activity.views.room import pages
from implement.db import db, utc_now
from implement.web.access import Permission, requires
from implement.web.texts import _, language


@pages.get("/kpis")
@requires(Permission.SEE_ACTIVITY)
def list_kpis(rollout_id: int) -> ResponseReturnValue:
    """What is counted, where it comes from, and how each can be gamed."""
    return _show(rollout_id, KpiForm(formdata=None))


@pages.post("/kpis")
@requires(Permission.WRITE_PLANS)
def add_kpi(rollout_id: int) -> ResponseReturnValue:
    """Add an activity of the firm's own."""
    form = _choose(rollout_id, KpiForm())
    if not form.validate_on_submit():
        return _show(rollout_id, form), 422
    words_said = {"name": form.name.data, "how": form.how.data, "gamed": form.gamed.data}
    service.add_kpi(rollout_id, form.to_kpi(), **words_said, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("It stands in the catalogue now; plans of every function can use it."), "success")
    return redirect(url_for("activity.list_kpis", rollout_id=rollout_id))


def _choose(rollout_id: int, form: KpiForm) -> KpiForm:
    names = service.name_kpis(rollout_id, language())
    form.beside.choices = [SelectChoice("", "–"), *(SelectChoice(*one) for one in names.items())]
    return form


def _show(rollout_id: int, form: KpiForm) -> str:
    rows = service.list_kpis(rollout_id, language())
    names = {row.key: row.name for row in rows}
    shown = {"rows": rows, "names": names, "form": _choose(rollout_id, form), "words": words}
    return render_template("activity/kpis.html", **shown)
