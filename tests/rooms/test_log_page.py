"""The page of the log: what was done is said in the reader's language, the program's own name under it."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from implement.db import db, utc_now
from implement.rollout.service.log import log_write
from implement.rollout.service.tasks import give_task
from implement.web.access import Role
from tests.builders import a_member
from tests.fixtures.members import VisitorAs


@pytest.fixture
def page(app: Flask, rollout_id: int) -> str:
    """The log of a rollout in which a task was given and an older edition wrote a name that is gone."""
    with app.app_context():
        alice = a_member(rollout_id, Role.LEAD)
        asked = {"title": "Call back", "owner_id": alice.id, "due": date(2026, 3, 2)}
        give_task(rollout_id, **asked, by=alice, now=utc_now())  # type: ignore[arg-type]
        log_write("plant_tree", "tree:1", by=alice, now=utc_now(), rollout_id=rollout_id)
        db.session.commit()
    return f"/rollouts/{rollout_id}/monitoring/log"


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """What the database is asked."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(*call: object) -> None:
        statements.append(str(call[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Task given give_task, Task 1 task:1"),
        ("de", "Aufgabe vergeben give_task, Aufgabe 1 task:1"),
        ("pl", "Zlecono zadanie give_task, Zadanie 1 task:1"),
        ("ru", "Задача поставлена give_task, Задача 1 task:1"),
    ],
)
def test_the_council_reads_what_was_done_and_to_what_in_its_language(
    page: str, visitor_as: VisitorAs, language: str, words: str
) -> None:
    rows = visitor_as("council").get(f"{page}?find=task:", language=language).rows()
    assert [f"{row[1]}, {row[3]}" for row in rows if "task:" in row[3]] == [words]


def test_a_name_that_the_program_writes_no_more_stands_alone(page: str, visitor_as: VisitorAs) -> None:
    rows = visitor_as("lead").get(f"{page}?find=tree", language="de").rows()
    assert [row[1] for row in rows if row[3] == "tree:1"] == ["plant_tree"]


@pytest.mark.parametrize("wish", ["aufgabe VERGEBEN", "give_task", "task:"])
def test_a_write_is_found_by_the_reader_s_words_and_the_program_s(page: str, visitor_as: VisitorAs, wish: str) -> None:
    found = visitor_as("lead").get(f"{page}?find={wish}", language="de")
    assert "give_task" in found.text
    assert "plant_tree" not in found.text


def test_words_cost_no_query_per_row(
    app: Flask, page: str, rollout_id: int, visitor_as: VisitorAs, asked: list[str]
) -> None:
    lead, counts = visitor_as("lead"), []
    for rows in (1, 1, 9):
        with app.app_context():
            for number in range(rows):
                log_write("give_task", f"task:{number}", by=None, now=utc_now(), rollout_id=rollout_id)
            db.session.commit()
        asked.clear()
        assert len(lead.get(page).rows()) > rows
        counts.append(len(asked))
    assert counts[1] == counts[2]
