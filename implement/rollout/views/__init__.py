"""The pages of the hall, by subject; `init_app` opens them."""

from flask import Flask

from implement.rollout import hall_rooms, work
from implement.rollout.views import (
    accounts,
    api_tokens,
    closing,
    entrance,
    gates,
    hall,
    measured,
    members,
    monitoring,
    my_account,
    people,
    preferences,
    reports,
    retention,
    side_by_side,
    tasks,
)


def init_app(app: Flask) -> None:
    """Open the hall's pages, and register its rooms, jobs, next steps and cards."""
    app.extensions["implement_hall_jobs"] = work.dispose
    for subject in (
        entrance,
        my_account,
        accounts,
        preferences,
        hall,
        gates,
        people,
        members,
        tasks,
        monitoring,
        reports,
        closing,
        api_tokens,
        retention,
        side_by_side,
        measured,
    ):
        app.register_blueprint(subject.pages)
    hall_rooms.init_app(app)
