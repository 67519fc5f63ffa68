"""How far teams meet as their regulation says, and what it changed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from implement.control.meetings import overview
from implement.control.meetings.views.room import pages
from implement.db import utc_now
from implement.web.access import Permission, requires, standing


@pages.get("/compliance")
@requires(Permission.SEE_COMPLIANCE)
def show_compliance(rollout_id: int) -> ResponseReturnValue:
    """Every team's weeks: held, punctual, within time, attended; and how long tasks take before and since."""
    return render_template("meetings/compliance.html", **overview.describe_compliance(standing(), utc_now()))
