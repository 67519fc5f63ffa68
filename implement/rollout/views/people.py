"""People: the list, a staff file taken over in two steps, teams and their waves."""

from pathlib import PurePath

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import URLSafeSerializer
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.engine.staff import FIELDS
from implement.rollout.forms.people import FIELD_LABELS, StaffColumnsForm, StaffFileForm
from implement.rollout.forms.rollouts import StartForm, WaveForm
from implement.rollout.kept_page import kept
from implement.rollout.service import people as lists
from implement.rollout.service import staff as service
from implement.rollout.service.rollouts import add_wave, get_wave, list_waves, plan_wave
from implement.rollout.service.staff_files import StaffFile, read_staff_file
from implement.rollout.staff_faults import say_faults
from implement.web.access import Permission, requires, standing
from implement.web.texts import _

pages = Blueprint("people", __name__, url_prefix="/rollouts/<int:rollout_id>")


@pages.get("/people")
@requires(Permission.SEE_PEOPLE)
@kept
def list_people(rollout_id: int) -> str:
    """Everybody, with team and wave; figures about them are on other pages."""
    page = lists.page_people(rollout_id, request.args)
    return render_template("people/people.html", page=page, count=service.count_people(rollout_id))


@pages.route("/people/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def import_people(rollout_id: int) -> ResponseReturnValue:
    """First step: hand in a staff list; its columns are proposed, nothing is saved."""
    form = StaffFileForm()
    if not form.validate_on_submit() or form.file.data is None:
        return render_template("people/import.html", form=form)
    store = current_app.extensions["implement_store"]
    kept = store.put(form.file.data.stream, limit_bytes=form.file.limit_bytes)
    name = PurePath(form.file.data.filename or "staff").name
    return _show_columns(kept.sha256, name, read_staff_file(store.path(kept.sha256), name))


@pages.post("/people/columns")
@requires(Permission.MANAGE_PEOPLE)
def confirm_people(rollout_id: int) -> ResponseReturnValue:
    """Second step: take the list over with the chosen columns, or show every fault by row."""
    form = StaffColumnsForm()
    if not form.validate_on_submit():
        return redirect(url_for("people.import_people", rollout_id=rollout_id))
    asked = {field: form[f"column_{field}"].data for field in FIELDS}
    chosen = {field: column for field, column in asked.items() if column}
    sha256 = _tickets().loads(form.ticket.data)
    name = PurePath(form.name.data).name
    found = read_staff_file(current_app.extensions["implement_store"].path(sha256), name, chosen)
    if "look" in request.form or not found.may_be_taken_over:
        return _show_columns(sha256, name, found)
    counts = service.take_over_staff(rollout_id, found.staff.people, by=current_user, now=utc_now())
    db.session.commit()
    flash(_("%(added)d people added, %(changed)d changed, %(unchanged)d as they were.", **vars(counts)), "success")
    return redirect(url_for("people.list_people", rollout_id=rollout_id))


@pages.route("/teams", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def list_teams(rollout_id: int) -> ResponseReturnValue:
    """Teams, their heads and waves; a form for the next wave."""
    form = WaveForm()
    if form.validate_on_submit():
        add_wave(rollout_id, name=form.name.data, go_live=form.go_live.data, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for("people.list_teams", rollout_id=rollout_id))
    waves = list_waves(rollout_id)
    return render_template("people/teams.html", teams=service.list_teams(rollout_id), waves=waves, form=form)


@pages.post("/teams/<int:team_id>/wave")
@requires(Permission.MANAGE_PEOPLE)
def assign_wave(rollout_id: int, team_id: int) -> ResponseReturnValue:
    """Let a team start with a wave."""
    wave_id = request.form.get("wave_id", type=int) or None
    service.assign_wave(rollout_id, team_id, wave_id, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("people.list_teams", rollout_id=rollout_id))


@pages.post("/waves/<int:wave_id>/plan")
@requires(Permission.MANAGE_ROLLOUT)
def plan_go_live(rollout_id: int, wave_id: int) -> ResponseReturnValue:
    """Set the first day of a wave."""
    form, wave = StartForm(), get_wave(rollout_id, wave_id)
    if form.validate_on_submit():
        plan_wave(wave, go_live=form.go_live.data, by=current_user, now=utc_now())
        db.session.commit()
    else:
        flash(_("Please write the day as 2024-03-31 or 31.03.2024."), "error")
    return redirect(url_for("people.list_teams", rollout_id=rollout_id))


def _show_columns(sha256: str, name: str, found: StaffFile) -> ResponseReturnValue:
    """The proposal to correct: every field with its column, what would be taken over, every fault."""
    form = StaffColumnsForm(formdata=None, ticket=_tickets().dumps(sha256), name=name)
    for field in FIELDS:
        form[f"column_{field}"].choices = [SelectChoice("", _("not in this file")), *map(SelectChoice, found.header)]
        form[f"column_{field}"].process_data(found.columns.get(field, ""))
    status = 200 if found.may_be_taken_over else 422
    shown = {"form": form, "found": found, "faults": say_faults(found), "labels": FIELD_LABELS, "fields": FIELDS}
    return render_template("people/columns.html", **shown), status


def _tickets() -> URLSafeSerializer:
    """Tickets for files handed in here: only a file of this rollout can be named in the second step."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"staff:{standing().rollout_id}")
