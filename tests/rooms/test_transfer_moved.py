"""Columns that the CRM keeps in a table of their own, as the mapping's and a record's pages show them. M29"""

import pytest
from flask import Flask

from implement.db import db
from tests.engine.transfers import build_clients
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
GUESTS, HOUSES = build_clients(60), build_clients(80)[60:]


def _file(head: str, rows: list[list[str]]) -> bytes:
    return "\n".join([head, *map(",".join, rows), ""]).encode()


@pytest.fixture
def room(app: Flask) -> str:
    """Guests whose houses became a table of their own; one of them names another house there."""
    people = [[one[0], one[1], one[3]] for one in GUESTS]
    housed = [[*one, *HOUSES[n % 20][1:3]] for n, one in enumerate(people)]
    naming = [[*one, str(700 + (n + (n == 4)) % 20)] for n, one in enumerate(people)]
    with app.test_request_context():
        case = a_case()
        case.hand_in("source", "guests.csv", _file("guest_no,name,phone,house,town", housed))
        case.hand_in("target", "visitors.csv", _file("guest_no,name,phone,lodging_id", naming))
        lodgings = [[str(700 + n), *one[1:3]] for n, one in enumerate(HOUSES)]
        case.hand_in("target", "lodgings.csv", _file("lodging_id,title,place", lodgings))
        case.propose()
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_the_mapping_says_which_tables_hold_them_and_offers_them(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    said = "Columns of it are now in other tables that its records name: lodgings (lodging_id)."
    assert said in carol.get(f"{room}/mapping").text
    page = carol.get(f"{room}/mapping/1/tables/1")
    assert said in page.text
    chosen = [str(one["value"]) for one in page.all("option[selected]")]
    assert {"lodging_id.title", "lodging_id.place"} <= set(chosen)


def test_a_record_stands_beside_what_the_row_holds_that_it_names(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    listing = carol.get(f"{room}/runs/1/findings?find=C0004&class=value_changed")
    page = carol.get(str(listing.all("tbody th a")[0]["href"]))
    found = {row[0]: row[2] for row in page.rows()}
    assert found["house → lodging_id.title"].startswith("only now") and found["lodging_id only in the CRM"] == "705"
