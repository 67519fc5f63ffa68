"""The pages of the audit, by subject; `init_app` opens them and registers what the hall asks of the room."""

from flask import Flask

from implement.stages.audit import figures_in_report, in_hall, report_work, work
from implement.stages.audit.forms.terms import TERMS
from implement.stages.audit.service.audits import AuditNotBegun
from implement.stages.audit.views import (
    audits,
    base,
    baseline,
    diary,
    findings,
    full_report,
    guests,
    interview,
    lists,
    losses,
    own_packs,
    packs,
    people,
    plan,
    report,
    workflows,
)


def init_app(app: Flask) -> None:
    """Open the audit's pages and tell the hall what they answer."""
    for subject in (
        audits,
        packs,
        own_packs,
        interview,
        people,
        plan,
        findings,
        workflows,
        report,
        full_report,
        guests,
    ):
        app.register_blueprint(subject.pages)
    for counted in (lists, losses, base, baseline, diary):
        app.register_blueprint(counted.pages)
    app.register_error_handler(AuditNotBegun, audits.lead_to_beginning)
    in_hall.register(app)
    figures_in_report.register(app)
    app.jinja_env.globals["evidence_terms"] = TERMS
    app.extensions["implement_audit_jobs"] = (*work.KINDS, report_work.make_report)
