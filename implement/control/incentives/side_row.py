"""What incentives set side by side with the other rooms: rewards in kind granted, per team and week (M128)."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for

from implement.control.incentives.service.in_kind import count_granted_by_week
from implement.engine.side_by_side import INCENTIVES
from implement.rollout.service.staff import list_teams
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Permission
from implement.web.texts import lazy


def make_row() -> SideRow:
    """The row."""
    return SideRow(INCENTIVES, lazy("Rewards granted"), "count", 40, Permission.SEE_REWARDS, read_rewards)


def read_rewards(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """Rewards granted in each week; nothing where no rule ran by then."""
    counted, url = count_granted_by_week(rollout_id, mondays), url_for("incentives.show_in_kind", rollout_id=rollout_id)
    return {
        (team_id, monday): SideCell(counts[team_id], people=people, url=url)
        for team_id, _name, _head, _wave, people in list_teams(rollout_id)
        for monday, counts in counted.items()
    }
