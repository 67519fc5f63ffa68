"""The pages of the hall, by subject; `init_app` opens them."""

from flask import Flask

from implement.rollout.views import accounts, gates, hall, monitoring, people, preferences, regulations, reports, tasks


def init_app(app: Flask) -> None:
    """Open the hall's pages."""
    for subject in (accounts, preferences, hall, gates, people, tasks, regulations, monitoring, reports):
        app.register_blueprint(subject.pages)
