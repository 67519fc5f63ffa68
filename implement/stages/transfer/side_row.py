"""What the transfer sets side by side with the other rooms: lost records per team and week (M128)."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import current_app, url_for

from implement.engine.side_by_side import LOST
from implement.rollout.service.staff import list_teams
from implement.rollout.side_rows import SideCell, SideRow
from implement.stages.transfer.service.lost_by_team import list_lost_by_team
from implement.web.access import Permission
from implement.web.texts import lazy


def make_row() -> SideRow:
    """The row."""
    return SideRow(LOST, lazy("Lost records"), "count", 50, Permission.SEE_TRANSFER, read_lost)


def read_lost(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """Deals of the team's people that did not arrive whole, as the newest run of that week saw it."""
    found = list_lost_by_team(rollout_id, mondays, store=current_app.extensions["implement_store"])
    people = {team_id: count for team_id, _name, _head, _wave, count in list_teams(rollout_id)}
    return {
        (team_id, monday): SideCell(
            one.lost, of=one.of, people=people.get(team_id, 0),
            url=url_for("transfer.show_money", rollout_id=rollout_id, number=one.run_number),
        )
        for (team_id, monday), one in found.items()
    }  # fmt: skip
