"""The pages of the specification room, by subject; `init_app` opens them and registers what the hall asks."""

from flask import Flask

from implement.stages.specification import in_hall, in_report, terms_subjects, work
from implement.stages.specification.views import (
    catalogue,
    chain,
    choice,
    cost,
    fields,
    plan,
    requirements,
    risks,
    room,
    structure,
    team,
    terms,
)


def init_app(app: Flask) -> None:
    """Open the room's pages and tell the hall what they answer."""
    subjects = (room, requirements, chain, structure, fields, choice, catalogue, cost, plan, risks, team, terms)
    for pages in {subject.pages for subject in subjects}:
        app.register_blueprint(pages)
    app.extensions["implement_specification_jobs"] = work.KINDS
    in_hall.register(app.extensions["implement_registries"])
    in_report.register_sections(app.extensions["implement_registries"])
    terms_subjects.register(app.extensions["implement_registries"])
