"""The pages of the adoption room, by subject; `init_app` opens them."""

from flask import Flask

from implement.stages.adoption import remedies_in_hall, work
from implement.stages.adoption.registered import register
from implement.stages.adoption.views import (
    api,
    calendar,
    control,
    functions,
    handover,
    imports,
    lessons,
    outside,
    people,
    promises,
    pulse,
    pulse_guests,
    remarks,
    remedies,
    teams,
)
from implement.web.forms.base import csrf


def init_app(app: Flask) -> None:
    """Open the room: its pages, what its jobs do, and what it tells the hall."""
    app.extensions["implement_adoption_jobs"] = work.KINDS
    told = (control, functions, handover, lessons, outside, promises, pulse, pulse_guests)
    subjects = (teams, people, remarks, remedies, imports, calendar, *told)
    for pages in {subject.pages for subject in subjects}:
        app.register_blueprint(pages)
    csrf.exempt(api.api)
    app.extensions["implement_api"].register_blueprint(api.api)
    register(app.extensions["implement_registries"])
    remedies_in_hall.register(app.extensions["implement_registries"])
