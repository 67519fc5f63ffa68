"""What the adoption room shows outside its own pages: place on the rail, measure, next steps, card, part of the
report.
"""

from datetime import date
from fractions import Fraction

from flask import url_for

from implement.rollout.order_logs import OrderLog
from implement.rollout.registries import (
    ComparedFigure,
    HallCard,
    Measure,
    MeasureKind,
    NextStep,
    Registries,
    ReportSection,
    Room,
    Withheld,
)
from implement.rollout.service.staff import count_people
from implement.rollout.stages import Stage
from implement.stages.adoption import kept_classes, team_page
from implement.stages.adoption.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.stages.adoption.service import compared, told_orders
from implement.stages.adoption.service.figures import (
    count_left_out,
    find_figures,
    find_latest,
    read_figures,
)
from implement.stages.adoption.service.first_deals import list_first_ends
from implement.stages.adoption.service.people import BAND_LABELS
from implement.stages.adoption.service.pulse import find_open_round, is_open
from implement.stages.adoption.service.scoring import is_stale
from implement.stages.adoption.service.uploads import read_edition
from implement.stages.adoption.shown_groups import Group
from implement.stages.adoption.week_figures import list_week_figures, make_side_row
from implement.web.access import Permission, Role, Standing
from implement.web.texts import _, _n, day, lazy, number, share

TALK_WEIGHT, IMPORT_WEIGHT, CLOSE_WEIGHT, ANSWER_WEIGHT = 68, 62, 60, 35
CARD_WEEKS = 6
COMPARED = (
    ComparedFigure("adoption.in_time", lazy("Records entered in time"), "share", compared.compare_in_time),
    ComparedFigure("adoption.filled", lazy("Fields that are filled"), "share", compared.compare_filled),
    ComparedFigure("adoption.orders", lazy("Orders per person and week"), "count", compared.compare_orders),
)


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("adoption", lazy("Adoption"), "adoption.enter", Stage.ADOPTION))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    label = lazy("Share of users active on three of their last five days")
    kind = MeasureKind("adoption.active_share_3_of_5_days", label, "share", measure_regular_use, "adoption.show_teams")
    registries.add_measure(kind)
    registries.compared_figures.extend(COMPARED)
    registries.next_steps.append(list_steps)
    registries.week_figures.append(list_week_figures)
    registries.side_rows.append(make_side_row())
    registries.first_deals.append(list_first_ends)
    log = OrderLog(read_edition, told_orders.list_kinds, told_orders.find_orders, "adoption.list_imports")
    registries.order_logs.append(log)
    registries.hall_cards.append(make_card)
    registries.kept_classes.extend(kept_classes.list_classes())
    registries.measured.extend(kept_classes.list_measured())
    registries.report_sections.append(
        ReportSection(Stage.ADOPTION, 1, lazy("use by teams"), "adoption/_chapter.html", gather_chapter)
    )


def measure_regular_use(rollout_id: int, wave_id: int | None, today: date) -> Measure | Withheld | None:
    """Users active on three of their last five present days; withheld like every figure of a group (R11)."""
    found = find_figures(rollout_id, wave_id)
    if found is None:
        return None
    figures, group = found
    if group.regular is None:
        return Withheld()
    regular, users = group.regular
    return Measure(Fraction(regular, users), users, figures.first_day, figures.as_of) if users else None


def list_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Import this week's usage; talk with a team in which people fell silent."""
    steps = []
    if standing.may(Permission.IMPORT_USAGE):
        steps += _ask_for_usage(standing.rollout_id, today)
    if Role.HEAD in standing.roles and standing.person_id is not None:
        steps += _ask_to_talk(standing.rollout_id, standing.person_id)
    return steps + _ask_about_pulse(standing, today)


