"""What the adoption room knows of a team's week, for its weekly meeting; small teams stay withheld (R11)."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from flask import url_for

from implement.engine.side_by_side import USAGE
from implement.rollout.registries import WeekFigure
from implement.rollout.side_rows import SideCell, SideRow
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.shown_groups import NOBODY_THERE, Week
from implement.web.access import Permission
from implement.web.texts import _, lazy, share

LABEL = lazy("Active days in the CRM, of the days people were there")


def list_week_figures(rollout_id: int, team_id: int, monday: date) -> list[WeekFigure]:
    """The share of active days in the week from this Monday; nothing before the first evaluation."""
    figures = read_figures(rollout_id)
    group = next((one for one in figures.teams if one.id == team_id), None) if figures else None
    week = next((one for one in group.weeks if one.monday == monday), None) if group else None
    if week is None:
        return []
    url = url_for("adoption.show_team", rollout_id=rollout_id, team_id=team_id)
    if week.share is None:
        return [WeekFigure(LABEL, _("withheld or nobody there"), url)]
    return [WeekFigure(LABEL, share(week.share), url)]


def make_side_row() -> SideRow:
    """The row of usage beside those of the other rooms (M128)."""
    return SideRow(USAGE, lazy("Active days"), "share", 10, Permission.SEE_TEAM_USAGE, read_usage)


def read_usage(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """Active of present days per team and week; this room has withheld small groups itself."""
    figures = read_figures(rollout_id)
    return {
        (team.id, week.monday): _cell(week, url_for("adoption.show_team", rollout_id=rollout_id, team_id=team.id))
        for team in (figures.teams if figures else ())
        for week in team.weeks
        if team.id is not None and week.monday in mondays
    }


def _cell(week: Week, url: str) -> SideCell:
    if week.active_days is None or not week.present_days:
        return SideCell(None, url=url, is_withheld=bool(week.people) and week.why != NOBODY_THERE)
    return SideCell(Fraction(week.active_days, week.present_days), url=url)
