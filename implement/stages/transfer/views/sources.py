"""Sources and control totals: who answers for what, and what the old system itself counted."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.transfer import totals_page
from implement.stages.transfer.before_forms import DELAY_LABELS, ReasonForm, SourceForm, TotalForm
from implement.stages.transfer.forms import offer_choices
from implement.stages.transfer.service import inventory, totals
from implement.stages.transfer.service.files import SOURCE
from implement.stages.transfer.service.sides import list_tables_at_hand
from implement.stages.transfer.views.room import pages
from implement.stages.transfer.words import say_separator
from implement.web.access import Permission, requires
from implement.web.texts import _


@pages.get("/sources")
@requires(Permission.SEE_TRANSFER)
def list_sources(rollout_id: int) -> ResponseReturnValue:
    """Every source of the old system, the overdue first."""
    return _show_sources(rollout_id, SourceForm(name=request.args.get("name", "")))


@pages.post("/sources")
@requires(Permission.RUN_TRANSFER)
def add_source(rollout_id: int) -> ResponseReturnValue:
    """List a source, or say who answers for a file."""
    form = SourceForm()
    if not form.validate_on_submit():
        return _show_sources(rollout_id, form), 422
    inventory.add_source(rollout_id, form.read_terms(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.list_sources", rollout_id=rollout_id))


@pages.get("/sources/<int:source_id>")
@requires(Permission.SEE_TRANSFER)
def show_source(rollout_id: int, source_id: int) -> ResponseReturnValue:
    """What is said of one source."""
    source = inventory.get_source(rollout_id, source_id)
    return render_template("transfer/source.html", source=source, form=SourceForm.of(source))


@pages.post("/sources/<int:source_id>")
@requires(Permission.RUN_TRANSFER)
def change_source(rollout_id: int, source_id: int) -> ResponseReturnValue:
    """Correct what is said of one source."""
    source, form = inventory.get_source(rollout_id, source_id), SourceForm()
    if not form.validate_on_submit():
        return render_template("transfer/source.html", source=source, form=form), 422
    inventory.change_source(source, form.read_terms(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.list_sources", rollout_id=rollout_id))


@pages.get("/totals")
@requires(Permission.SEE_TRANSFER)
def list_totals(rollout_id: int) -> ResponseReturnValue:
    """The old system's own figures against files and CRM."""
    return _show_totals(rollout_id, _make_total_form(rollout_id))


@pages.post("/totals")
@requires(Permission.RUN_TRANSFER)
def add_total(rollout_id: int) -> ResponseReturnValue:
    """Type in a figure that the old system itself shows."""
    form = _make_total_form(rollout_id)
    if not form.validate_on_submit():
        return _show_totals(rollout_id, form), 422
    given = {"store": current_app.extensions["implement_store"], "by": current_user, "now": utc_now()}
    totals.add_total(rollout_id, form.read_terms(get_rollout(rollout_id).currency), **given)
    db.session.commit()
    return redirect(url_for("transfer.list_totals", rollout_id=rollout_id))


@pages.post("/totals/<int:total_id>/<any(accept,withdraw):deed>")
@requires(Permission.RUN_TRANSFER)
def settle_total(rollout_id: int, total_id: int, deed: str) -> ResponseReturnValue:
    """Accept a difference, or take a figure back; both by name and with a reason."""
    total, form = totals.get_total(rollout_id, total_id), ReasonForm()
    if not form.validate_on_submit():
        flash(_("Please give a name and a reason; nothing was changed."), "error")
    elif deed == "accept":
        totals.accept_difference(total, form.name.data, form.reason.data, by=current_user, now=utc_now())
    else:
        totals.withdraw_total(total, f"{form.name.data}: {form.reason.data}", by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("transfer.list_totals", rollout_id=rollout_id))


def _show_sources(rollout_id: int, form: SourceForm) -> str:
    lines = inventory.list_sources(rollout_id, today=local_day(rollout_id, utc_now()))
    said = {"delays": DELAY_LABELS, "say_separator": say_separator}
    return render_template("transfer/sources.html", lines=lines, form=form, **said)


def _show_totals(rollout_id: int, form: TotalForm) -> str:
    lines = totals.list_totals(rollout_id)
    said = {"say": totals_page, "answer": totals_page.say_totals(lines), "reason": ReasonForm(formdata=None)}
    return render_template("transfer/totals.html", lines=lines, form=form, **said)


def _make_total_form(rollout_id: int) -> TotalForm:
    form = TotalForm(counted_by=current_user.name, counted_on=local_day(rollout_id, utc_now()))
    names = [one.name for one in list_tables_at_hand(rollout_id) if one.side == SOURCE]
    form.table_name.choices = offer_choices((name, name) for name in names)
    return form
