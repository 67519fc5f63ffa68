"""Answers in business hours: nights and weekends do not count."""

from datetime import UTC, datetime

from implement.engine.answer_speed import measure_answers
from implement.engine.business_time import BusinessHours

HOURS = BusinessHours("UTC", 540, 1080)


def test_a_weekend_between_question_and_answer_does_not_count() -> None:  # M22
    friday, monday = datetime(2026, 3, 6, 17, 30, tzinfo=UTC), datetime(2026, 3, 9, 9, 15, tzinfo=UTC)
    found = measure_answers(
        [(friday, monday, HOURS), (friday, friday.replace(minute=40), HOURS), (friday, friday.replace(hour=20), HOURS)]
    )
    assert found is not None
    assert (found.count, found.middle, found.slowest) == (3, 30, 45)


def test_nothing_is_said_before_the_first_answer() -> None:
    assert measure_answers([]) is None
