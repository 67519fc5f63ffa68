"""Missed deadlines by role: whoever answers for a deal is looked up on the staff list, and few are never shown (M14).

Single people are nobody's business here; the named view has its own pages and its own log.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from implement.engine.funnel import Deadlines
from implement.engine.suppression import LEAST_PEOPLE, withhold_small_groups
from implement.rollout.service.usage import find_names, list_staff

NOT_ON_THE_LIST = ""


@dataclass(frozen=True)
class RoleDeadlines:
    """A role with how many people stand behind it; `due` and `missed` are None where so few may not be shown."""

    role: str
    people: int
    due: int | None
    missed: int | None


def list_by_role(rollout_id: int, deadlines: Deadlines) -> list[RoleDeadlines]:
    """Deadlines by the role of whoever answers for the deal, those with most missed first."""
    roles = _find_roles(rollout_id)
    people: dict[str, int] = defaultdict(int)
    sums: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for owner, due, missed in deadlines.by_owner:
        role = roles.get(owner.casefold(), NOT_ON_THE_LIST)
        people[role] += 1
        sums[role] = (sums[role][0] + due, sums[role][1] + missed)
    hidden = withhold_small_groups(people)
    if sum(people.values()) < LEAST_PEOPLE:
        hidden = dict.fromkeys(people)  # type: ignore[assignment]
    rows = [_row(role, people[role], None if role in hidden else sums[role]) for role in people]
    return sorted(rows, key=lambda one: (one.missed is None, -(one.missed or 0), one.role))


def _find_roles(rollout_id: int) -> dict[str, str]:
    """The role of each person by every name that a list may know them by."""
    staff = list_staff(rollout_id)
    names = find_names(one.person_id for one in staff)
    known: Iterable[tuple[str, str]] = (
        (name, one.role) for one in staff for name in (names[one.person_id], one.crm_user, one.number)
    )
    return {name.strip().casefold(): role for name, role in known if name}


def _row(role: str, people: int, shown: tuple[int, int] | None) -> RoleDeadlines:
    return RoleDeadlines(role, people, *(shown if shown is not None else (None, None)))
