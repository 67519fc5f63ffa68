"""Held, punctual, within time, attended: figures by hand."""

from datetime import date
from fractions import Fraction

import pytest

from implement.engine.meetings import Compliance, HeldMeeting, list_due_days, sum_up

MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


def held(day: int, late: int = 0, used: int | None = 14, expected: int = 6, attended: int = 6) -> HeldMeeting:
    return HeldMeeting(date(2026, 3, day), late, used, 15, expected, attended)


@pytest.mark.parametrize(("weekdays", "days"), [("12345", [2, 3, 5, 6]), ("1", [2]), ("67", []), ("4", [])])
def test_days_off_are_not_due(weekdays: str, days: list[int]) -> None:  # M120
    found = list_due_days(weekdays, MONDAY, FRIDAY, {date(2026, 3, 4)} | ({date(2026, 3, 5)} if days == [] else set()))
    assert [day.day for day in found] == days


def test_a_week_is_counted_by_hand() -> None:  # M121
    due = list_due_days("12345", MONDAY, FRIDAY, set())
    found = sum_up(due, [held(2), held(3, late=5), held(4, late=6, used=16), held(5, used=None, attended=3), held(7)])
    assert found == Compliance(due=5, held=4, punctual=3, within_time=2, expected=24, attended=21)
    assert (found.share_held, found.share_attended) == (Fraction(4, 5), Fraction(7, 8))


def test_nothing_due_has_no_share() -> None:
    found = sum_up([], [held(2)])
    assert (found.share_held, found.share_punctual, found.share_within_time, found.share_attended) == (None,) * 4


def test_weeks_add_up() -> None:
    assert Compliance(1, 1, 1, 0, 5, 4) + Compliance(2, 1, 0, 1, 5, 5) == Compliance(3, 2, 1, 1, 10, 9)
