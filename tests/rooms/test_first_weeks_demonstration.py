"""The demonstration shows the first weeks: lessons, a newcomer half through, hot spots, a decided conflict, changes."""

from flask import Flask

from implement.db import db, utc_now
from implement.demo import first_weeks_story, hall_story
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.service import changes, values
from implement.stages.pilot.service.conflicts import register
from implement.stages.pilot.service.functions import list_functions
from implement.stages.pilot.service.support import book, overview, questions
from implement.stages.pilot.service.training import learning
from implement.stages.pilot.service.training.overview import find_weak, read_training
from implement.web.access import Role, Standing


def test_the_first_weeks_are_told_once(app: Flask) -> None:  # M22, M28, M108
    store = app.extensions["implement_store"]
    with app.test_request_context():
        here, now = hall_story.begin(utc_now()), utc_now()
        hall_story.tell(here, store)
        assert [first_weeks_story.tell(here, store) for _twice in range(2)] == [True, False]
        steps = read_training(here, now.date()).steps
        assert steps["enrolled"] > steps["read"] >= steps["passed"] > 100
        assert len(find_weak(here)) == 2, "one lesson is hard at first, in two of its questions"
        nora = next(one for one in list_staff(here) if one.crm_user == "nora.lindgren")
        assert learning.find_standing(here, nora.person_id).to_learn == 4
        assert overview.read_hot_spots(here, list_functions(here, "en")).spots.hottest is not None
        assert questions.count_waiting(here) == (2, 11)
        assert "script" in {page.kind for page in book.search(here, "prices")}
        rows = register.list_conflicts(Standing(here, frozenset({Role.LEAD}), None), 0)
        assert set(register.count_repeats(rows).values()) == {2}
        assert len(changes.list_done(here)) == 2
        assert [values.is_worth_telling(one.found) for one in values.list_values(here)] == [True]
        db.session.rollback()
