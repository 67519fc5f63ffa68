"""What is shown of changing groups, look after look, never tells of fewer than five people by any difference."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.apart import Parts
from implement.stages.adoption.groups import WHOLE, GroupSize, withhold_groups
from tests.rooms.test_adoption_groups import tells

TEAMS = ("north", "east", "south")
STAFF = st.dictionaries(st.integers(1, 24), st.sampled_from(TEAMS), min_size=5)


def test_one_who_leaves_is_not_told_by_the_difference() -> None:
    parts = Parts()
    assert parts.show(range(1, 11)) and parts.show(range(1, 11))
    assert not parts.show(range(1, 10))


def test_five_who_join_or_leave_together_are() -> None:
    parts = Parts()
    assert parts.show(range(1, 11)) and parts.show(range(1, 16)) and parts.show(range(6, 16))
    assert not parts.show([*range(1, 5), 16])


def test_the_third_look_is_held_against_the_first() -> None:
    parts = Parts([range(1, 11)])
    assert parts.show(range(1, 16))
    assert not parts.show([*range(1, 10), 11, 12, 13, 14, 15])


def families(looks: Iterable[dict[int, str]]) -> list[frozenset[int]]:
    """All groups that are shown over some looks at a changing staff, as an evaluation shows them."""
    parts, shown = Parts(), list[frozenset[int]]()
    for staff in looks:
        groups = {WHOLE: frozenset(staff), "wave": frozenset(staff)}
        groups |= {team: frozenset(one for one in staff if staff[one] == team) for team in TEAMS}
        parents = {WHOLE: None, "wave": WHOLE} | dict.fromkeys(TEAMS, "wave")
        hidden = withhold_groups([GroupSize(key, len(who), parents[key]) for key, who in groups.items()])
        shown += [who for key, who in groups.items() if key not in hidden and parts.show(who)]
    return shown


@settings(max_examples=60, deadline=None)
@given(st.lists(STAFF, min_size=1, max_size=4))
def test_no_sequence_of_looks_tells_of_few(looks: list[dict[int, str]]) -> None:  # R11
    shown = families(looks)
    people = sorted({person for group in shown for person in group})
    alike = sorted({tuple(person in group for group in shown) for person in people})
    sizes = [sum(tuple(person in group for group in shown) == one for person in people) for one in alike]
    assert all(size >= 5 for size in sizes)
    vectors = [[Fraction(int(one[place])) for one in alike] for place in range(len(shown))]
    for chosen in product((0, 1), repeat=min(len(alike), 6)):
        wanted = [Fraction(each) for each in chosen] + [Fraction(0)] * (len(alike) - len(chosen))
        told = sum(size for size, each in zip(sizes, wanted, strict=True) if each)
        assert not tells(vectors, wanted) or told == 0 or told >= 5


@settings(max_examples=60, deadline=None)
@given(STAFF)
def test_the_first_look_costs_nothing(staff: dict[int, str]) -> None:
    parts = Parts()
    assert all(parts.show(group) for group in families([staff]))
