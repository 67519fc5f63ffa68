"""The sales plan: quotas of teams and people with their territory."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.control.activity import quotas_page as page
from implement.control.activity.forms import QuotaForm
from implement.control.activity.service.periods import PeriodRow, get_period, list_periods
from implement.control.activity.service.quotas import SHORTFALLS, set_quota
from implement.control.activity.views.room import pages
from implement.db import db, utc_now
from implement.web.access import Permission, requires, standing


@pages.get("/quotas")
@requires(Permission.SET_TARGETS)
def list_quotas(rollout_id: int) -> ResponseReturnValue:
    """Quotas of teams against the sums of their people, and what was sold."""
    asked, rows = request.args.get("period", type=int), list_periods(rollout_id)
    period = next((one for one in rows if one.id == asked), rows[0] if rows else None)
    return render_template("activity/no_progress.html") if period is None else _show(period, rows)


@pages.post("/periods/<int:period_id>/quotas")
@requires(Permission.SET_TARGETS)
def keep_quota(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Set the quota of a team or a person."""
    period = get_period(rollout_id, period_id)
    form = _choose(period, QuotaForm())
    if not form.validate_on_submit():
        return _show(period, list_periods(rollout_id), form), 422
    kind, _colon, key = form.whose.data.partition(":")
    said = form.to_quota()
    whose = {"team_id": int(key)} if kind == page.TEAM else {"person_id": int(key)}
    set_quota(standing(), period_id, said, **whose, seen=form.version.data, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("activity.list_quotas", rollout_id=rollout_id, period=period_id))


def _choose(period: PeriodRow, form: QuotaForm) -> QuotaForm:
    form.whose.choices = [SelectChoice(*one) for one in page.list_choices(standing(), period)]
    return form


def _show(period: PeriodRow, rows: list[PeriodRow], form: QuotaForm | None = None) -> str:
    shown = page.describe_quotas(standing(), period)
    filled = page.fill_quota(standing(), period, request.args.get("whose", ""))
    form = form or _choose(period, QuotaForm(formdata=None, data=filled))
    return render_template("activity/quotas.html", **shown, periods=rows, form=form, shortfalls=SHORTFALLS)
