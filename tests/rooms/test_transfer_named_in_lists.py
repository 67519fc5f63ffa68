"""A list by the CRM's own ids that lacks a record: the record's page says which, by its old id and its name. M29"""

import pytest
from flask import Flask

from implement.db import db
from implement.engine.mapping import TableMapping
from implement.stages.transfer.service.named_in_lists import name_record
from tests.engine.transfers import build_clients
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.test_transfer_pages import count_queries
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
CLIENTS = build_clients(80)
CALLED = {row[0]: f"Z-{place * 7919 % 9973:05}" for place, row in enumerate(CLIENTS)}
LACKING, GONE = range(4), 77
"""Courses whose list lacks its second firm, and a firm that did not arrive at all."""


def _file(head: str, rows: list[list[str]]) -> bytes:
    return "\n".join([head, *map(",".join, rows), ""]).encode()


@pytest.fixture
def room(app: Flask) -> str:
    """Courses with the firms that take part; the CRM lists them by ids of its own and in another order."""
    lists = [[CLIENTS[place][0], CLIENTS[place + 20][0]] for place in range(60)]
    kept = [
        [one for one in names[:: -1 if n % 2 else 1] if n not in LACKING or one == names[0]]
        for n, names in enumerate(lists)
    ]
    arrived = [[one for one in names if one != CLIENTS[GONE][0]] for names in kept]
    titles = [[f"K{n:03}", f"Course {n} {'ABC'[n % 3]}"] for n in range(60)]
    old = [[*title, ";".join(names)] for title, names in zip(titles, lists, strict=True)]
    new = [[*title, ";".join(map(CALLED.__getitem__, names))] for title, names in zip(titles, arrived, strict=True)]
    firms = [[CALLED[row[0]], *row[:3]] for place, row in enumerate(CLIENTS) if place != GONE]
    with app.test_request_context():
        case = a_case()
        case.hand_in("source", "firms.csv", _file("number,name,city", [row[:3] for row in CLIENTS]))
        case.hand_in("source", "courses.csv", _file("code,title,firms", old))
        case.hand_in("target", "firms.csv", _file("uid,number,name,city", firms))
        case.hand_in("target", "courses.csv", _file("code,title,firms", new))
        case.propose()
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


@pytest.fixture
def carol(room: str, visitor_as: VisitorAs) -> Visitor:
    """The consultant."""
    return visitor_as("consultant", rollout_id=1)


def _open(carol: Visitor, room: str, course: str) -> Page:
    listing = carol.get(f"{room}/runs/1/findings?find={course}&class=torn_relation")
    return carol.get(str(listing.one("tbody th a")["href"]))


def test_the_missing_record_is_named_by_its_old_id_and_its_name(carol: Visitor, room: str) -> None:
    page = _open(carol, room, "K002")
    assert f"Missing in the list: firms {CLIENTS[22][0]} · {CLIENTS[22][1]}" in page.text
    assert page.words("mark") == [f"only before: {CLIENTS[22][0]}"]
    named = next(str(link["href"]) for link in page.all("td a") if CLIENTS[22][0] in link.text)
    assert CLIENTS[22][1] in carol.get(named).text


def test_of_a_record_that_did_not_arrive_that_is_said(carol: Visitor, room: str) -> None:
    page = _open(carol, room, "K057")
    assert f"firms {CLIENTS[GONE][0]} · {CLIENTS[GONE][1]} did not arrive" in " ".join(page.text.split())


def test_the_page_of_a_list_counts_its_questions_to_the_database(app: Flask, carol: Visitor, room: str) -> None:
    _open(carol, room, "K001")
    listing = carol.get(f"{room}/runs/1/findings?find=K002&class=torn_relation")
    with count_queries(app) as asked:
        carol.get(str(listing.one("tbody th a")["href"]))
    assert len(asked) <= 20


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ({"nr": "7", "city": "Ulm", "company_name": "Acme"}, "Acme"),
        ({"nr": "7", "first_name": "Ada", "last_name": "Bell", "city": "Ulm"}, "Ada Bell"),
        ({"nr": "7", "size": "12", "city": "Ulm"}, "Ulm"),
        ({"nr": "7", "size": None}, ""),
    ],
)
def test_a_record_is_called_by_its_name(record: dict[str, object], name: str) -> None:
    assert name_record(TableMapping("firms", "firms", source_id=("nr",)), record) == name
