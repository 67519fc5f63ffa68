"""Promised against measured: the claims beside the firm's frozen figures and today's."""

from decimal import Decimal

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.adoption import promises_page
from implement.stages.adoption.forms.promises import BaselineForm, FigureForm
from implement.stages.adoption.service import promises as service
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/promised")
@requires(Permission.SEE_TEAM_USAGE)
def show_promises(rollout_id: int) -> ResponseReturnValue:
    """Every claim with its qualifier and source, beside the baseline and today's figure."""
    return _show(rollout_id, BaselineForm(), FigureForm())


@pages.post("/promised/baseline")
@requires(Permission.FREEZE_BASELINE)
def freeze_baseline(rollout_id: int) -> ResponseReturnValue:
    """Freeze a figure as it was before the CRM."""
    form, store = BaselineForm(), current_app.extensions["implement_store"]
    if not form.validate_on_submit():
        return _show(rollout_id, form, FigureForm()), 422
    measure = form.measure.data
    asked = {name: form[name].data for name in ("n", "note")}
    value = _as_kept(measure, form.value.data)
    service.freeze_baseline(rollout_id, measure, value=value, **asked, store=store, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The baseline is frozen with your name and the day."), "success")
    return _back(rollout_id)


@pages.post("/promised/figure")
@requires(Permission.FREEZE_BASELINE)
def note_figure(rollout_id: int) -> ResponseReturnValue:
    """Note a figure as it was taken now."""
    form, now = FigureForm(), utc_now()
    if not form.validate_on_submit():
        return _show(rollout_id, BaselineForm(), form), 422
    asked = {"value": form["figure"].data, "n": form["timed"].data, "note": form["how"].data}
    said = {"by": current_user, "now": now, "today": local_day(rollout_id, now)}
    service.note_figure(rollout_id, form["taken"].data, **asked, **said)
    db.session.commit()
    flash(_("Noted with your name and the day."), "success")
    return _back(rollout_id)


def _show(rollout_id: int, baseline_form: BaselineForm, figure_form: FigureForm) -> str:
    store, currency = current_app.extensions["implement_store"], get_rollout(rollout_id).currency
    claims, effects = service.list_promises(rollout_id, store=store)
    return render_template(
        "adoption/promised.html",
        page=promises_page,
        claims=claims,
        effects=effects,
        hours=service.read_baselines(rollout_id).get("routine_hours"),
        revenue=promises_page.draw_revenue(service.list_revenue(rollout_id, store=store), currency),
        cards=service.find_cards(rollout_id, store=store),
        baseline_form=baseline_form,
        figure_form=figure_form,
        currency=currency,
    )


def _as_kept(measure: str, typed: Decimal | int | None) -> Decimal | None:
    """Shares are typed in percent and kept as shares."""
    if typed is None:
        return None
    return Decimal(typed).scaleb(-2) if service.UNITS.get(measure) == "share" else Decimal(typed)


def _back(rollout_id: int) -> ResponseReturnValue:
    return redirect(url_for("adoption.show_promises", rollout_id=rollout_id))
