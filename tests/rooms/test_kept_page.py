"""The hall's first page is shown again as it was, but never to somebody else and never after something was written."""

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, event

from implement.db import db, utc_now
from implement.rollout.service.rollouts import write_aims
from tests.builders import a_user
from tests.fixtures.members import VisitorAs


@pytest.fixture
def hall(rollout_id: int) -> str:
    """The hall's first page."""
    return f"/rollouts/{rollout_id}"


def test_the_overview_is_shown_again_with_three_questions_to_the_database(visitor_as: VisitorAs, hall: str) -> None:
    alice = visitor_as("lead")
    first = [alice.get(hall).text for _ in range(2)][-1]
    asked: list[str] = []

    def note(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    again = alice.get(hall).text
    event.remove(Engine, "before_cursor_execute", note)
    assert again == first
    assert len([statement for statement in asked if statement.startswith("SELECT")]) <= 3


def test_what_somebody_wrote_is_on_the_next_page(app: Flask, visitor_as: VisitorAs, hall: str, rollout_id: int) -> None:
    alice = visitor_as("lead")
    assert all("Ship on time" not in alice.get(hall).text for _ in range(3))
    with app.app_context():
        write_aims(rollout_id, ["Ship on time"], by=a_user(), now=utc_now())
        db.session.commit()
    assert "Ship on time" in alice.get(hall).text


def test_each_log_in_gets_a_page_of_its_own(visitor_as: VisitorAs, hall: str) -> None:
    pages = [[visitor_as(role).get(hall) for _ in range(2)][-1] for role in ("lead", "council")]
    tokens = {str(page.all("input[name=csrf_token]")[0].get("value")) for page in pages}
    assert len(tokens) == 2
    assert pages[0].words(".second-row a") != pages[1].words(".second-row a")


def test_a_kept_page_speaks_the_language_asked_for(visitor_as: VisitorAs, hall: str) -> None:
    alice = visitor_as("lead")
    spoken = [alice.get(hall, language=language).one("html").get("lang") for language in ("en", "de", "en", "ru")]
    assert spoken == ["en", "de", "en", "ru"]


def test_a_log_in_that_ended_sees_no_kept_page(visitor_as: VisitorAs, hall: str) -> None:
    alice = visitor_as("lead")
    page = [alice.get(hall) for _ in range(3)][-1]
    alice.submit(page, form="form[action*='log-out']")
    assert "/log-in" in alice.get(hall, status=302).location
