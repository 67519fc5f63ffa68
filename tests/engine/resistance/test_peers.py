"""Peers are the others: medians, levels and the threshold, worked out by hand."""

from datetime import date

import numpy as np
import pytest

from implement.engine.resistance.intervals import Spread, shuffled_steps
from implement.engine.resistance.kinds import fit_kinds
from implement.engine.resistance.peers import measure_levels, median_of_others, name_roles
from implement.engine.resistance.settings import DEFAULT_RESISTANCE, PeerLevelSettings, ThresholdSettings
from implement.engine.resistance.signals import Counted, Signal, is_month_end
from implement.engine.resistance.threshold import measure_threshold, sum_independently

PEERS = PeerLevelSettings()
DAY = date(2024, 1, 1)
PACE = Signal("use", True, True, divisor=3.0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3], [2.5, 2, 1.5]),
        ([4, 1, 2, 3], [2, 3, 3, 2]),
        ([5, 5], [5, 5]),
        ([3, 1, 2, 5, 4], [3, 3.5, 3.5, 2.5, 2.5]),
    ],
)
def test_the_median_of_the_others_leaves_oneself_out(values: list[float], expected: list[float]) -> None:
    found = median_of_others(np.array(values, float), np.ones(len(values), bool))
    assert found.tolist() == expected


def test_a_small_role_is_drawn_towards_the_firm_by_ratio() -> None:
    k, n = np.array([8.0] * 11 + [2.0] * 8), np.ones(19)
    roles = np.array(["sales"] * 11 + ["back"] * 8)
    level = measure_levels(Counted(PACE, k, n, DAY), n > 0, roles, PEERS)
    assert level[-1] == pytest.approx(np.exp((7 * np.log(2) + 2 * np.log(8)) / 9))


def test_a_pace_is_not_measured_for_somebody_alone_in_their_role() -> None:
    level = measure_levels(
        Counted(PACE, np.ones(9), np.ones(9), DAY), np.ones(9, bool), np.array(["a"] * 8 + ["b"]), PEERS
    )
    assert np.isnan(level).tolist() == [False] * 8 + [True]


def test_titles_of_one_person_each_make_one_role_of_all() -> None:
    assert set(name_roles([f"title {n}" for n in range(9)], PEERS).tolist()) == {""}
    assert set(name_roles(["a"] * 8 + ["b"], PEERS).tolist()) == {"a", "b"}


def test_the_last_four_days_of_a_month_are_its_end() -> None:
    days = [day for day in range(1, 30) if is_month_end(date(2024, 2, day), 4)]
    assert days == [26, 27, 28, 29]


def test_sums_of_independent_signals_are_told_exactly() -> None:
    z = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], float)
    assert sum_independently(z, 1).tolist() == [0.25, 0.5, 0.25]


def test_the_threshold_is_what_permuted_peers_hardly_reach() -> None:
    z = np.zeros((100, 2))
    z[:10, 0] = z[10:20, 1] = 1.0
    settings = ThresholdSettings(quantile=0.98, rounds=1)
    assert measure_threshold(z, np.ones(100, bool), np.array([""] * 100), settings) == 1.1  # one of both: 18 %


def test_many_who_stand_out_alike_do_not_hide_each_other() -> None:
    z = np.zeros((100, 3))
    z[:18] = 1.0
    settings = ThresholdSettings()
    assert measure_threshold(z, np.ones(100, bool), np.array([""] * 100), settings) == settings.least_sum + 0.1


def test_too_few_people_have_no_threshold() -> None:
    assert measure_threshold(np.zeros((19, 2)), np.ones(19, bool), np.array([""] * 19), ThresholdSettings()) is None


KEEPER = "spreadsheet_keeper"


def fitted(z: dict[str, float]) -> tuple[str | None, str | None, bool]:
    found = fit_kinds(z, 0.3, 0.15, 0.25)
    return found.first, found.second, found.is_unclear


@pytest.mark.parametrize(
    ("z", "expected"),
    [
        ({"struggle": 0.9, "complete": 0.8, "use": 0.4}, ("overwhelmed", KEEPER, False)),
        ({"reassign": 0.5, "struggle": 0.4}, ("task_conflict", "overwhelmed", True)),
        ({"use": 0.2}, (None, None, False)),
        ({"use": 0.9, "off_system": 0.8, "read": 0.6, "narrow": 0.0}, (KEEPER, "sceptic", False)),
        ({"month_end": 0.9, "late": 0.9, "use": 0.6, "off_system": 0.0}, ("month_end_entry", KEEPER, False)),
        ({"drop": 0.9, "lost_data": 0.9, "use": 1.0}, ("data_allergy", KEEPER, False)),
        ({"drop": 0.9, "lost_data": 0.0, "use": 0.5, "read": 0.4}, ("sceptic", KEEPER, False)),
    ],
)
def test_the_kind_that_explains_most_is_named_first(
    z: dict[str, float], expected: tuple[str | None, str | None, bool]
) -> None:  # M25 M26 M27 M28 M29
    assert fitted(z) == expected


def test_withheld_signals_widen_the_interval_upward() -> None:
    one = np.array([[0.5]])
    low, high = Spread(one, 0 * one + 0.05, one, one, withheld=0).intervals(DEFAULT_RESISTANCE)
    wider_low, wider_high = Spread(one, 0 * one + 0.05, one, one, withheld=8).intervals(DEFAULT_RESISTANCE)
    assert low == wider_low and high < wider_high


def test_nobodys_interval_depends_on_who_else_is_there() -> None:
    logit, scale = np.linspace(-3, 3, 12).reshape(4, 3), np.full((4, 3), 0.8)
    z = np.where(logit > 0, 0.4, 0.0)
    ends = Spread(logit, np.full((4, 3), 0.1), scale, z, 2).intervals(DEFAULT_RESISTANCE)
    usual = np.full((1, 3), 0.1)
    alone = [Spread(logit[[n]], usual, scale[[n]], z[[n]], 2).intervals(DEFAULT_RESISTANCE) for n in range(4)]
    assert np.array_equal(np.array(ends), np.hstack([np.array(each) for each in alone]))


def test_steps_go_through_each_signals_whole_distribution() -> None:
    steps = shuffled_steps(100, 5)
    assert np.allclose(np.sort(steps, axis=1), (np.arange(100) + 0.5) / 100)
    assert np.abs(np.corrcoef(steps) - np.eye(5)).max() < 0.3
