"""Conflicts about who does what: the register, one of them with both loads, the decision."""

from datetime import timedelta

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import local_day
from implement.stages.pilot import changes_page
from implement.stages.pilot.forms.changes import ConflictForm, OtherSideForm, VerdictForm
from implement.stages.pilot.service.conflicts import loads, register
from implement.stages.pilot.service.conflicts.register import Party
from implement.stages.pilot.service.conflicts.sides import list_choices, name_sides
from implement.stages.pilot.service.functions import list_functions
from implement.stages.pilot.views.looks import note_sides
from implement.web.access import Permission, requires, standing
from implement.web.texts import language

pages = Blueprint("pilot_conflicts", __name__, url_prefix="/rollouts/<int:rollout_id>/pilot/conflicts")
DAYS_TO_DECIDE = timedelta(days=7)


@pages.get("")
@requires(Permission.SETTLE_CONFLICTS)
def list_conflicts(rollout_id: int) -> ResponseReturnValue:
    """The conflicts this reader may see, those to be decided first; repeats are marked."""
    rows = register.list_conflicts(standing(), current_user.id)
    return render_template(
        "pilot/changes/conflicts.html",
        rows=rows,
        repeats=register.count_repeats(rows),
        names=name_sides(standing(), rows, current_app.config["SECRET_KEY"], local_day(rollout_id, utc_now())),
        arbiters={user_id: name for user_id, name, *_rest in list_members(rollout_id)},
        functions=list_functions(rollout_id, language()),
        page=changes_page,
    )


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.SETTLE_CONFLICTS)
def add_conflict(rollout_id: int) -> ResponseReturnValue:
    """Write a conflict down and name its arbiter."""
    now, functions = utc_now(), list_functions(rollout_id, language())
    form = ConflictForm(due=local_day(rollout_id, now) + DAYS_TO_DECIDE)
    form.offer(functions, list_choices(standing()), register.list_arbiters(rollout_id))
    if not form.validate_on_submit():
        return render_template("pilot/changes/new_conflict.html", form=form), 422 if form.is_submitted() else 200
    register.add_conflict(rollout_id, form.said(), by=current_user, now=now)
    db.session.commit()
    return redirect(url_for(".list_conflicts", rollout_id=rollout_id))


@pages.route("/<int:conflict_id>", methods=["GET", "POST"])
@requires(Permission.SETTLE_CONFLICTS)
def settle(rollout_id: int, conflict_id: int) -> ResponseReturnValue:
    """Hear both sides with the load of each, and decide."""
    row = register.get_conflict(standing(), conflict_id, current_user.id)
    form = VerdictForm(version=row.version)
    if form.validate_on_submit():
        register.settle(row, form.said(), version=form.version.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".settle", rollout_id=rollout_id, conflict_id=conflict_id))
    today, secret = local_day(rollout_id, utc_now()), current_app.config["SECRET_KEY"]
    found = loads.read_loads(row, standing(), today)
    note_sides(rollout_id, (found.first, found.other))
    shown = {"row": row, "found": found, "form": form, "other": OtherSideForm().offer(list_choices(standing()))}
    names, functions = name_sides(standing(), [row], secret, today), list_functions(rollout_id, language())
    repeats = register.count_repeats(register.list_conflicts(standing(), current_user.id))
    shown |= {"names": names, "functions": functions, "repeats": repeats, "page": changes_page}
    return render_template("pilot/changes/conflict.html", **shown), 422 if form.is_submitted() else 200


@pages.post("/<int:conflict_id>/other-side")
@requires(Permission.SETTLE_CONFLICTS)
def name_other_side(rollout_id: int, conflict_id: int) -> ResponseReturnValue:
    """Say who the other side is."""
    row = register.get_conflict(standing(), conflict_id, current_user.id)
    form = OtherSideForm().offer(list_choices(standing()))
    if form.validate_on_submit():
        register.name_other_side(row, Party.read(form.other.data), by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for(".settle", rollout_id=rollout_id, conflict_id=conflict_id))
