"""Sources and control totals as people meet them: listed, typed in, held against files and CRM."""

import pytest
from flask import Flask

from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.rooms.test_transfer_pages import count_queries
from tests.rooms.transfer_case import a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def compared(app: Flask) -> int:
    """The rollout of the case, compared once."""
    with app.test_request_context():
        case = a_mapped_case()
        case.run()
        db.session.commit()
        return case.rollout_id


def test_an_overdue_source_becomes_a_next_step_in_the_hall(visitor_as: VisitorAs, compared: int) -> None:  # M131
    carol, room = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer"
    said = {"name": "old_contacts.xlsx", "owner_name": "Bob", "due": "2024-01-31", "delay": "no_mandate"}
    carol.submit(carol.get(f"{room}/sources"), said, form="main form[action$='/sources']")
    page = carol.get(f"{room}/sources")
    assert page.answer == "One source is overdue."
    assert "no mandate" in page.text
    assert "Ask Bob for old_contacts.xlsx" in carol.get(f"/rollouts/{compared}").text


def test_a_count_typed_in_says_how_many_did_not_arrive(visitor_as: VisitorAs, compared: int) -> None:
    carol, room = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer"
    said = {"table_name": "deals", "row_count": "120", "read_from": "All deals"}
    carol.submit(carol.get(f"{room}/totals"), said, form="main form[action$='/totals']")
    page = carol.get(f"{room}/totals")
    assert page.answer == "One figure of the old system does not agree."
    assert "CRM: 40 too few" in page.text


def test_a_total_without_a_figure_is_refused_by_its_field(visitor_as: VisitorAs, compared: int) -> None:
    carol, room = visitor_as("consultant", rollout_id=compared), f"/rollouts/{compared}/transfer"
    said = {"table_name": "deals", "read_from": "All deals"}
    page = carol.submit(carol.get(f"{room}/totals"), said, form="main form[action$='/totals']", status=422)
    assert "either a number of records, or a column and its sum" in page.text


@pytest.mark.parametrize("path", ["/sources", "/totals"])
def test_the_pages_ask_the_database_a_few_questions(
    app: Flask, visitor_as: VisitorAs, compared: int, path: str
) -> None:
    carol = visitor_as("consultant", rollout_id=compared)
    carol.get(f"/rollouts/{compared}/transfer{path}")
    with count_queries(app) as asked:
        carol.get(f"/rollouts/{compared}/transfer{path}")
    assert len(asked) <= 22
