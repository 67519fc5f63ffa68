"""Drift by the groups people are in: teams and functions of at least five, nobody by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.drift import DriftCount, sum_groups
from implement.engine.suppression import LEAST_PEOPLE, may_show, withhold_small_groups
from implement.rollout.service.people import find_people_by_name
from implement.rollout.service.usage import list_staff

TEAM, ROLE = "team", "role"


@dataclass(frozen=True)
class GroupLine:
    """A team or function: its people, what they lost and changed; None where the figures are withheld."""

    group: str
    people: int
    lost: int | None
    changed: int | None


def sum_by_group(rollout_id: int, counts: Sequence[DriftCount], by: str) -> list[GroupLine]:
    """What the people of each group did, the most losses first; groups nobody of whom did anything are left out."""
    groups = {one.person_id: str(getattr(one, by) or "") for one in list_staff(rollout_id)}
    sizes = Counter(group for group in groups.values() if group)
    withheld = withhold_small_groups(sizes)
    people = find_people_by_name(rollout_id, {one.author for one in counts if one.author})
    group_of = {name: groups[person_id] for name, person_id in people.items()}
    lost = sum_groups([one for one in counts if one.is_loss], group_of)
    done = sum_groups([one for one in counts if not one.is_loss], group_of)
    lines = [
        GroupLine(group, sizes[group], lost.get(group, 0), done.get(group, 0))
        if may_show(group, withheld)
        else GroupLine(group, sizes[group], None, None)
        for group in sizes
        if group in lost or group in done or not may_show(group, withheld)
    ]
    return sorted(lines, key=lambda line: (line.lost is None, -(line.lost or 0), -(line.changed or 0), line.group))


def find_group_of(rollout_id: int, people: Sequence[str]) -> str:
    """The team that all of these people are in, where it has five or more; empty else."""
    teams = {one.person_id: one.team or "" for one in list_staff(rollout_id)}
    sizes = Counter(team for team in teams.values() if team)
    known = find_people_by_name(rollout_id, people)
    found = {teams[known[person]] if person in known else "" for person in people}
    team = found.pop() if len(found) == 1 else ""
    return team if sizes[team] >= LEAST_PEOPLE and may_show(team, withhold_small_groups(sizes)) else ""
