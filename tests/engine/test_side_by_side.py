"""People, data, or both: one rule over figures that are never summed (M128)."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.side_by_side import Cell, Verdict, join_verdicts, judge_team, withhold_small_cells
from implement.engine.suppression import LEAST_PEOPLE


def shares(*percent: int | None) -> Sequence[Cell]:
    return [Cell(None if one is None else Fraction(one, 100)) for one in percent]


def lost(count: int | None, of: int | None = None) -> Sequence[Cell]:
    return [Cell(count, of)]


GOOD, LOW = shares(90, 90, 90, 90), shares(30, 30, 30, 30)


@pytest.mark.parametrize(
    ("rows", "side", "because"),
    [
        ({"usage": LOW, "lost": lost(0, 100)}, "people", ["usage"]),
        ({"usage": GOOD, "lost": lost(40, 100)}, "data", ["lost"]),
        ({"usage": LOW, "lost": lost(40, 100)}, "both", ["lost", "usage"]),
        ({"usage": GOOD, "lost": lost(0, 100)}, "neither", []),
        ({"usage": shares(60), "lost": lost(4, 4)}, "neither", []),
        ({"usage": shares(59)}, "people", ["usage"]),
        ({"lost": lost(5, 250)}, "data", ["lost"]),
        ({"lost": lost(5, 251)}, "neither", []),
        ({"lost": lost(5)}, "data", ["lost"]),
        ({"usage": GOOD, "plan": LOW, "meetings": GOOD}, "neither", []),
        ({"usage": GOOD, "plan": LOW, "meetings": LOW}, "people", ["plan", "meetings"]),
        ({"plan": LOW}, "people", ["plan"]),
        ({"usage": shares(None, None), "lost": lost(None)}, "unknown", []),
        ({"incentives": [Cell(9)]}, "unknown", []),
        ({}, "unknown", []),
        ({"usage": shares(90, 20, 20, 20, 90, 90, 90, 90)}, "neither", []),
        ({"usage": shares(20, None, 90, None)}, "people", ["usage"]),
    ],
)
def test_the_verdict_and_the_figures_that_say_so(
    rows: dict[str, Sequence[Cell]], side: str, because: list[str]
) -> None:
    verdict = judge_team(rows)
    assert (verdict.side, [one.row for one in verdict.because]) == (side, because)


def test_a_verdict_says_its_figure_and_the_limit_it_breaks() -> None:
    (why,) = judge_team({"usage": shares(20, 30, 40, 50)}).because
    assert (why.value, why.limit) == (Fraction(35, 100), Fraction(60, 100))


@pytest.mark.parametrize(
    ("sides", "joined"),
    [
        (["people", "data"], "both"), (["both", "neither"], "both"), (["people", "neither", "unknown"], "people"),
        (["data", "unknown"], "data"), (["neither", "unknown"], "neither"), (["unknown"], "unknown"), ([], "unknown"),
    ],
)  # fmt: skip
def test_teams_are_joined_without_summing_them(sides: list[str], joined: str) -> None:
    assert join_verdicts([Verdict(side) for side in sides]) == joined


def test_beside_a_small_team_one_more_is_withheld() -> None:  # R11
    assert withhold_small_cells({"a": [3], "b": [6], "c": [9]}) == {"a": (True,), "b": (True,), "c": (False,)}


def test_a_team_of_one_size_is_withheld_in_all_weeks_or_in_none() -> None:
    hidden = withhold_small_cells({"a": [9, 9], "b": [6, 6], "c": [8, 3]})
    assert hidden == {"a": (False, False), "b": (True, True), "c": (True, True)}, "b alone would be told by a and c"


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=3, max_size=3), max_size=6))
def test_whatever_is_withheld_is_never_one_team_nor_under_five(sizes: list[list[int | None]]) -> None:
    people = {str(number): weeks for number, weeks in enumerate(sizes)}
    hidden = withhold_small_cells(people)
    for week in range(3):
        there = {team: found[week] or 0 for team, found in people.items()}
        out = [size for team, size in there.items() if hidden[team][week] and size]
        assert all(size >= LEAST_PEOPLE or hidden[team][week] for team, size in there.items() if size)
        everybody = len(out) == sum(size > 0 for size in there.values())
        assert not out or everybody or (sum(out) >= LEAST_PEOPLE and len(out) > 1)
