"""The pages of incentives, by subject; `init_app` opens them and tells the hall of the room."""

from flask import Flask

from implement.control.incentives import in_hall, work
from implement.control.incentives.views import (
    amounts,
    bonus,
    first_hour,
    in_kind,
    month_end,
    overview,
    reductions,
    rules,
    runs,
    statements,
)


def init_app(app: Flask) -> None:
    """Open the room."""
    subjects = (overview, rules, amounts, runs, statements, reductions, in_kind, first_hour, month_end, bonus)
    for subject in {one.pages for one in subjects}:
        app.register_blueprint(subject)
    app.extensions["implement_incentives_jobs"] = work.KINDS
    in_hall.register(app.extensions["implement_registries"])
