"""The pages of activity plans, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.control.activity import in_hall, work
from implement.control.activity.views import (
    catalogue,
    morning,
    plans,
    progress,
    quotas,
    readers,
    reading,
    reports,
    targets,
)


def init_app(app: Flask) -> None:
    """Open the room."""
    app.extensions["implement_activity_jobs"] = work.KINDS
    subjects = (plans, targets, progress, reports, morning, quotas, catalogue, readers, reading)
    for subject in {one.pages for one in subjects}:
        app.register_blueprint(subject)
    in_hall.register(app.extensions["implement_registries"])
