"""Prepare the audit: name the people of the client, assign each section, send everybody their link at once."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.service.rollouts import company_name, get_rollout
from implement.stages.audit.forms import NamedForm, PlanForm
from implement.stages.audit.invitation import send_link
from implement.stages.audit.plan_page import write_plan
from implement.stages.audit.service import people as service
from implement.stages.audit.service.audits import get_audit, open_pack
from implement.web.access import Permission, requires
from implement.web.texts import _

pages = Blueprint("audit_plan", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/plan")


@pages.get("")
@requires(Permission.RUN_AUDIT)
def show_plan(rollout_id: int) -> ResponseReturnValue:
    """Sections and people, with a proposal by role."""
    return _show_page(rollout_id, NamedForm())


@pages.post("/people")
@requires(Permission.RUN_AUDIT)
def name_person(rollout_id: int) -> ResponseReturnValue:
    """Name somebody who can be asked by link."""
    audit, form = get_audit(rollout_id), NamedForm()
    if not form.validate_on_submit():
        return _show_page(rollout_id, form), 422
    named = {"name": form.name.data, "role": form.role.data, "email": form.email.data or ""}
    service.add_person(audit, **named, by=current_user, now=utc_now())
    db.session.commit()
    return redirect(url_for(".show_plan", rollout_id=rollout_id))


@pages.post("")
@requires(Permission.RUN_AUDIT)
def keep_plan(rollout_id: int) -> ResponseReturnValue:
    """Ask as planned; who has no link that works gets one."""
    audit, form, now = get_audit(rollout_id), PlanForm(), utc_now()
    pack = open_pack(audit, current_app.extensions["implement_store"])
    if not form.validate_on_submit():
        return _show_page(rollout_id, NamedForm(formdata=None), form), 422
    linkless = service.plan_requests(audit, pack, form.wanted(), by=current_user, now=now)
    tokens = [service.renew_link(audit, one, days=form.days.data, by=current_user, now=now) for one in linkless]
    company = company_name(get_rollout(rollout_id))
    mails = [send_link(one, token, company, now=now) for one, token in zip(linkless, tokens, strict=True)]
    db.session.commit()
    if mails:
        return render_template("audit/links.html", mails=mails)
    flash(_("The plan is kept. Everybody who is asked has a link already."), "success")
    return redirect(url_for("audit_people.list_people", rollout_id=rollout_id))


def _show_page(rollout_id: int, person_form: NamedForm, form: PlanForm | None = None) -> str:
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    plan = write_plan(pack, service.list_people(audit.id), service.list_requests(audit.id))
    form = form or PlanForm(formdata=None)
    return render_template("audit/plan.html", audit=audit, plan=plan, form=form, person_form=person_form)
