"""Groups shown at different times: no difference of all that was shown may tell of fewer than five people.

Statistical offices meet it as differencing: a total with and without one person tells of that person. All that is ever
shown of one period divides people into parts that are told apart; while no part is smaller than five, every sum and
difference of what is shown is constant on parts and so tells of five people or more.
"""

from collections import Counter
from collections.abc import Iterable

from implement.engine.suppression import LEAST_PEOPLE

People = frozenset[int]


class Parts:
    """The parts into which everything shown so far divides people."""

    def __init__(self, parts: Iterable[Iterable[int]] = ()) -> None:
        self.members = [set(part) for part in parts]
        self._part_of = {person: place for place, part in enumerate(self.members) for person in part}

    def may_show(self, group: Iterable[int]) -> bool:
        """True when showing the group as well leaves no part smaller than five."""
        inside, fresh = self._count(group)
        whole = all(
            count == len(self.members[place]) or min(count, len(self.members[place]) - count) >= LEAST_PEOPLE
            for place, count in inside.items()
        )
        return whole and (fresh == 0 or fresh >= LEAST_PEOPLE)

    def show(self, group: Iterable[int]) -> bool:
        """Show a group if it may be shown; says whether it was."""
        wanted = set(group)
        if not self.may_show(wanted):
            return False
        inside, fresh = self._count(wanted)
        for place, count in inside.items():
            if count < len(self.members[place]):
                self._add(self.members[place] & wanted)
                self.members[place] -= wanted
        if fresh:
            self._add({person for person in wanted if person not in self._part_of})
        return True

    def _add(self, part: set[int]) -> None:
        self._part_of |= dict.fromkeys(part, len(self.members))
        self.members.append(part)

    def _count(self, group: Iterable[int]) -> tuple[Counter[int], int]:
        """How many of the group are in which part, and how many are in none."""
        places = Counter(self._part_of.get(person, -1) for person in group)
        return places, places.pop(-1, 0)
