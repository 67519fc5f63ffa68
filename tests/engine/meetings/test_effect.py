"""How long tasks take before and since: known shifts are found, chance is called chance."""

import random
from statistics import median

import pytest

from implement.engine.meetings import compare_lead_times


def test_too_few_tasks_have_no_figure() -> None:  # M121
    found = compare_lead_times([1.0] * 7, [2.0] * 50)
    assert (found.tasks_before, found.tasks_after, found.shift) == (7, 50, None)


def test_a_shift_by_hand() -> None:
    before, after = [float(day) for day in range(10, 20)], [float(day) for day in range(5, 15)]
    found = compare_lead_times(before, after)
    assert (found.before, found.after, found.shift) == (14.5, 9.5, -5.0)
    assert found.is_clear and found.low is not None and found.low < -5.0 < (found.high or 0) < 0


@pytest.mark.parametrize("seed", range(3))
def test_the_interval_holds_the_truth_about_as_often_as_it_says(seed: int) -> None:
    chance, holds = random.Random(seed), 0
    for _ in range(100):
        before = [chance.expovariate(1 / 6) for _ in range(25)]
        after = [chance.expovariate(1 / 6) - 2.0 for _ in range(25)]
        found = compare_lead_times(before, after)
        holds += found.low is not None and found.low <= -2.0 <= (found.high or 0.0)
    assert 82 <= holds <= 98, "90 of 100 are meant"


def test_no_change_is_not_called_one() -> None:
    days = [float(day % 9) for day in range(40)]
    found = compare_lead_times(days, days)
    assert found.shift == 0.0 and not found.is_clear and found.before == median(days)
