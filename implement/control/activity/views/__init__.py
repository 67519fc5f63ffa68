"""The pages of activity plans, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.control.activity import in_hall
from implement.control.activity.views import catalogue


def init_app(app: Flask) -> None:
    """Open the room."""
    for subject in {one.pages for one in (catalogue,)}:
        app.register_blueprint(subject)
    in_hall.register(app.extensions["implement_registries"])
