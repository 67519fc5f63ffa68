"""Who answers in the audit: in person or by a link without an account, and how far each has come (M10)."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import company_name, get_rollout
from implement.stages.audit.forms import LINK_DAYS, AskForm, PersonForm
from implement.stages.audit.invitation import send_link, write_reminder
from implement.stages.audit.service import people as service
from implement.stages.audit.service import reminders
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.stages.audit.service.participation import list_participation
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, _n

pages = Blueprint("audit_people", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/people")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def list_people(rollout_id: int) -> ResponseReturnValue:
    """Who has answered how much, and who lets the others wait."""
    audit, now = get_audit(rollout_id), utc_now()
    pack = open_pack(audit, current_app.extensions["implement_store"])
    people = list_participation(audit, pack, now=now)
    late = [one for one in people if one.open and one.link_until_at and one.email]
    return render_template("audit/people.html", audit=audit, people=people, late=late, form=PersonForm(), now=now)


@pages.post("")
@requires(Permission.RUN_AUDIT)
def add_person(rollout_id: int) -> ResponseReturnValue:
    """Name somebody who answers in person, and go to their questions; `me` is whoever looks."""
    audit, form = get_audit(rollout_id), PersonForm()
    if "me" in request.form:
        role = Role.CONSULTANT if Role.CONSULTANT in standing().roles else Role.LEAD
        named = {"name": current_user.name, "role": role.value, "user_id": current_user.id}
    elif form.validate_on_submit():
        named = {"name": form.name.data, "role": form.role.data}
    else:
        flash(_("Please write the person's name."), "error")
        return redirect(url_for(".list_people", rollout_id=rollout_id))
    person = service.add_person(audit, **named, by=current_user, now=utc_now())
    db.session.commit()
    first = url_for("audit_interview.show_section", rollout_id=rollout_id, person_id=person.id, position=1)
    return redirect(first)


@pages.route("/ask", methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def ask_person(rollout_id: int) -> ResponseReturnValue:
    """Send somebody of the client a link for some sections."""
    audit, now = get_audit(rollout_id), utc_now()
    pack = open_pack(audit, current_app.extensions["implement_store"])
    form = AskForm().offer(pack)
    if form.validate_on_submit():
        named = {"name": form.name.data, "role": form.role.data, "email": form.email.data or ""}
        person = service.add_person(audit, **named, by=current_user, now=now)
        terms = {"section_keys": form.sections.data, "days": form.days.data}
        token = service.ask_person(audit, pack, person, **terms, by=current_user, now=now)
        mail = send_link(person, token, company_name(get_rollout(rollout_id)), now=now)
        db.session.commit()
        return render_template("audit/links.html", mails=[mail])
    return render_template("audit/ask.html", form=form)


@pages.post("/<int:person_id>/link")
@requires(Permission.RUN_AUDIT)
def renew_link(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """Make a new link for somebody; the one before ends."""
    audit, now = get_audit(rollout_id), utc_now()
    person = service.get_person(audit, person_id)
    token = service.renew_link(audit, person, days=LINK_DAYS, by=current_user, now=now)
    mail = send_link(person, token, company_name(get_rollout(rollout_id)), now=now)
    db.session.commit()
    return render_template("audit/links.html", mails=[mail])


@pages.post("/<int:person_id>/withdraw")
@requires(Permission.RUN_AUDIT)
def withdraw_link(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """End somebody's link at once."""
    audit = get_audit(rollout_id)
    service.withdraw_link(audit, service.get_person(audit, person_id), by=current_user, now=utc_now())
    db.session.commit()
    flash(_("The link no longer works; the answers given so far stay."), "success")
    return redirect(url_for(".list_people", rollout_id=rollout_id))


@pages.post("/<int:person_id>/remind")
@requires(Permission.RUN_AUDIT)
def remind_person(rollout_id: int, person_id: int) -> ResponseReturnValue:
    """Remind somebody of what is open, once a day at most."""
    audit = get_audit(rollout_id)
    person, write = service.get_person(audit, person_id), write_reminder(company_name(get_rollout(rollout_id)))
    is_new = reminders.remind(audit, person, write, by=current_user, now=utc_now())
    db.session.commit()
    known = _("%(name)s was reminded today already.", name=person.name)
    flash(_("%(name)s is reminded by mail.", name=person.name) if is_new else known, "success")
    return redirect(url_for(".list_people", rollout_id=rollout_id))


@pages.post("/remind")
@requires(Permission.RUN_AUDIT)
def remind_everybody(rollout_id: int) -> ResponseReturnValue:
    """Remind everybody who has questions open and an address, each once a day at most."""
    audit, now = get_audit(rollout_id), utc_now()
    pack = open_pack(audit, current_app.extensions["implement_store"])
    write = write_reminder(company_name(get_rollout(rollout_id)))
    people = list_participation(audit, pack, now=now)
    count = reminders.remind_late(audit, people, write, by=current_user, now=now)
    db.session.commit()
    flash(_n("One person is reminded by mail.", "%(num)d people are reminded by mail.", count), "success")
    return redirect(url_for(".list_people", rollout_id=rollout_id))
