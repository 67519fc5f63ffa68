"""Weights, the day a plan makes, and how two sources become one actual."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.activity.actuals import attain, join_days
from implement.engine.activity.capacity import DaySettings, Load, measure_day
from implement.engine.activity.kpis import WHOLE_BP, find_weight_gap
from implement.engine.activity.weekly import WeekItem, measure_week

DAY = DaySettings()
MONDAY = date(2026, 3, 2)
WEEK = [MONDAY + timedelta(days=number) for number in range(5)]
DAYS = st.dictionaries(st.sampled_from(WEEK), st.integers(0, 50))


@given(st.lists(st.integers(0, WHOLE_BP), max_size=7))
def test_what_lacks_to_the_whole_fills_it(weights: list[int]) -> None:
    assert find_weight_gap([*weights, find_weight_gap(weights)]) == 0


@pytest.mark.parametrize(
    ("fte", "days_a_week", "room"),
    [("1", 5, 288), ("0.5", 5, 144), ("0.6", 3, 288), ("0.5", 3, 240), ("1", 4, 288)],
)
def test_the_room_of_a_day_knows_part_time(fte: str, days_a_week: int, room: int) -> None:  # M122
    day = measure_day([], days=20, fte=Fraction(fte), days_a_week=days_a_week, settings=DAY)
    assert day.room == room


def test_more_than_two_hours_of_typing_a_day_warn() -> None:  # M109
    kept = measure_day([Load(400, 6, 6)], days=20, fte=Fraction(1), days_a_week=5, settings=DAY)
    long = measure_day([Load(401, 6, 6)], days=20, fte=Fraction(1), days_a_week=5, settings=DAY)
    assert (kept.types_too_long, long.types_too_long) == (False, True)


@given(st.integers(1, 60), st.integers(1, 500), st.integers(0, 120))
def test_a_plan_fits_exactly_when_its_minutes_go_into_the_days(days: int, target: int, minutes: int) -> None:
    day = measure_day([Load(target, minutes, 0)], days=days, fte=Fraction(1), days_a_week=5, settings=DAY)
    assert day.fits == (target * minutes * 10 <= days * 480 * 6)


def test_nobody_who_is_away_all_the_time_has_room() -> None:
    assert not measure_day([Load(1, 1, 0)], days=0, fte=Fraction(1), days_a_week=5, settings=DAY).fits


@given(DAYS, DAYS)
def test_no_day_is_counted_twice_and_none_that_is_missing_becomes_nothing(
    crm: dict[date, int], reported: dict[date, int]
) -> None:  # M125
    found = join_days(WEEK, crm, reported)
    assert set(found.missing_days) == set(WEEK) - set(crm) - set(reported)
    assert set(found.conflicts) == {day for day in WEEK if day in crm and day in reported and crm[day] != reported[day]}
    expected = {**reported, **crm}
    assert found.value == (sum(expected.values()) if expected else None)
    assert found.is_whole == (not found.missing_days and not found.conflicts and bool(expected))


@given(DAYS, DAYS)
def test_settling_chooses_a_source_and_keeps_both_sums(crm: dict[date, int], reported: dict[date, int]) -> None:
    found = join_days(WEEK, crm, reported, settled="report")
    expected = {**crm, **reported}
    assert found.value == (sum(expected.values()) if expected else None)
    assert found.conflicts == ()
    assert (found.crm or 0, found.reported or 0) == (sum(crm.values()), sum(reported.values()))


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_attainment_is_exact_and_falls_where_less_is_better(actual: int, target: int) -> None:
    more = attain(actual, target, lower_is_better=False)
    less = attain(actual, target, lower_is_better=True)
    assert more is not None and less is not None
    assert more * target == actual
    assert less == max(0, 2 - more)
    assert attain(None, target, lower_is_better=False) is None
    assert attain(actual, None, lower_is_better=False) is None


def test_a_week_is_held_against_its_part_of_the_targets() -> None:  # M128
    visits, calls = WeekItem(4_000, 5, 20, 5, 20), WeekItem(4_000, 2, 16, 5, 20)
    late, unknown = WeekItem(2_000, 2, 4, 5, 20, lower_is_better=True), WeekItem(9_000, None, 4, 5, 20)
    assert measure_week([visits, calls]) == Fraction(3, 4)
    assert measure_week([visits, calls, late, unknown]) == Fraction(3, 5)
    assert measure_week([unknown]) is None
