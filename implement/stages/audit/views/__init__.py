"""The pages of the audit, by subject; `init_app` opens them and registers what the hall asks of the room."""

from flask import Flask

from implement.stages.audit import in_hall
from implement.stages.audit.views import (
    audits,
    findings,
    guests,
    interview,
    own_packs,
    packs,
    people,
    plan,
    report,
    workflows,
)


def init_app(app: Flask) -> None:
    """Open the audit's pages and tell the hall what they answer."""
    for subject in (audits, packs, own_packs, interview, people, plan, findings, workflows, report, guests):
        app.register_blueprint(subject.pages)
    in_hall.register(app)
