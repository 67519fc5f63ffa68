"""The likely range of a group's middle score: repeatable, wider for few and unsure people, honest."""

import numpy as np

from implement.engine.usage.middles import likely_middle


def width(scores: list[tuple[float, float, float]]) -> float:
    found = likely_middle(scores)
    assert found is not None
    return found[1] - found[0]


def test_the_same_scores_in_any_order_give_the_same_range() -> None:
    scores = [(60.0 + n, 50.0 + n, 70.0 + n) for n in range(9)]
    assert likely_middle(scores) == likely_middle(scores[::-1])


def test_few_or_unsure_people_widen_it() -> None:
    many = [(40.0 + n % 30, 35.0 + n % 30, 45.0 + n % 30) for n in range(90)]
    unsure = [(middle, middle - 25, middle + 25) for middle, _low, _high in many]
    assert width(many) < width(many[::10]) and width(many) < width(unsure)


def test_nobody_has_no_middle() -> None:
    assert likely_middle([]) is None


def test_it_covers_the_true_middle_of_the_firm_nine_times_of_ten() -> None:
    chance, covered = np.random.default_rng(3), 0
    for _ in range(200):
        truth = chance.normal(60, 15, 12)
        seen = truth + chance.normal(0, 5, 12)
        found = likely_middle([(one, one - 8.2, one + 8.2) for one in seen])
        covered += found is not None and found[0] <= 60 <= found[1]
    assert 0.82 <= covered / 200 <= 0.98
