"""The pages of regulations, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.control.regulations import in_hall
from implement.control.regulations.views import drafts, overview, versions
from implement.control.regulations.views.room import pages


def init_app(app: Flask) -> None:
    """Open the room."""
    for subject in {one.pages for one in (drafts, overview, versions)} | {pages}:
        app.register_blueprint(subject)
    in_hall.register(app.extensions["implement_registries"])
