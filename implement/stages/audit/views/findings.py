"""Findings: what follows from the answers, with money and calculation, and the consultant's own."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.rollout.registries import registries
from implement.rollout.service.requests import answer_leads_to
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.findings_page import write_findings
from implement.stages.audit.forms import FindingForm
from implement.stages.audit.service import findings as service
from implement.stages.audit.service.audits import evaluate_audit, get_audit, open_pack
from implement.web.access import Permission, requires, standing
from implement.web.notes import offer_undo
from implement.web.texts import _

pages = Blueprint("audit_findings", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/findings")


@pages.get("")
@requires(Permission.SEE_AUDIT)
def list_findings(rollout_id: int) -> ResponseReturnValue:
    """Every finding and risk, or those of one pack, the gravest first."""
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    said = evaluate_audit(audit, pack)
    own, currency = service.list_own_findings(audit.id), get_rollout(rollout_id).currency
    found = write_findings(pack, [*said.findings, *said.risks], own, currency, rollout_id)
    only = request.args.get("pack", "")
    shown = [one for one in found if not only or one.pack_key == only]
    counts = [(one, sum(view.pack_key == one.id for view in found)) for one in pack.packs]
    ways = registries().find_finding_ways(standing(), [one.anchor for one in shown])
    context = {"findings": shown, "count": len(found), "counts": counts, "only": only, "ways": ways}
    return render_template("audit/findings.html", audit=audit, said=said, **context)


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def add_finding(rollout_id: int) -> ResponseReturnValue:
    """Add a finding of one's own."""
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    form = FindingForm(item_id=request.args.get("question", "")).offer(pack)
    if form.validate_on_submit():
        row = service.add_finding(audit, pack, form.text(), by=current_user, now=utc_now())
        location = url_for(".list_findings", rollout_id=rollout_id, _anchor=f"own-{row.id}")
        answer_leads_to(form.idempotency_key.data, current_user.id, location)
        db.session.commit()
        return redirect(location)
    return render_template("audit/finding.html", form=form, row=None)


@pages.route("/<int:finding_id>", methods=["GET", "POST"])
@requires(Permission.RUN_AUDIT)
def change_finding(rollout_id: int, finding_id: int) -> ResponseReturnValue:
    """Change a finding of one's own."""
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    row = service.get_own_finding(audit, finding_id)
    form = FindingForm(obj=row).offer(pack, row)
    if form.validate_on_submit():
        version = form.version.data
        service.change_finding(audit, pack, row, form.text(), version=version, by=current_user, now=utc_now())
        db.session.commit()
        return redirect(url_for(".list_findings", rollout_id=rollout_id, _anchor=f"own-{row.id}"))
    return render_template("audit/finding.html", form=form, row=row)


@pages.post("/<int:finding_id>/<any(remove,restore):action>")
@requires(Permission.RUN_AUDIT)
def remove_finding(rollout_id: int, finding_id: int, action: str) -> ResponseReturnValue:
    """Take a finding of one's own away, or put it back."""
    audit = get_audit(rollout_id)
    pack = open_pack(audit, current_app.extensions["implement_store"])
    row, is_back = service.get_own_finding(audit, finding_id), action == "restore"
    service.remove_finding(audit, pack, row, is_back=is_back, by=current_user, now=utc_now())
    db.session.commit()
    if not is_back:
        undo = url_for(".remove_finding", rollout_id=rollout_id, finding_id=finding_id, action="restore")
        offer_undo(_("The finding was taken away."), undo)
    return redirect(url_for(".list_findings", rollout_id=rollout_id))
