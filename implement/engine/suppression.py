"""Withhold figures of small groups so that no difference of shown figures gives them away (k ≥ 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_PEOPLE = 5


@dataclass(frozen=True)
class Withheld:
    """A group whose figures are not shown: `too_few` people, or because it `protects` another group.

    `instead` names the next larger group whose figures may be shown; None when there is none.
    """

    group: str
    reason: str
    instead: str | None


def withhold_small_groups(
    sizes: Mapping[str, int], whole: str | None = None, least_people: int = LEAST_PEOPLE
) -> dict[str, Withheld]:
    """Decide which groups of a whole to withhold, so that what is withheld is never one group nor under five people.

    `sizes` are the groups that make up the whole, each person in one. Of 3 and 6 both are withheld: 9 less 6 would
    tell of 3. Empty groups are shown: they tell of nobody. Groups are taken by size and name, so that the choice can
    be repeated.
    """
    instead = whole if sum(sizes.values()) >= least_people else None
    ordered = sorted((size, group) for group, size in sizes.items() if size > 0)
    found = {group: Withheld(group, "too_few", instead) for size, group in ordered if size < least_people}
    if not found:
        return {}
    for size, group in ordered:
        hidden = sum(sizes[name] for name in found)
        if len(found) >= 2 and hidden >= least_people:
            break
        if size >= least_people:
            found[group] = Withheld(group, "protects", instead)
    return found


def may_show(group: str, withheld: Mapping[str, Withheld]) -> bool:
    """True when a group's figures may be shown."""
    return group not in withheld


def offer_larger_group(
    group: str, parents: Mapping[str, str], sizes: Mapping[str, int], least_people: int = LEAST_PEOPLE
) -> str | None:
    """The nearest group above that is large enough to be shown: team, then department, then firm."""
    current = parents.get(group)
    while current is not None and sizes.get(current, 0) < least_people:
        current = parents.get(current)
    return current
