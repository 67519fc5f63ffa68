"""The joint team, the director's mandate, and the safety of records."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.stages.specification import risks_page
from implement.stages.specification.forms.risks import BackupForm, DeliveryForm, LineForm, PartForm, PartyForm
from implement.stages.specification.service.risks import safety, team
from implement.web.access import Permission, Role, requires, standing
from implement.web.forms import BaseForm
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("specification_team", __name__, url_prefix="/rollouts/<int:rollout_id>/specification")


@pages.get("/team")
@requires(Permission.SEE_SPECIFICATION)
def show_team(rollout_id: int) -> ResponseReturnValue:
    """Who is in the joint team with which duty, and who is missing."""
    return _show_team(rollout_id, PartForm())


@pages.post("/team")
@requires(Permission.WRITE_SPECIFICATION)
def add_part(rollout_id: int) -> ResponseReturnValue:
    """Take somebody into the team."""
    form = PartForm()
    if not form.validate_on_submit():
        return _show_team(rollout_id, form), 422
    team.add_part(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_team", rollout_id=rollout_id))


@pages.get("/mandate")
@requires(Permission.SEE_SPECIFICATION)
def show_mandate(rollout_id: int) -> ResponseReturnValue:
    """Who supplies what by when, and who signed it."""
    return _show_mandate(rollout_id, LineForm())


@pages.post("/mandate")
@requires(Permission.WRITE_SPECIFICATION)
def add_line(rollout_id: int) -> ResponseReturnValue:
    """Add what somebody has to supply."""
    form = LineForm()
    if not form.validate_on_submit():
        return _show_mandate(rollout_id, form), 422
    said = {"what": form.what.data, "supplier": form.supplier.data, "due": form.due.data}
    team.add_line(rollout_id, **said, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_mandate", rollout_id=rollout_id))


@pages.post("/mandate/sign")
@requires(Permission.SIGN)
def sign_mandate(rollout_id: int) -> ResponseReturnValue:
    """Sign the lines exactly as they stand, as the client's lead."""
    if BaseForm().validate_on_submit():
        now, roles = utc_now(), standing().roles
        team.sign_mandate(rollout_id, local_day(rollout_id, now), role=Role.LEAD, roles=roles, by=current_user, now=now)
        db.session.commit()
    return redirect(url_for(".show_mandate", rollout_id=rollout_id))


@pages.route("/mandate/<int:line_id>", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def deliver(rollout_id: int, line_id: int) -> ResponseReturnValue:
    """Say when it was supplied, or why not yet."""
    form = DeliveryForm()
    if form.validate_on_submit():
        day, reason = form.delivered_on.data, form.delay_reason
        team.deliver(rollout_id, line_id, delivered_on=day, delay_reason=reason, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".show_mandate", rollout_id=rollout_id))
    return render_template("specification/risks/delivery.html", form=form)


@pages.post("/<any(team,mandate):kind>/<int:row_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_row(rollout_id: int, kind: str, row_id: int, action: str) -> ResponseReturnValue:
    """Take a person or a line away, or put it back."""
    is_back = action == "restore"
    team.remove(rollout_id, kind, row_id, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_row", rollout_id=rollout_id, kind=kind, row_id=row_id, action="restore")
        offer_undo(_("The line was taken away."), undo)
    return redirect(url_for(f".show_{kind}", rollout_id=rollout_id))


@pages.get("/safety")
@requires(Permission.SEE_SPECIFICATION)
def show_safety(rollout_id: int) -> ResponseReturnValue:
    """Who else holds records, and whether they can be brought back."""
    return _show_safety(rollout_id, PartyForm())


@pages.post("/safety/parties")
@requires(Permission.WRITE_SPECIFICATION)
def add_party(rollout_id: int) -> ResponseReturnValue:
    """Write down a firm that holds records."""
    form = PartyForm()
    if not form.validate_on_submit():
        return _show_safety(rollout_id, form), 422
    safety.add_third_party(rollout_id, form.said(), by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_safety", rollout_id=rollout_id))


@pages.post("/safety/parties/<int:party_id>/<any(remove,restore):action>")
@requires(Permission.WRITE_SPECIFICATION)
def remove_party(rollout_id: int, party_id: int, action: str) -> ResponseReturnValue:
    """Take a firm from the list, or put it back."""
    is_back = action == "restore"
    safety.remove_third_party(rollout_id, party_id, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_party", rollout_id=rollout_id, party_id=party_id, action="restore")
        offer_undo(_("The line was taken away."), undo)
    return redirect(url_for(".show_safety", rollout_id=rollout_id))


@pages.route("/safety/backup", methods=["GET", "POST"])
@requires(Permission.WRITE_SPECIFICATION)
def say_backup(rollout_id: int) -> ResponseReturnValue:
    """How the CRM is backed up."""
    form = BackupForm(obj=safety.read_backup(rollout_id))
    if form.validate_on_submit():
        now = utc_now()
        safety.say_backup(rollout_id, form.said(), local_day(rollout_id, now), by=current_user, now=now)
        db.session.commit()
        return redirect(url_for(".show_safety", rollout_id=rollout_id))
    return render_template("specification/risks/backup.html", form=form)


def _show_team(rollout_id: int, form: PartForm) -> str:
    rows = team.list_team(rollout_id)
    known = {"rows": rows, "gaps": team.find_gaps(rows), "form": form, "page": risks_page}
    return render_template("specification/risks/team.html", **known)


def _show_mandate(rollout_id: int, form: LineForm) -> str:
    state = team.read_mandate(rollout_id, local_day(rollout_id, utc_now()))
    can_sign = Role.LEAD in standing().roles
    known = {"state": state, "form": form, "page": risks_page, "can_sign": can_sign}
    return render_template("specification/risks/mandate.html", **known)


def _show_safety(rollout_id: int, form: PartyForm) -> str:
    today = local_day(rollout_id, utc_now())
    parties = [(one, safety.is_open(one, today)) for one in safety.list_third_parties(rollout_id)]
    known = {"parties": parties, "backup": safety.read_backup(rollout_id), "form": form}
    return render_template("specification/risks/safety.html", **known)
