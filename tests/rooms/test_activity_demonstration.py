"""The demonstration shows a month that is over with misses and conflicts, and a plan in force."""

from flask import Flask

from implement.control.activity.service import reading
from implement.db import db, utc_now
from implement.demo import activity_story, hall_story


def test_a_plan_is_in_force_and_the_month_before_left_conflicts(app: Flask) -> None:  # M46, M124
    store = app.extensions["implement_store"]
    with app.test_request_context():
        rollout_id = hall_story.begin(utc_now())
        hall_story.tell(rollout_id, store)
        assert activity_story.tell(rollout_id, store) is True
        assert activity_story.tell(rollout_id, store) is False, "a second time changes nothing"
        running, past = reading.list_periods(rollout_id)
        rows = reading.read_attainments(rollout_id, past.id)
        assert running.has_begun(utc_now().date()) and not running.has_ended(utc_now().date())
        assert {row.is_late for row in rows} == {False}
        assert any(row.attainment is not None and row.attainment < 1 for row in rows)
        assert any(row.missing_days and row.actual is None for row in rows)
        db.session.rollback()
