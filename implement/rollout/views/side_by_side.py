"""People, data, or both: the figures of all rooms side by side."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from implement.db import utc_now
from implement.rollout import side_by_side_page
from implement.rollout.registries import registries
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.side_by_side import read_sides
from implement.web.access import Permission, requires, standing

pages = Blueprint("side_by_side", __name__, url_prefix="/rollouts/<int:rollout_id>/side-by-side")


@pages.get("")
@requires(Permission.SEE_SIDE_BY_SIDE)
def show_sides(rollout_id: int) -> ResponseReturnValue:
    """Per team and week usage, plan, meetings, incentives and lost records; never summed, and one sentence."""
    sides = read_sides(standing(), registries().side_rows, local_day(rollout_id, utc_now()))
    return render_template("hall/side_by_side.html", **side_by_side_page.describe(sides))
