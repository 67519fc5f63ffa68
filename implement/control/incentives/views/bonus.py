"""What the bonus changed for the weakest quarter."""

from flask import render_template

from implement.control.incentives import bonus_page
from implement.control.incentives.views.room import pages
from implement.db import utc_now
from implement.rollout.service.rollouts import local_day
from implement.web.access import Permission, requires


@pages.get("/effect")
@requires(Permission.SEE_TEAM_USAGE)
def show_bonus_effect(rollout_id: int) -> str:
    """Before and after each rule, against the others; sums from five people on, nobody by name."""
    shown = bonus_page.describe(rollout_id, local_day(rollout_id, utc_now()))
    return render_template("incentives/bonus_effect.html", **shown)
