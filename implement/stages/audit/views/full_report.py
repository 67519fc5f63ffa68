"""The full report: asked for, followed while it is written, read, signed by both sides."""

from flask import Blueprint, current_app, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.db import db, utc_now
from implement.jobs import find_job
from implement.rollout.service.reports import gather_frame
from implement.rollout.service.signatures import SIDES
from implement.stages.audit.forms.reports import ReportForm, SignReportForm
from implement.stages.audit.report_paper import Around, print_seal
from implement.stages.audit.service import reports as service
from implement.stages.audit.service.audits import get_audit
from implement.stages.audit.tables import Audit, AuditReport
from implement.web.access import Permission, Role, requires, standing
from implement.web.texts import _, in_language, language

pages = Blueprint("audit_full_report", __name__, url_prefix="/rollouts/<int:rollout_id>/audit/reports")
KINDS = {"html": "text/html", "pdf": "application/pdf", "seal": "application/pdf"}


@pages.get("")
@requires(Permission.SEE_AUDIT)
def list_reports(rollout_id: int) -> ResponseReturnValue:
    """The newest edition with its signatures, or how far it is; the older ones below."""
    audit = get_audit(rollout_id)
    rows = service.list_reports(audit.id)
    newest = rows[0] if rows else None
    signed = service.list_signed(newest, audit) if newest else []
    job = find_job(newest.job_id, rollout_id) if newest and newest.job_id and not newest.made_at else None
    return render_template(
        "audit/full_report.html",
        row=newest,
        job=job,
        older=rows[1:],
        signed=signed,
        missing=[side for side in SIDES if side not in {one.role for one in signed}],
        form=ReportForm(language=language()),
        sign_forms=_sign_forms(newest, audit) if newest else [],
    )


@pages.post("")
@requires(Permission.RUN_AUDIT)
def ask_report(rollout_id: int) -> ResponseReturnValue:
    """Have the report written."""
    audit, form = get_audit(rollout_id), ReportForm()
    if form.validate_on_submit():
        service.ask_report(audit, form.language.data, by=current_user, now=utc_now())
        db.session.commit()
    return redirect(url_for(".list_reports", rollout_id=rollout_id))


@pages.post("/<int:number>/sign")
@requires(Permission.RUN_AUDIT)
def sign_report(rollout_id: int, number: int) -> ResponseReturnValue:
    """Sign the frozen bytes for one's side; with the second signature the sheet of signatures is kept."""
    audit, form, now = get_audit(rollout_id), SignReportForm(), utc_now()
    row, store = service.get_report(audit, number), current_app.extensions["implement_store"]
    if form.validate_on_submit() and form.role.data in list(Role):
        who = {"role": Role(form.role.data), "roles": standing().roles, "by": current_user, "now": now}
        service.sign_report(row, audit, seen=form.sha256.data, store=store, **who)
        if service.is_signed(row, audit):
            service.keep_seal(row, audit, _print_seal(row, audit), store=store, by=current_user, now=now)
        db.session.commit()
        flash(_("You have signed."), "success")
    return redirect(url_for(".list_reports", rollout_id=rollout_id))


@pages.get("/<int:number>/<any(html,pdf,seal):kind>")
@requires(Permission.SEE_AUDIT)
def download_report(rollout_id: int, number: int, kind: str) -> ResponseReturnValue:
    """A frozen file, byte for byte."""
    sha256 = service.find_report_bytes(service.get_report(get_audit(rollout_id), number), kind)
    path = current_app.extensions["implement_store"].path(sha256)
    name = f"audit-{rollout_id}-{number}{'-signatures' if kind == 'seal' else ''}.{'html' if kind == 'html' else 'pdf'}"
    return send_file(path, mimetype=KINDS[kind], as_attachment=True, download_name=name)


def _print_seal(row: AuditReport, audit: Audit) -> bytes:
    signed = service.list_signed(row, audit)
    with in_language(row.language):
        around = Around(gather_frame(audit.rollout_id), row.asked_by_name, row.made_at or row.asked_at, row.language)
        return print_seal(row.html_sha256 or "", row.pdf_sha256 or "", signed, around)


def _sign_forms(row: AuditReport, audit: Audit) -> list[tuple[Role, SignReportForm]]:
    """One form for each side that this person may still sign for."""
    done = {signed.role for signed in service.list_signed(row, audit)}
    sides = [role for role in SIDES if role in standing().roles and role not in done]
    if row.html_sha256 is None:
        return []
    return [(role, SignReportForm(sha256=row.html_sha256, role=role.value, formdata=None)) for role in sides]
