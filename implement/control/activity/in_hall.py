"""What the room of activity plans shows outside its own pages: its place, next steps, cards of a morning."""

from datetime import date

from flask import url_for

from implement.control.activity import morning_page
from implement.control.activity.service.delivering import read_deliveries
from implement.control.activity.service.keeping import hold_reports
from implement.control.activity.service.periods import list_periods
from implement.rollout.registries import Measured, NextStep, Registries, Room
from implement.web.access import Permission, Standing
from implement.web.texts import _, day, lazy

SHEET, MORNING = 84, 50


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("activity", lazy("Activity"), "activity.list_plans"))
    registries.next_steps.extend((ask_to_acknowledge, point_to_morning))
    cards = (morning_page.show_conflicts, morning_page.show_missing_reports, morning_page.show_lacking_targets)
    registries.morning_cards.extend(cards)
    registries.measured.append(
        Measured(
            "activity", lazy("Targets of people, and what they report of their activities"),
            lazy("to agree on a day's work that can be done, and to see what keeps it from being done"),
            lazy("the person and their head; others see shares of teams of five and more"), hold=hold_reports,
        )
    )  # fmt: skip


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
