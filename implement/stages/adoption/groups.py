"""Teams in waves in the rollout: whose figures may be shown, so that no difference of shown ones tells of few (R11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from implement.engine.suppression import LEAST_PEOPLE, Withheld, withhold_small_groups

WHOLE = "all"
HEADS = "heads"


@dataclass(frozen=True)
class GroupSize:
    """A group by its key, how many people its figure rests on, and the group it is part of."""

    key: str
    people: int
    parent: str | None = None


def withhold_groups(sizes: list[GroupSize]) -> dict[str, Withheld]:
    """Decide over the whole, its waves and their teams at once.

    The teams of a withheld wave are withheld with it: shown, they would tell the wave's figure and so that of the
    wave it protects.
    """
    parents = {one.key: one.parent for one in sizes}
    people = {one.key: one.people for one in sizes}
    waves = {one.key: one.people for one in sizes if one.parent == WHOLE}
    if people.get(WHOLE, 0) < LEAST_PEOPLE:
        return {one.key: Withheld(one.key, "too_few", None) for one in sizes if one.people}
    hidden = withhold_small_groups(waves, WHOLE)
    for wave in waves:
        teams = {key: people[key] for key, parent in parents.items() if parent == wave}
        hidden |= _withhold_all(teams) if wave in hidden else withhold_small_groups(teams, wave)
    return offer_instead(hidden, parents)


def offer_instead(hidden: Mapping[str, Withheld], parents: Mapping[str, str | None]) -> dict[str, Withheld]:
    """The same with the nearest group above that is shown."""
    return {key: replace(one, instead=_offer(key, parents, hidden)) for key, one in hidden.items()}


def _withhold_all(teams: Mapping[str, int]) -> dict[str, Withheld]:
    reasons = {key: "too_few" if people < LEAST_PEOPLE else "protects" for key, people in teams.items() if people}
    return {key: Withheld(key, reason, None) for key, reason in reasons.items()}


def _offer(key: str, parents: Mapping[str, str | None], hidden: Mapping[str, Withheld]) -> str | None:
    """The nearest group above that is shown."""
    above = parents[key]
    while above is not None and above in hidden:
        above = parents.get(above)
    return above
