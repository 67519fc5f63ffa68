"""The pilot against the others: figures by hand, too few, and intervals that hold a planted truth as often as said."""

import numpy as np
import pytest

from implement.engine.pilot_effect import Levels, compare_with_others


def people(team: str, *changes: float, before: float = 0.4) -> list[Levels]:
    return [Levels(team, before, before + change) for change in changes]


MINE = people("A", 0.3, 0.3, 0.3, 0.4, 0.4) + people("B", 0.1, 0.1, 0.2, 0.2, 0.2)
OTHERS = people("C", 0.1, 0.1, 0.1) + people("D", 0.0, 0.0, 0.0) + people("E", 0.2, 0.2, 0.2)


def test_teams_are_compared_where_there_are_enough() -> None:
    found = compare_with_others(MINE, OTHERS)
    # teams changed by 0.34 and 0.16 against 0.1, 0.0 and 0.2; squares 0.0362 over 3, times 1/2 + 1/3; t = 2.353
    assert (found.teams, found.other_teams, round(found.estimate or 0, 4)) == (2, 3, 0.15)
    assert (round(found.low or 0, 3), round(found.high or 0, 3)) == (-0.086, 0.386)
    assert not found.is_sure


def test_of_few_teams_people_are_compared() -> None:
    found = compare_with_others(MINE, people("C", 0.0, 0.1, 0.0, 0.1, 0.0, 0.1))
    assert (found.teams, found.people, found.others, round(found.estimate or 0, 3)) == (0, 10, 6, 0.2)
    assert found.is_sure and found.low is not None and found.low > 0.1


@pytest.mark.parametrize(("mine", "others", "lacks"), [(MINE[:4], OTHERS, "people"), (MINE, OTHERS[:4], "others")])
def test_too_few_on_a_side_give_no_figure(mine: list[Levels], others: list[Levels], lacks: str) -> None:
    found = compare_with_others(mine, others)
    assert (found.estimate, found.before, found.lacks) == (None, None, lacks)


@pytest.mark.parametrize("truth", [0.0, 0.2])
def test_intervals_hold_the_planted_truth_nine_times_in_ten(truth: float) -> None:
    chance, held, draws = np.random.default_rng(4), 0, 300
    for _draw in range(draws):
        sides = [
            [Levels(f"{side}{team}", 0.5, 0.5 + truth * (side == "p") + moved + chance.normal(0, 0.1))
             for team in range(count) for moved in [chance.normal(0, 0.1)] for _one in range(6)]
            for side, count in (("p", 2), ("c", 4))
        ]  # fmt: skip
        found = compare_with_others(*sides)
        held += found.low is not None and found.high is not None and found.low <= truth <= found.high
    assert 0.85 <= held / draws <= 0.95
