"""The pages of meetings, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.control.meetings import in_hall
from implement.control.meetings.views import compliance, feed, meeting, minutes, series


def init_app(app: Flask) -> None:
    """Open the room."""
    for subject in {one.pages for one in (series, meeting, minutes, compliance, feed)}:
        app.register_blueprint(subject)
    in_hall.register(app.extensions["implement_registries"])
