"""Learning from the best: a pattern from five people on, examples of whoever agrees and only as long as they do."""

from io import BytesIO

import pytest
from flask import Flask

from implement.db import db
from implement.rollout.service.errors import NotFound
from implement.rollout.tables import LogRow
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.examples import Lessons, list_own_words, read_lessons, say_example
from implement.stages.adoption.service.loading import take_files
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, person_id_of
from tests.rooms.deals_house import a_log_of_deals


def a_rollout_with(app: Flask, size: int) -> int:
    """A team of whom each keeps two deals well and enters two at once."""
    rollout_id = builders.a_rollout().id
    store, by = app.extensions["implement_store"], a_firm(rollout_id, {"North": size})
    kept = HandedIn("deals.csv", store.put(BytesIO(a_log_of_deals("North", size))).sha256)
    take_files(rollout_id, [kept], store=store, by=by, now=NOW)
    return rollout_id


def lessons(app: Flask, rollout_id: int) -> Lessons:
    return read_lessons(rollout_id, app.extensions["implement_store"], SUNDAY)


def test_the_pattern_needs_no_consent_and_an_example_is_shown_while_its_person_agrees(
    session: object, app: Flask
) -> None:  # M31
    rollout_id, bob = a_rollout_with(app, 5), builders.a_user()
    person_id, found = person_id_of(rollout_id, "north.2"), lessons(app, rollout_id)
    assert found.pattern is not None and (found.pattern.deals, found.pattern.people) == (10, 5)
    assert next(step.best_days.value for step in found.pattern.steps if step.best_days) == 4
    assert (found.agreed, found.examples) == (0, ())
    say_example(rollout_id, person_id, agrees=True, by=bob, now=NOW)
    (example,) = lessons(app, rollout_id).examples
    assert (example.person_id, example.name, example.run.steps[0]) == (person_id, "", ("Meeting", 4))
    say_example(rollout_id, person_id, agrees=False, by=bob, now=NOW)
    assert lessons(app, rollout_id).examples == ()
    assert [row["agrees"] for row in list_own_words(rollout_id, person_id) if isinstance(row, dict)] == [True, False]


def test_the_same_word_twice_is_said_and_logged_once(session: object) -> None:
    rollout_id, bob = builders.a_rollout().id, builders.a_user()
    a_firm(rollout_id, {"North": 1})
    for _ in range(2):
        say_example(rollout_id, person_id_of(rollout_id, "north.1"), agrees=True, by=bob, now=NOW)
    assert db.session.query(LogRow).filter(LogRow.action == "say_example").count() == 1


def test_whoever_is_not_on_the_staff_has_nothing_to_show(session: object) -> None:
    with pytest.raises(NotFound):
        say_example(builders.a_rollout().id, None, agrees=True, by=builders.a_user(), now=NOW)
