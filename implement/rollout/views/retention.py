"""How long what is kept about people is kept: for everybody to read, for the lead to change."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.forms.retention import PeriodForm
from implement.rollout.registries import registries
from implement.rollout.service import retention as service
from implement.web.access import Permission, requires
from implement.web.texts import _, day

pages = Blueprint("retention", __name__, url_prefix="/rollouts/<int:rollout_id>/monitoring/retention")


@pages.get("")
@requires(Permission.SEE_MONITORING)
def show_retention(rollout_id: int) -> ResponseReturnValue:
    """Every class of what is kept about people: its period, what is held, when it is deleted, what was deleted."""
    return _show(rollout_id, _form())


@pages.post("")
@requires(Permission.SET_RETENTION)
def set_period(rollout_id: int) -> ResponseReturnValue:
    """Let a class be kept for another span."""
    form = _form()
    if not form.validate_on_submit():
        return _show(rollout_id, form), 422
    kept = registries().find_kept_class(form.kind.data)
    days, reason = form.days.data or 0, form.reason.data or ""
    service.set_period(rollout_id, kept, days=days, reason=reason, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("Noted with your name and reason. It holds from the next look-through on."), "success")
    return redirect(url_for("retention.show_retention", rollout_id=rollout_id))


def _form() -> PeriodForm:
    form = PeriodForm()
    form.kind.choices = [SelectChoice(one.kind, one.label) for one in registries().kept_classes]
    return form


def _show(rollout_id: int, form: PeriodForm) -> str:
    rows = service.list_retention(rollout_id, registries().kept_classes)
    labels = {one.kind: one.label for one in registries().kept_classes}
    done = service.list_disposals(rollout_id)
    shown = {"rows": rows, "done": done, "labels": labels, "form": form}
    return render_template("monitoring/retention.html", answer=_say(rows), **shown)


def _say(rows: list[service.RetentionRow]) -> str:
    """What is deleted next, in a sentence."""
    due = min((row for row in rows if row.deleted_on), key=lambda row: str(row.deleted_on), default=None)
    if due is None or due.deleted_on is None:
        return _("Nothing about people is held here yet.")
    said = {"what": str(due.label), "day": day(due.deleted_on)}
    return _("Nothing about people is kept for ever; next are the oldest of: %(what)s, on %(day)s.", **said)
