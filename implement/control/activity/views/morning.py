"""A head's morning on one page."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from implement.control.activity.morning_page import describe_morning, list_named
from implement.control.activity.views.looks import note_named
from implement.control.activity.views.room import pages
from implement.db import utc_now
from implement.web.access import Permission, requires, standing


@pages.get("/morning")
@requires(Permission.SEE_MORNING)
def show_morning(rollout_id: int) -> ResponseReturnValue:
    """What is to be done in the next fifteen minutes."""
    here, now = standing(), utc_now()
    note_named(rollout_id, list_named(here, now), "morning")
    return render_template("activity/morning.html", **describe_morning(here, current_user.id, now))
