"""The pages of the transfer room, by subject; `init_app` opens them."""

from flask import Flask

from implement.stages.transfer import work
from implement.stages.transfer.registered import register
from implement.stages.transfer.views import discrepancies, files, findings, mapping, runs
from implement.stages.transfer.views.room import pages

SUBJECTS = (runs, files, mapping, discrepancies, findings)


def init_app(app: Flask) -> None:
    """Open the room: its pages, what its jobs do, and what it tells the hall."""
    app.extensions["implement_transfer_jobs"] = work.KINDS
    app.register_blueprint(pages)
    register(app.extensions["implement_registries"])
