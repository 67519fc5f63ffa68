"""What the adoption room knows of a team's week, for its weekly meeting; small teams stay withheld (R11)."""

from datetime import date

from flask import url_for

from implement.rollout.registries import WeekFigure
from implement.stages.adoption.service.figures import read_figures
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
