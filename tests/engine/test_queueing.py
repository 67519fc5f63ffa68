"""Erlang's formulas against published table values, and a firm that answers 1,000 of 30,000 calls."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.queueing import (
    CapacitySettings,
    Demand,
    answered_within,
    count_people_needed,
    erlang_b,
    erlang_c,
    judge_capacity,
    mean_wait,
)

SETTINGS = CapacitySettings()


@pytest.mark.parametrize(
    ("load", "servers", "lost"),
    [(0.0101, 1, 0.01), (1.361, 5, 0.01), (4.461, 10, 0.01), (12.031, 20, 0.01), (5.084, 10, 0.02), (13.182, 20, 0.02)],
)
def test_lost_calls_are_those_of_the_published_table(load: float, servers: int, lost: float) -> None:
    assert erlang_b(load, servers) == pytest.approx(lost, rel=2e-3)


def test_waiting_calls_are_those_of_a_worked_example() -> None:
    """100 calls of three minutes in half an hour and 14 people: 17.4 % wait, 88.8 % within 20 s, 7.8 s on average."""
    assert erlang_c(10, 14) == pytest.approx(0.174, abs=5e-4)
    assert answered_within(10, 14, seconds=20, call_seconds=180) == pytest.approx(0.888, abs=5e-4)
    assert mean_wait(10, 14, 180) == pytest.approx(7.8, abs=0.05)


@given(st.floats(0.01, 200), st.integers(1, 250))
def test_more_people_never_let_more_calls_wait(load: float, servers: int) -> None:
    assert 0 <= erlang_b(load, servers) <= 1
    assert erlang_c(load, servers + 1) <= erlang_c(load, servers) + 1e-12
    assert erlang_b(load, servers) <= erlang_c(load, servers) + 1e-12


@given(st.floats(0.1, 60), st.integers(30, 900))
def test_the_fewest_people_keep_the_target_and_one_less_does_not(load: float, call_seconds: int) -> None:
    people = count_people_needed(load, call_seconds, SETTINGS)
    seconds = SETTINGS.within_seconds
    kept = answered_within(load, people, seconds=seconds, call_seconds=call_seconds) >= SETTINGS.target_share
    missed = answered_within(load, people - 1, seconds=seconds, call_seconds=call_seconds) < SETTINGS.target_share
    too_busy = load / max(people - 1, 1e-9) > SETTINGS.busiest_share
    assert kept
    assert missed or too_busy or people == 1


def test_five_seats_for_thirty_thousand_calls_are_out_of_proportion() -> None:  # M96 M136
    demand = Demand(30_000, Fraction(0), Fraction(10), Fraction(1, 8), Fraction(3))
    found = judge_capacity(demand, 5, SETTINGS)
    assert found.load == Fraction(375, 2)
    assert found.answered_a_day == 850
    assert (found.wait_seconds, found.answered_in_time_share) == (None, None)
    assert found.people_needed == 221


def test_repeated_calls_are_no_new_demand() -> None:  # M96
    demand = Demand(30_000, Fraction(9, 10), Fraction(10), Fraction(1, 8), Fraction(3))
    assert demand.callers_a_day == 3_000
    assert judge_capacity(demand, 40, SETTINGS).answered_share == 1


def test_no_calls_need_one_person_and_all_are_answered() -> None:
    found = judge_capacity(Demand(0, Fraction(0), Fraction(8), Fraction(1, 8), Fraction(3)), 1, SETTINGS)
    assert (found.answered_share, found.people_needed) == (1, 1)
