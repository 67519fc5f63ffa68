"""What the room of activity plans shows outside its own pages: its place, next steps, cards, its row."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for

from implement.control.activity import morning_page
from implement.control.activity.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.control.activity.kept_classes import list_classes
from implement.control.activity.service.delivering import read_deliveries
from implement.control.activity.service.periods import list_periods
from implement.control.activity.service.weekly import read_weeks
from implement.engine.side_by_side import PLAN
from implement.rollout.registries import Measured, NextStep, Registries, Room
from implement.rollout.side_rows import SideCell, SideRow
from implement.web.access import Permission, Standing
from implement.web.texts import _, day, lazy

SHEET, MORNING = 84, 50


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("activity", lazy("Activity"), "activity.enter"))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    registries.next_steps.extend((ask_to_acknowledge, point_to_morning))
    row = SideRow(PLAN, lazy("Plan fulfilled"), "share", 20, Permission.SEE_PROGRESS, read_fulfilled)
    registries.side_rows.append(row)
    cards = (morning_page.show_conflicts, morning_page.show_missing_reports, morning_page.show_lacking_targets)
    registries.morning_cards.extend(cards)
    registries.measured.append(
        Measured(
            "activity", lazy("Targets of people, and what they report of their activities"),
            lazy("to agree on a day's work that can be done, and to see what keeps it from being done"),
            lazy("the person and their head; others see shares of teams of five and more"),
            ("activity_days", "activity_sheets"),
        )
    )  # fmt: skip
    registries.kept_classes.extend(list_classes())


def ask_to_acknowledge(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Read the targets one was handed."""
    if standing.person_id is None or not standing.may(Permission.REPORT_ACTIVITY):
        return []
    for period in list_periods(standing.rollout_id)[:2]:
        sheet = read_deliveries(standing.rollout_id, period).get(standing.person_id)
        if sheet is not None and sheet.acknowledged_at is None:
            url = url_for("activity.show_month", rollout_id=standing.rollout_id)
            text = _("Read and acknowledge your targets from %(day)s", day=day(period.first_day))
            return [NextStep(text, url, SHEET, period.first_day)]
    return []


def point_to_morning(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """The morning's page, for a head."""
    if standing.person_id is None or not standing.may(Permission.SEE_MORNING):
        return []
    url = url_for("activity.show_morning", rollout_id=standing.rollout_id)
    return [NextStep(_("See your morning on one page"), url, MORNING)]


def read_fulfilled(rollout_id: int, mondays: Sequence[date]) -> Mapping[tuple[int, date], SideCell]:
    """The plan's fulfilment per team and week, with how many people stand behind it (M128)."""
    url = url_for("activity.show_progress", rollout_id=rollout_id)
    weeks = read_weeks(rollout_id, mondays)
    return {cell: SideCell(one.share, people=one.people, url=url) for cell, one in weeks.items()}
