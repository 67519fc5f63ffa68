"""Targets per person: typed or from a file, checked against the day, handed out."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.control.activity import planning_page as page
from implement.control.activity.forms import ExceptionForm, TargetFileForm, name_cell, read_cells
from implement.control.activity.service import delivering, reminding, sheets
from implement.control.activity.service import targets as service
from implement.control.activity.service.catalogue import list_names
from implement.control.activity.service.periods import PeriodRow, get_period
from implement.control.activity.service.targets import Target
from implement.control.activity.views.room import pages
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires, standing
from implement.web.texts import _n


@pages.get("/periods/<int:period_id>/targets")
@requires(Permission.SET_TARGETS)
def list_targets(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Everybody of the own team with their targets and the average day they make."""
    return _show(get_period(rollout_id, period_id))


@pages.post("/periods/<int:period_id>/targets")
@requires(Permission.SET_TARGETS)
def set_targets(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Keep what was typed, all or none."""
    period, now = get_period(rollout_id, period_id), utc_now()
    wanted, faults = read_cells(request.form, page.list_cells(page.list_people(standing(), period)))
    if faults:
        return _show(period, faults=faults), 422
    said = {"stamp": request.form.get("stamp", ""), "by": current_user, "now": now}
    changed = service.set_targets(standing(), period, wanted, today=local_day(rollout_id, now), **said)
    db.session.commit()
    flash(_n("One target was kept.", "%(num)d targets were kept.", changed), "success")
    return _back(period)


@pages.post("/periods/<int:period_id>/exceptions")
@requires(Permission.SET_TARGETS)
def except_kpi(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Say that a KPI does not apply to somebody, and why; it is listed."""
    period, now = get_period(rollout_id, period_id), utc_now()
    form = _choose(ExceptionForm(), page.describe_targets(standing(), period, local_day(rollout_id, now)))
    if not form.validate_on_submit():
        return _show(period, form=form), 422
    wanted = {(form.person_id.data, form.kpi_key.data): Target(None, form.reason.data)}
    said = {"stamp": None, "by": current_user, "now": now, "today": local_day(rollout_id, now)}
    service.set_targets(standing(), period, wanted, **said)
    db.session.commit()
    return _back(period)


@pages.post("/periods/<int:period_id>/file")
@requires(Permission.SET_TARGETS)
def take_file(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Take targets over from a file, all or none; each fault with row, column and reason."""
    period, form, now = get_period(rollout_id, period_id), TargetFileForm(), utc_now()
    if not form.validate_on_submit():
        return _show(period, file_form=form), 422
    rows, faults = _read(form)
    people = {one.member: [item.kpi_key for item in one.plan.items] for one in page.list_people(standing(), period)}
    wanted, more = sheets.match_targets(rows, people, list_names(rollout_id))
    if faults or more:
        return _show(period, file_faults=[*faults, *more]), 422
    said = {"stamp": None, "by": current_user, "now": now, "today": local_day(rollout_id, now)}
    changed = service.set_targets(standing(), period, wanted, **said)
    db.session.commit()
    flash(_n("One target was kept.", "%(num)d targets were kept.", changed), "success")
    return _back(period)


@pages.post("/periods/<int:period_id>/deliver")
@requires(Permission.SET_TARGETS)
def deliver(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Hand their sheets to everybody whose targets are set."""
    period, now = get_period(rollout_id, period_id), utc_now()
    sent = delivering.deliver(standing(), period, by=current_user, now=now, today=local_day(rollout_id, now))
    db.session.commit()
    flash(_n("Handed to one person.", "Handed to %(num)d people.", sent), "success")
    return _back(period)


@pages.post("/periods/<int:period_id>/remind")
@requires(Permission.SET_TARGETS)
def remind(rollout_id: int, period_id: int) -> ResponseReturnValue:
    """Remind everybody who has not acknowledged their sheet, once each."""
    sent = reminding.remind(standing(), get_period(rollout_id, period_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_n("One reminder is on its way.", "%(num)d reminders are on their way.", sent), "success")
    return redirect(url_for("activity.list_targets", rollout_id=rollout_id, period_id=period_id))


def _read(form: TargetFileForm) -> tuple[list[dict[str, object]], list[sheets.TargetFault]]:
    sent = form.file.data
    assert sent is not None
    with NamedTemporaryFile() as kept:
        sent.save(kept)
        kept.flush()
        return sheets.read_target_file(Path(kept.name), str(sent.filename))


def _choose(form: ExceptionForm, shown: dict) -> ExceptionForm:  # type: ignore[type-arg]
    form.person_id.choices = [SelectChoice(one.member.person_id, one.name) for one in shown["rows"]]
    form.kpi_key.choices = [SelectChoice(*one) for one in page.list_kpis_of(shown["rows"], shown["kpis"])]
    return form


def _show(period: PeriodRow, **said: object) -> str:
    here = standing()
    shown = page.describe_targets(here, period, local_day(here.rollout_id, utc_now()))
    forms = {"form": _choose(ExceptionForm(formdata=None), shown), "file_form": TargetFileForm(formdata=None)}
    typed = {"name_cell": name_cell, "faults": {}, "file_faults": [], "reasons": sheets.REASONS, "typed": request.form}
    return render_template("activity/targets.html", **{**shown, **forms, **typed, **said})


def _back(period: PeriodRow) -> ResponseReturnValue:
    here = standing().rollout_id
    return redirect(url_for("activity.list_targets", rollout_id=here, period_id=period.id))
