"""No difference of shown figures tells of fewer than five people (R11), whatever the sizes of teams and waves."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from implement.stages.adoption.groups import WHOLE, GroupSize, withhold_groups

Vector = list[Fraction]
LEAST = 5

firms = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=5), min_size=1, max_size=4)


def lay_out(waves: list[list[int]]) -> list[GroupSize]:
    """The whole, its waves and their teams."""
    sizes = [GroupSize(WHOLE, sum(map(sum, waves)))]
    for number, teams in enumerate(waves):
        sizes.append(GroupSize(f"wave:{number}", sum(teams), WHOLE))
        sizes += [GroupSize(f"team:{number}.{place}", size, f"wave:{number}") for place, size in enumerate(teams)]
    return sizes


def tells(shown: list[Vector], wanted: Vector) -> bool:
    """True when the wanted sum is a combination of the shown ones: solved exactly, with fractions."""
    rows = [list(row) for row in shown]
    target, column = list(wanted), 0
    for column in range(len(wanted)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        scaled = [value / pivot[column] for value in pivot]
        rows = [[a - row[column] * b for a, b in zip(row, scaled, strict=True)] for row in rows]
        target = [a - target[column] * b for a, b in zip(target, scaled, strict=True)]
    return not any(target)


@settings(max_examples=300, deadline=None)
@given(firms)
def test_no_combination_of_shown_groups_tells_of_fewer_than_five(waves: list[list[int]]) -> None:
    sizes = lay_out(waves)
    hidden = withhold_groups(sizes)
    teams = [(wave, place) for wave, row in enumerate(waves) for place, size in enumerate(row) if size]
    people = [waves[wave][place] for wave, place in teams]
    shown = [members(one.key, teams) for one in sizes if one.key not in hidden and one.people]
    for chosen in product((0, 1), repeat=min(len(teams), 9)):
        wanted = [Fraction(each) for each in (*chosen, *(0 for _ in teams[9:]))]
        count = sum(size for size, each in zip(people, wanted, strict=True) if each)
        if 0 < count < LEAST:
            assert not tells(shown, wanted), (waves, wanted, sorted(hidden))


def members(key: str, teams: list[tuple[int, int]]) -> Vector:
    """Which teams a group is made of."""
    if key == WHOLE:
        return [Fraction(1) for _ in teams]
    if key.startswith("wave:"):
        return [Fraction(int(wave == int(key.removeprefix("wave:")))) for wave, _ in teams]
    return [Fraction(int(key == f"team:{wave}.{place}")) for wave, place in teams]


def test_the_teams_of_a_wave_that_protects_another_are_withheld_with_it() -> None:
    hidden = withhold_groups(lay_out([[4], [6], [20, 20]]))
    assert set(hidden) == {"wave:0", "team:0.0", "wave:1", "team:1.0"}


def test_a_withheld_team_is_offered_the_next_larger_group_that_is_shown() -> None:
    hidden = withhold_groups(lay_out([[3, 6, 8], [4], [7]]))
    assert (hidden["team:0.0"].instead, hidden["team:1.0"].instead) == ("wave:0", WHOLE)


def test_a_firm_of_four_shows_nothing() -> None:
    assert set(withhold_groups(lay_out([[2, 2]]))) == {WHOLE, "wave:0", "team:0.0", "team:0.1"}
