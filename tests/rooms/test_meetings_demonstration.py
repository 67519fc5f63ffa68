"""The demonstration shows a regulation that one person has not acknowledged, and three weeks of meetings."""

from datetime import timedelta

from flask import Flask

from implement.control.meetings.service.compliance import list_team_weeks
from implement.control.regulations.service.overdue import list_overdue
from implement.db import db, utc_now
from implement.demo import hall_story, meetings_story
from implement.web.access import Role


def test_a_team_met_for_three_weeks_and_one_is_late(app: Flask) -> None:  # M113, M121
    store = app.extensions["implement_store"]
    with app.test_request_context():
        rollout_id = hall_story.begin(utc_now())
        hall_story.tell(rollout_id, store)
        assert meetings_story.tell(rollout_id, store) is True
        assert meetings_story.tell(rollout_id, store) is False, "a second time changes nothing"
        today = utc_now().date()
        late = {row.person.name for row in list_overdue(rollout_id, today) if row.title == "Regulation of meetings"}
        assert late == {hall_story.login_of(Role.SALESPERSON).name}
        weeks = list_team_weeks(rollout_id, today - timedelta(days=22), today - timedelta(days=1), now=utc_now())
        counts = sum((week.counts for week in weeks[1:]), start=weeks[0].counts)
        assert counts.due > counts.held > counts.punctual > 0 and counts.attended < counts.expected
        db.session.rollback()
