"""Routine hours from a diary: weeks of people, never of fewer than five."""

import pytest

from implement.engine.diary import WHOLE, SeatWeek, sum_diary


def a_week(group: str, *minutes: int) -> SeatWeek:
    return SeatWeek(group, tuple({"search": one} for one in minutes))


def test_a_week_is_the_mean_day_times_five() -> None:  # M36
    (whole,) = sum_diary([a_week("Sales", 60, 120)] * 5)
    assert (whole.group, whole.people, whole.days) == (WHOLE, 5, 10)
    assert whole.hours == pytest.approx(7.5)
    assert dict(whole.kinds)["search"] == pytest.approx(7.5)


def test_the_range_is_students_over_people() -> None:
    weeks = [a_week("Sales", minutes, minutes) for minutes in (48, 60, 60, 60, 72)]
    (whole,) = sum_diary(weeks)
    assert (whole.low, whole.hours, whole.high) == pytest.approx((4.122, 5.0, 5.878), abs=0.001)


def test_nothing_is_told_of_four_people_nor_of_whoever_wrote_one_day() -> None:
    assert sum_diary([a_week("Sales", 60, 60)] * 4 + [a_week("Sales", 60)]) == ()


def test_a_small_group_is_not_told_and_not_given_away_by_the_others() -> None:
    weeks = [a_week("North", 60, 60)] * 6 + [a_week("South", 30, 30)] * 3
    assert [one.group for one in sum_diary(weeks)] == [WHOLE]
    told = sum_diary(weeks + [a_week("West", 90, 90)] * 7)
    assert [one.group for one in told] == [WHOLE, "West"]
