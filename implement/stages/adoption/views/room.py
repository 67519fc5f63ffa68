"""The door of the adoption room, and the first page: teams for those who read figures of teams, else one's own."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from implement.web.access import Permission, may, requires

pages = Blueprint("adoption", __name__, url_prefix="/rollouts/<int:rollout_id>/adoption")


@pages.get("")
@requires(Permission.SEE_OWN_USAGE)
def enter(rollout_id: int) -> ResponseReturnValue:
    """Lead to the page that is this person's."""
    page = "adoption.show_teams" if may("see_team_usage") else "adoption.show_own"
    return redirect(url_for(page, rollout_id=rollout_id))
