"""The side effects of `checklists/side_effects.yaml` as the room uses them: by kind of evidence, by remedy."""

from functools import cache
from pathlib import Path

from implement.engine.checklist import Remedy, SideEffect, load_side_effects

SIDE_EFFECTS = Path(__file__).parents[3] / "checklists/side_effects.yaml"


@cache
def side_effects() -> tuple[SideEffect, ...]:
    """All side effects in their order."""
    return load_side_effects(SIDE_EFFECTS)


def side_effect_of(kind: str) -> SideEffect:
    """The side effect that a kind of evidence tells."""
    return next(effect for effect in side_effects() if kind in effect.kinds)


def find_remedy(remedy_id: str) -> Remedy | None:
    """A remedy by its id; None for one that the sheet does not know."""
    return next((one for effect in side_effects() for one in effect.remedies if one.id == remedy_id), None)
