"""The bonus and the weakest quarter: figures by hand, too few, and chance that no interval mistakes for an effect."""

import numpy as np
import pytest

from implement.engine.bonus_effect import ThreeLevels, measure_bonus_effect

WEAK = [ThreeLevels(0.1, 0.3, 0.3 + change) for change in (0.2, 0.2, 0.3, 0.4, 0.4)]
STRONG = [ThreeLevels(0.8, 0.7, 0.7 + change) for change in (0.0, 0.1, 0.2) for _person in range(5)]


def firm(chance: np.random.Generator, lift: float, people: int = 60) -> list[ThreeLevels]:
    """Everybody as good as everybody else, each month by chance; the lower half of one month is lifted later."""
    months = chance.normal(0.5, 0.1, (people, 3))
    lifted = months[:, 0] <= np.quantile(months[:, 0], 0.25)
    return [ThreeLevels(a, b, c + lift * low) for (a, b, c), low in zip(months.tolist(), lifted, strict=True)]


def test_the_weakest_quarter_is_held_against_the_others() -> None:  # M33
    found = measure_bonus_effect([*STRONG, *WEAK])
    assert (found.people, found.others) == (5, 15)
    # 0.3 of the weakest against 0.1 of the others
    assert round(found.estimate or 0, 6) == 0.2
    assert found.is_sure
    assert found.low is not None and found.high is not None and found.low < 0.2 < found.high


def test_whoever_stands_as_low_as_the_last_of_the_quarter_belongs_to_it() -> None:
    found = measure_bonus_effect([*WEAK, *WEAK[:2], *STRONG])
    assert (found.people, found.others) == (7, 15)


@pytest.mark.parametrize(
    ("people", "lacks"),
    [([*STRONG[:12], *WEAK[:4]], "people"), ([*WEAK, *STRONG[:4]], "others"), (WEAK[:3], "people"), ([], "people")],
)
def test_below_five_people_a_side_there_is_no_figure(people: list[ThreeLevels], lacks: str) -> None:
    found = measure_bonus_effect(people)
    assert (found.estimate, found.before, found.lacks) == (None, None, lacks)


@pytest.mark.parametrize(("lift", "claimed"), [(0.0, (0.06, 0.14)), (0.15, (0.95, 1.0))])
def test_the_interval_holds_what_was_planted_nine_times_in_ten(lift: float, claimed: tuple[float, float]) -> None:
    chance, draws = np.random.default_rng(33), 300
    found = [measure_bonus_effect(firm(chance, lift)) for _draw in range(draws)]
    held = sum((one.low or 0) <= lift <= (one.high or 0) for one in found)
    assert 0.86 <= held / draws <= 0.94
    assert claimed[0] <= sum(one.is_sure for one in found) / draws <= claimed[1]


def test_a_weak_month_that_rises_by_itself_is_no_effect() -> None:  # regression to the mean
    chance = np.random.default_rng(7)
    people = firm(chance, 0.0, 2_000)
    fair = measure_bonus_effect(people)
    naive = measure_bonus_effect([ThreeLevels(one.before, one.before, one.after) for one in people])
    assert not fair.is_sure
    assert naive.is_sure and (naive.estimate or 0) > 0.1
