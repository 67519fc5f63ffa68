"""The three things to do next for the person who looks, from all rooms: what is due soon, then the heaviest."""

from datetime import date, timedelta

from implement.rollout.registries import NextStep, registries
from implement.web.access import Standing

SHOWN_STEPS = 3
SOON = timedelta(days=7)


def list_next_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Ask every room what this person should do; three are shown."""
    steps = [step for ask in registries().next_steps for step in ask(standing, user_id, today)]
    return sorted(steps, key=lambda step: rank_step(step, today))[:SHOWN_STEPS]


def rank_step(step: NextStep, today: date) -> tuple[bool, date, int, date, str]:
    """What is due within a week or overdue stands first by its day, whatever room it comes from; the rest by weight."""
    due = step.due or date.max
    is_soon = due <= today + SOON
    return not is_soon, due if is_soon else date.max, -step.weight, due, str(step.text)
