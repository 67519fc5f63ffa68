"""Teams: who uses the CRM and who does not, in a sentence, a heat map and rows."""

from flask import render_template

from implement.db import utc_now
from implement.engine.suppression import LEAST_PEOPLE
from implement.rollout.kept_page import kept
from implement.rollout.service.privacy import named_view_is_on
from implement.rollout.service.rollouts import get_rollout, local_day
from implement.stages.adoption import evidence_page, remedy_page, sides_page, team_page
from implement.stages.adoption.service import figures as service
from implement.stages.adoption.service.people import BAND_LABELS
from implement.stages.adoption.service.remedies import ForWhom, may_run
from implement.stages.adoption.service.remedy_list import list_of_team
from implement.stages.adoption.views.room import pages
from implement.web.access import Permission, requires, standing


@pages.get("/teams")
@requires(Permission.SEE_TEAM_USAGE)
@kept
def show_teams(rollout_id: int) -> str:
    """All teams by week; the first line says it in words."""
    figures = service.read_figures(rollout_id)
    if figures is None:
        return render_template("adoption/empty.html")
    return render_template(
        "adoption/teams.html",
        answer=team_page.say_answer(figures),
        figures=figures,
        heat=team_page.draw_heat(rollout_id, figures),
        rows=team_page.list_rows(rollout_id, figures),
        withheld=[team_page.make_cells(rollout_id, figures, one) for one in service.list_withheld(figures)],
        left_out=team_page.say_left_out_counts(service.count_left_out(figures.evaluation_id)),
        bands=BAND_LABELS,
        kept_note=team_page.say_kept(figures),
        waiting=team_page.say_waiting(figures),
        is_on_staff=standing().person_id is not None,
        **_sides(rollout_id, figures),
    )


@pages.get("/teams/<int:team_id>")
@requires(Permission.SEE_TEAM_USAGE)
@kept
def show_team(rollout_id: int, team_id: int) -> str:
    """One team by week."""
    return _show_group(rollout_id, f"team:{team_id}")


@pages.get("/waves/<int:wave_id>")
@requires(Permission.SEE_TEAM_USAGE)
@kept
def show_wave(rollout_id: int, wave_id: int) -> str:
    """One wave by week, with its teams."""
    return _show_group(rollout_id, f"wave:{wave_id}")


def _sides(rollout_id: int, figures: service.Figures) -> dict[str, object]:
    """The willing and the unwilling, the pilot beside the others, the heads' own use where it may be shown."""
    is_agreed = named_view_is_on(rollout_id, get_rollout(rollout_id).legal_profile, local_day(rollout_id, utc_now()))
    return {
        "sides": sides_page.say_sides(figures),
        "sides_picture": sides_page.draw_sides(rollout_id, figures),
        "pilot": sides_page.say_pilot(figures),
        "heads": sides_page.say_heads(figures.heads, is_agreed=is_agreed, least=LEAST_PEOPLE),
    }


def _show_group(rollout_id: int, key: str) -> str:
    figures = service.read_figures(rollout_id)
    if figures is None:
        return render_template("adoption/empty.html")
    group = figures.group(key)
    wider = figures.group(group.withheld.instead) if group.withheld and group.withheld.instead else None
    found, today = group.standing_out if group.is_team and group.id else None, local_day(rollout_id, utc_now())
    return render_template(
        "adoption/team.html",
        figures=figures,
        cells=team_page.make_cells(rollout_id, figures, group),
        evidence_page=evidence_page,
        wider=team_page.make_cells(rollout_id, figures, wider) if wider else None,
        weeks=team_page.draw_weeks(group),
        teams=[team_page.make_cells(rollout_id, figures, one) for one in figures.teams_of(group)],
        bands=BAND_LABELS,
        offers=remedy_page.offer_for_team(rollout_id, group.id or 0, found.kinds, found.judged) if found else [],
        remedies=list_of_team(rollout_id, group.id, today) if group.is_team and group.id else [],
        remedy_page=remedy_page,
        may_start=bool(group.is_team and group.id) and may_run(standing(), ForWhom(team_id=group.id)),
        say_why=team_page.say_why,
        start=team_page.say_start(group),
        is_on_staff=standing().person_id is not None,
    )
