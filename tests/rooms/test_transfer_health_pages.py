"""The health of old tables as people meet it: looked through by a button, told in words, led back to rows."""

import pytest
from flask import Flask

from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.rooms.test_service_transfer_health import DEALS, PRODUCTS
from tests.rooms.test_transfer_pages import count_queries
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def handed_in(app: Flask) -> int:
    """A rollout whose old files are there."""
    with app.test_request_context():
        case = a_case()
        case.hand_in("source", "products.csv", PRODUCTS)
        case.hand_in("source", "deals.csv", DEALS.encode())
        db.session.commit()
        return case.rollout_id


def look(visitor_as: VisitorAs, rollout_id: int) -> Page:
    carol, room = visitor_as("consultant", rollout_id=rollout_id), f"/rollouts/{rollout_id}/transfer"
    carol.submit(carol.get(f"{room}/health/source"), form="main form[action$='/health/source']")
    return carol.get(f"{room}/health/source")


def test_a_button_has_the_tables_looked_through(visitor_as: VisitorAs, handed_in: int) -> None:
    page = look(visitor_as, handed_in)
    assert page.answer == "deals.product names what products does not have: 10 of 40 records."
    assert "GTXPro → GTX Pro (10)" in page.text


def test_a_finding_leads_to_its_rows_on_the_page_and_as_a_file(visitor_as: VisitorAs, handed_in: int) -> None:
    page = look(visitor_as, handed_in)
    carol = visitor_as("consultant", rollout_id=handed_in)
    rows = next(link for link in page.links("main td a[href]") if link.endswith("/findings/1"))
    assert "D0036" in carol.get(rows).text
    assert "GTXPro" in carol.get(f"{rows}/rows.csv").content.decode()


def test_both_sides_may_be_looked_at_and_no_other(visitor_as: VisitorAs, handed_in: int) -> None:
    carol, room = visitor_as("consultant", rollout_id=handed_in), f"/rollouts/{handed_in}/transfer"
    assert carol.get(f"{room}/health/target").answer == "These tables were not looked through yet."
    assert carol.get(f"{room}/health/elsewhere", status=404).status == 404


def test_the_page_asks_the_database_the_same_however_much_was_found(
    app: Flask, visitor_as: VisitorAs, handed_in: int
) -> None:
    look(visitor_as, handed_in)
    carol = visitor_as("consultant", rollout_id=handed_in)
    with count_queries(app) as asked:
        carol.get(f"/rollouts/{handed_in}/transfer/health/source")
    assert len(asked) <= 22
