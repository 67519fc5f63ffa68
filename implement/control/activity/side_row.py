"""What plans set side by side with the other rooms: how much of what was due was done, per team and week (M128)."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for

from implement.control.activity.service.weeks import list_team_plans
from implement.engine.side_by_side import PLAN
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Permission
from implement.web.texts import lazy


def make_row() -> SideRow:
    """The row."""
    return SideRow(PLAN, lazy("Plan done"), "share", 20, Permission.SEE_ACTIVITY, read_plans)


def read_plans(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """The share of the plan that was due by the end of the week and is done."""
    url = url_for("activity.list_plans", rollout_id=rollout_id)
    return {
        place: SideCell(one.share, people=one.people, url=url)
        for place, one in list_team_plans(rollout_id, mondays).items()
    }