def make_card(standing: Standing, today: date) -> HallCard | None:
    """The pilot's use over six weeks; for whoever reads no figures of teams, the way to their own."""
    if not standing.may(Permission.SEE_TEAM_USAGE):
        return _own_card(standing)
    figures = read_figures(standing.rollout_id)
    if figures is None:
        return None
    url = url_for("adoption.show_teams", rollout_id=standing.rollout_id)
    pilot = next((wave for wave in figures.waves if wave.has_begun), figures.whole)
    shown = pilot if pilot.recent_share is not None else figures.whole
    if shown.recent_share is None:
        return HallCard(_("Use of the CRM"), _("Too few people to show figures of teams."), url)
    return HallCard(_("Use of the CRM"), _say_card(shown, figures.as_of), url, team_page.draw_weeks(shown, CARD_WEEKS))


def gather_chapter(rollout_id: int, wave_id: int | None, today: date) -> dict[str, object] | None:
    """The room's part of the rollout's report: teams from five people on."""
    figures = read_figures(rollout_id)
    if figures is None:
        return None
    return {
        "answer": team_page.say_answer(figures),
        "figures": figures,
        "rows": team_page.list_rows(rollout_id, figures),
        "left_out": team_page.say_left_out_counts(count_left_out(figures.evaluation_id)),
        "bands": BAND_LABELS,
    }


def _ask_for_usage(rollout_id: int, today: date) -> list[NextStep]:
    latest = find_latest(rollout_id)
    if not is_stale(latest[1] if latest else None, today) or not count_people(rollout_id):
        return []
    text = _("Import this week's usage") if latest else _("Import the first usage events")
    return [NextStep(text, url_for("adoption.list_imports", rollout_id=rollout_id), IMPORT_WEIGHT)]


def _ask_about_pulse(standing: Standing, today: date) -> list[NextStep]:
    """Answer the round that is open, for everybody on the staff (who has is not known); close one that is over."""
    row = find_open_round(standing.rollout_id)
    if row is None:
        return []
    if is_open(row, today):
        url = url_for("adoption.answer_pulse", rollout_id=standing.rollout_id)
        text = _("Say in a minute how the CRM works for you, if you have not yet")
        return [NextStep(text, url, ANSWER_WEIGHT, row.last_day)] if standing.person_id is not None else []
    url = url_for("adoption.show_pulse", rollout_id=standing.rollout_id)
    text = _("Close the survey round and see what people say")
    return [NextStep(text, url, CLOSE_WEIGHT)] if standing.may(Permission.RUN_PULSE) else []


def _ask_to_talk(rollout_id: int, person_id: int) -> list[NextStep]:
    """Never names anybody, and says nothing of teams that are withheld."""
    figures = read_figures(rollout_id)
    led = [team for team in figures.teams if team.head_id == person_id] if figures else []
    return [_talk(rollout_id, team, team.bands["silent"]) for team in led if team.bands.get("silent")]


def _talk(rollout_id: int, team: Group, silent: int) -> NextStep:
    people = number(sum(team.bands.values()))
    text = _n(
        "Talk with team %(team)s: one of %(people)s is silent",
        "Talk with team %(team)s: %(num)d of %(people)s are silent",
        silent,
        team=team.name,
        people=people,
    )
    return NextStep(text, url_for("adoption.show_team", rollout_id=rollout_id, team_id=team.id), TALK_WEIGHT)


def _own_card(standing: Standing) -> HallCard | None:
    if standing.person_id is None or find_latest(standing.rollout_id) is None:
        return None
    url = url_for("adoption.show_own", rollout_id=standing.rollout_id)
    return HallCard(_("Your own figures"), _("See exactly what others may see about you, and who looked."), url)


def _say_card(shown: Group, as_of: date) -> str:
    people = _n("one person", "%(num)d people", shown.people)
    said = {"name": team_page.name_group(shown), "share": share(shown.recent_share), "people": people}
    return _("%(name)s: active on %(share)s of their days, %(people)s, until %(day)s.", **said, day=day(as_of))
