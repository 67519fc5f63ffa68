"""The three things to do next for the person who looks, from all rooms, the heaviest first."""

from datetime import date

from implement.rollout.registries import NextStep, registries
from implement.web.access import Standing

SHOWN_STEPS = 3


def list_next_steps(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Ask every room what this person should do; three are shown."""
    steps = [step for ask in registries().next_steps for step in ask(standing, user_id, today)]
    return sorted(steps, key=lambda step: (-step.weight, step.due or date.max, str(step.text)))[:SHOWN_STEPS]
