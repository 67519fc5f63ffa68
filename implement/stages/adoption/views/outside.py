"""Outside the CRM: the register of bypasses, and unusual views and exports where the agreement covers them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from implement.db import db, utc_now
from implement.rollout.kept_page import kept
from implement.rollout.service.people import list_members
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption import outside_page
from implement.stages.adoption.forms.outside import BypassForm, NoteForm
from implement.stages.adoption.service import bypasses as service
from implement.stages.adoption.service import calls
from implement.stages.adoption.service.looks import is_covered, list_people_shown, read_looks
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing
from implement.web.texts import _


@pages.get("/outside")
@requires(Permission.SEE_TEAM_USAGE)
@kept
def show_outside(rollout_id: int) -> str:
    """Orders that the CRM never knew, by team and week."""
    found = service.read_orders(rollout_id)
    heat = outside_page.draw_orders(found) if found else None
    return render_template("adoption/outside.html", found=found, heat=heat, page=outside_page)


@pages.get("/calls")
@requires(Permission.SEE_TEAM_USAGE)
@kept
def show_calls(rollout_id: int) -> str:
    """Calls and mails of which nothing stands in the CRM, by team and week, under an agreement that covers it."""
    if not calls.is_agreed(rollout_id, local_day(rollout_id, utc_now())):
        return render_template("adoption/calls.html", is_agreed=False)
    found, strangers = calls.read_calls(rollout_id), calls.count_of_nobody(rollout_id)
    heat = outside_page.draw_calls(found) if found else None
    said = {"found": found, "heat": heat, "strangers": strangers, "page": outside_page}
    return render_template("adoption/calls.html", is_agreed=True, **said)


@pages.get("/bypasses")
@requires(Permission.SEE_TEAM_USAGE)
def list_bypasses(rollout_id: int) -> ResponseReturnValue:
    """Every way round the CRM with its measure, rule, owner, count and state."""
    rows = service.list_bypasses(rollout_id)
    return render_template("adoption/bypasses.html", rows=rows, page=outside_page, states=service.STATES)


@pages.route("/bypasses/new", methods=["GET", "POST"])
@requires(Permission.KEEP_BYPASSES)
def write_bypass(rollout_id: int) -> ResponseReturnValue:
    """Write a way round the CRM down."""
    form = BypassForm()
    names = {user_id: name for user_id, name, *_rest in list_members(rollout_id)}
    form.owner_id.choices = [SelectChoice(user_id, name) for user_id, name in names.items()]
    if not form.validate_on_submit():
        return render_template("adoption/bypass_new.html", form=form)
    asked = {name: form[name].data for name in ("name", "technical_measure", "rule", "owner_id", "source")}
    row = service.write_bypass(rollout_id, **asked, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for("adoption.show_bypass", rollout_id=rollout_id, bypass_id=row.id))


@pages.get("/bypasses/<int:bypass_id>")
@requires(Permission.SEE_TEAM_USAGE)
def show_bypass(rollout_id: int, bypass_id: int) -> ResponseReturnValue:
    """One way round the CRM with its history."""
    return _show_bypass(rollout_id, bypass_id, NoteForm())


@pages.post("/bypasses/<int:bypass_id>/note")
@requires(Permission.KEEP_BYPASSES)
def note_bypass(rollout_id: int, bypass_id: int) -> ResponseReturnValue:
    """Note what became of it."""
    row, form, now = service.get_bypass(rollout_id, bypass_id), NoteForm(), utc_now()
    if not form.validate_on_submit():
        return _show_bypass(rollout_id, bypass_id, form), 422
    asked = {name: form[name].data for name in ("state", "still_used", "text")}
    service.note_bypass(row, **asked, by=current_user, now=now, today=local_day(rollout_id, now))
    db.session.commit()
    flash(_("Noted with your name and the day."), "success")
    return redirect(url_for("adoption.show_bypass", rollout_id=rollout_id, bypass_id=bypass_id))


@pages.get("/unusual")
@requires(Permission.SEE_TEAM_USAGE)
def show_unusual(rollout_id: int) -> ResponseReturnValue:
    """Views and exports by function; people under pseudonyms for whoever may see single people."""
    today = local_day(rollout_id, utc_now())
    if not is_covered(rollout_id, today):
        return render_template("adoption/unusual.html", is_covered=False, page=outside_page)
    found = read_looks(rollout_id)
    shown = [(looks, list_people_shown(standing(), looks, today)) for looks in found]
    return render_template("adoption/unusual.html", is_covered=True, found=found, shown=shown, page=outside_page)


def _show_bypass(rollout_id: int, bypass_id: int, form: NoteForm) -> str:
    row = service.get_bypass(rollout_id, bypass_id)
    shown = next(one for one in service.list_bypasses(rollout_id) if one.id == bypass_id)
    if row.source:
        del form.still_used
    return render_template(
        "adoption/bypass.html",
        row=shown,
        history=service.list_notes(row),
        form=form,
        page=outside_page,
        states=service.STATES,
        sources=service.SOURCE_LABELS,
    )
