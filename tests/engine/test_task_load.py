"""Load per exposure and the same task before and after: figures worked out by hand."""

from datetime import date, timedelta
from fractions import Fraction

from implement.engine.before_after import Timing, compare_timings
from implement.engine.task_load import SideLoad, Worker, compare_loads, sum_minutes

MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY + timedelta(days=6)


def test_days_count_on_which_somebody_works_and_is_there() -> None:  # M132
    half = Worker("135", MONDAY + timedelta(days=1), None, {MONDAY + timedelta(days=4)}, [])
    assert half.count_days(MONDAY, SUNDAY) == 1, "not hired on Monday, Friday is a holiday: Wednesday is left"
    ill = Worker("12345", None, MONDAY + timedelta(days=3), (), [(MONDAY, MONDAY + timedelta(days=1))])
    assert ill.count_days(MONDAY, SUNDAY) == 2, "ill until Tuesday, left after Thursday"


def test_a_side_of_two_with_as_many_entries_carries_half_for_each() -> None:  # M28
    one, two = SideLoad(1, 5, 3, 40, Fraction(100)), SideLoad(2, 10, 2, 40, None)
    assert compare_loads(one, two) == 2
    assert (one.minutes_a_day, two.minutes_a_day) == (20, None)
    assert (one.tasks_a_person, two.tasks_a_person) == (3, 1)


def test_nothing_is_compared_with_a_side_that_was_not_there() -> None:
    assert compare_loads(SideLoad(1, 5, 0, 9, None), SideLoad(1, 0, 0, 0, None)) is None


def test_minutes_are_not_known_when_those_of_one_role_are_not() -> None:
    assert sum_minutes([(5, Fraction(20)), (10, Fraction(3))]) == 130
    assert sum_minutes([(5, Fraction(20)), (10, None)]) is None


def timings(*seconds: int) -> list[Timing]:
    return [Timing(one, MONDAY + timedelta(days=place)) for place, one in enumerate(seconds)]


def test_the_middle_doing_counts_and_the_range_is_said() -> None:  # M21, M26
    found = compare_timings(timings(300, 420, 360), timings(35, 40, 90, 41))
    assert found.before is not None and found.after is not None
    assert (found.before.middle, found.after.middle) == (360, Fraction(81, 2))
    assert (found.after.shortest, found.after.longest, found.after.count) == (35, 90, 4)
    assert found.saved == Fraction(639, 2)
    assert found.is_ready and not found.overlaps


def test_two_doings_are_too_few_to_be_handed_out_and_nothing_is_made_up() -> None:
    found = compare_timings(timings(300, 420), [])
    assert not found.is_ready
    assert found.after is None and found.saved is None
