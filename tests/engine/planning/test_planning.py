"""Plans in working days: templates, dates that follow from the start, launches too close together."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.planning import (
    Launch,
    RushSettings,
    Step,
    UnsoundPlan,
    WorkDays,
    copy_for_waves,
    find_critical,
    find_rush,
    lay_out_steps,
    load_plans,
)

FIFTY, TEN = load_plans(Path(__file__).parents[3] / "checklists/plans.yaml")
MAY_DAY = WorkDays(frozenset({date(2026, 5, 1)}))


def test_fifty_days_are_fifty_working_days() -> None:  # M61
    assert (FIFTY.id, FIFTY.length_days) == ("fifty_days", 50)


def test_ten_months_end_before_ten_months_are_over() -> None:  # M106
    last_day = WorkDays().day_after(date(2026, 1, 7), TEN.length_days - 1)
    assert date(2026, 8, 1) < last_day < date(2026, 11, 7)


def test_a_free_or_cheap_version_is_tried_before_the_choice() -> None:  # M106
    placed = lay_out_steps([Step(one.id, one.days, one.after) for one in TEN.steps])
    assert placed["free_trial"].end <= placed["choice"].first


def test_basic_framework_comes_before_the_pilot_and_the_pilot_before_the_transfer() -> None:  # M18 M19
    for plan in (FIFTY, TEN):
        placed = lay_out_steps([Step(one.id, one.days, one.after) for one in plan.steps])
        assert placed["framework"].end <= placed["pilot"].first < placed["judged"].end <= placed["cutover"].first


def test_waves_start_one_after_the_other_and_the_report_waits_for_the_last() -> None:  # M23
    steps = copy_for_waves(FIFTY.steps, 3)
    placed = lay_out_steps([Step(one.id, one.days, one.after) for one in steps])
    assert placed["launch"].first < placed["launch_2"].first < placed["launch_3"].first
    assert placed["launch_2"].first == placed["control"].end
    assert placed["report"].first == placed["control_3"].end
    assert {one.wave for one in steps if one.per_wave} == {1, 2, 3}


def test_days_off_and_weekends_are_no_working_days() -> None:
    thursday = date(2026, 4, 30)
    assert MAY_DAY.day_after(thursday, 1) == date(2026, 5, 4)
    assert MAY_DAY.day_after(date(2026, 5, 2), 0) == date(2026, 5, 4)
    assert MAY_DAY.day_after(date(2026, 5, 4), -1) == thursday
    assert MAY_DAY.count(thursday, date(2026, 5, 5)) == 3


@given(st.dates(date(2024, 1, 1), date(2027, 1, 1)), st.integers(0, 300))
def test_counting_working_days_undoes_adding_them(start: date, offset: int) -> None:
    first = MAY_DAY.day_after(start, 0)
    assert MAY_DAY.count(first, MAY_DAY.day_after(start, offset)) == offset + 1


def test_a_step_begins_when_all_it_waits_for_is_over() -> None:
    placed = lay_out_steps([Step("c", 2, ("a", "b")), Step("a", 3), Step("b", 5)])
    assert (placed["c"].first, placed["c"].end) == (5, 7)
    assert find_critical(placed) == {"b", "c"}


@pytest.mark.parametrize("steps", [[Step("a", 1, ("b",)), Step("b", 1, ("a",))], [Step("a", 1, ("ghost",))]])
def test_steps_that_wait_in_a_circle_or_for_nobody_are_refused(steps: list[Step]) -> None:
    with pytest.raises(UnsoundPlan):
        lay_out_steps(steps)


def test_everything_everywhere_at_once_is_noticed() -> None:  # M23
    day = date(2026, 3, 2)
    launches = [
        Launch("North", 2, 30, day),
        Launch("South", 2, 30, day + timedelta(days=14)),
        Launch("West", 1, 10, None),
    ]
    found = find_rush(launches, RushSettings())
    assert found is not None
    assert (found.names, found.people, found.of, found.share) == (("North", "South"), 60, 70, Fraction(6, 7))


def test_unit_by_unit_is_no_rush() -> None:  # M23
    day = date(2026, 3, 2)
    apart = [Launch(name, 2, 10, day + timedelta(days=15 * n)) for n, name in enumerate(("North", "South", "West"))]
    assert find_rush(apart, RushSettings()) is None
    assert find_rush([Launch("All of one team", 1, 12, day)], RushSettings()) is None
    assert find_rush([], RushSettings()) is None
