"""What the hall registers with itself: its rooms, next steps and cards."""

from flask import Flask

from implement.rollout import hall_cards, hall_steps, hall_terms, kept_classes, measured_hall
from implement.rollout.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.rollout.registries import Registries, Room
from implement.web.texts import lazy

ROOMS = (
    Room("side_by_side", lazy("Side by side"), "side_by_side.show_sides", is_quiet=True),
    Room("gates", lazy("Gates"), "gates.list_gates", is_quiet=True),
    Room("people", lazy("People"), "people.list_people", is_quiet=True),
    Room("tasks", lazy("Tasks"), "tasks.list_tasks", is_quiet=True),
    Room("monitoring", lazy("What is evaluated"), "monitoring.show_monitoring", is_quiet=True),
    Room("reports", lazy("Report"), "reports.show_rollout_report", is_quiet=True),
    Room("api_tokens", lazy("API tokens"), "api_tokens.list_tokens", is_quiet=True),
)


def init_app(app: Flask) -> None:
    """Register what the hall itself offers."""
    registries: Registries = app.extensions["implement_registries"]
    registries.rooms.extend(ROOMS)
    hall_terms.register(registries)
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    registries.next_steps.extend(hall_steps.STEPS)
    registries.kept_classes.extend(kept_classes.list_classes())
    registries.measured.extend(measured_hall.list_measured())
    registries.hall_cards += [hall_cards.show_sides, hall_cards.show_wave_plan]
    registries.morning_cards.append(hall_cards.show_overdue_tasks)
