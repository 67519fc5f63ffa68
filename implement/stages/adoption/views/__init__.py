"""The pages of the adoption room, by subject; `init_app` opens them."""

from flask import Flask

from implement.stages.adoption import work
from implement.stages.adoption.registered import register
from implement.stages.adoption.views import imports, people, teams
from implement.stages.adoption.views.room import pages

SUBJECTS = (teams, people, imports)


def init_app(app: Flask) -> None:
    """Open the room: its pages, what its jobs do, and what it tells the hall."""
    app.extensions["implement_adoption_jobs"] = work.KINDS
    app.register_blueprint(pages)
    register(app.extensions["implement_registries"])
