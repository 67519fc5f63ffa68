"""A record laid open: its differences, why its link is believed, its twin, the chain it stands in. M29"""

import pytest
from flask import Flask

from implement.db import db
from implement.stages.transfer.record_page import mark_difference, mark_list
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.transfer_case import CONTACTS, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def carol(visitor_as: VisitorAs, app: Flask) -> Visitor:
    """The consultant; contact C003 did not arrive, C004 arrived twice, the open deals are missing."""
    with app.test_request_context():
        case = a_mapped_case()
        kept = [line for line in CONTACTS.splitlines() if not line.startswith(b"C003,")]
        lines = [*kept, next(one for one in kept if b"C004" in one)]
        numbered = [line + (b",U%02d" % place if place else b",uid") for place, line in enumerate(lines)]
        case.hand_in("target", "contacts.csv", b"\n".join([*numbered, b""]))
        case.run()
        db.session.commit()
        rollout_id = case.rollout_id
    carol = visitor_as("consultant", rollout_id=rollout_id)
    carol.get(f"/rollouts/{rollout_id}/transfer")
    return carol


def open_finding(carol: Visitor, record: str, fate: str) -> Page:
    listing = carol.get(f"/rollouts/1/transfer/runs/1/findings?find={record}&class={fate}")
    return carol.get(str(listing.one("tbody th a")["href"]))


def follow(carol: Visitor, page: Page, words: str) -> Page:
    return carol.get(next(str(a["href"]) for a in page.all("main a") if a.text == words))


def test_a_difference_carries_a_word_and_a_sign_besides_its_colour(carol: Visitor) -> None:
    page = open_finding(carol, "D0003", "value_changed")
    assert page.words("mark.is-new") == ["only now: 70"]
    assert "struck through what only the old system has" in page.text


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("Müller", "Mueller", ["ü"], ["ue"]),
        ("AcmeGmbH", "Acme GmbH", [], ["␣"]),
        ("2024-03-04", "2024-04-03", ["3", "4"], ["4", "3"]),
    ],
)
def test_differences_are_cut_letter_by_letter(before: str, after: str, gone: list[str], new: list[str]) -> None:
    one, two = mark_difference(before, after)
    assert [sorted(text for text, differs in side if differs) for side in (one, two)] == [sorted(gone), sorted(new)]


@pytest.mark.parametrize(
    ("before", "after", "replaced", "gone", "new"),
    [
        ("C10;C17;C2", "C2;C10;C18", {}, ["C17"], ["C18"]),
        ('["C10", "C17"]', "C10", {}, ["C17"], []),
        ("C10;C17", "Z-1", {}, [], []),
        ("Fair;Golf;Mail", "3, 7", {"Fair": "7", "Mail": "3", "Golf": "9"}, ["Golf"], []),
        ("Fair", "9", {"Fair": "7", "Golf": "9"}, ["Fair"], ["9"]),
    ],
)
def test_of_lists_that_is_marked_which_one_side_lacks(
    before: str, after: str, replaced: dict[str, str], gone: list[str], new: list[str]
) -> None:
    sides = mark_list(before, after, replaced)
    assert ["".join(text for text, _ in side) for side in sides] == [before, after]
    assert [[text.strip() for text, differs in side if differs] for side in sides] == [gone, new]


def test_a_changed_deal_says_how_sure_its_link_is(carol: Visitor) -> None:
    page = open_finding(carol, "D0003", "value_changed")
    assert "sure Same key, and 4 of 5 other fields agree: amount differs." in page.text
    assert "The next best candidate (D0093) agrees in 3 fields." in page.text
    assert "The CRM holds another value than the old system." in page.text


def test_a_dropped_deal_says_what_comes_nearest(carol: Visitor) -> None:
    page = open_finding(carol, "D0002", "dropped")
    assert "What comes nearest?" in page.text
    assert "too little to be the same" in page.text


def test_a_doubled_record_stands_beside_its_copy(carol: Visitor) -> None:
    page = open_finding(carol, "C004", "duplicated")
    assert "The same once more: C004" in page.text
    rows = page.rows()
    assert [row[1:4] for row in rows[:2]] == [["C004"] * 3, ["Person 4 Name"] * 3]
    assert [row[1:4] for row in rows if row[0].startswith("uid")] == [["", "U30", "U04"]]


def test_a_torn_deal_leads_to_its_lost_contact_and_from_there_to_all_its_deals(carol: Visitor) -> None:
    contact = follow(carol, open_finding(carol, "D0003", "torn_relation"), "contacts C003")
    assert contact.answer == "contacts C003: did not arrive"
    assert "4 records of deals belong to it" in contact.text
    assert follow(carol, contact, "deals D0033").answer.startswith("deals D0033")


def test_a_record_without_a_finding_has_a_page_too(carol: Visitor) -> None:
    page = follow(carol, open_finding(carol, "D0002", "dropped"), "contacts C002")
    assert page.answer == "contacts C002: arrived as it was"
    assert "Same key, and 2 of 2 other fields agree." in page.text


def test_a_row_that_is_not_there_is_not_found(carol: Visitor) -> None:
    assert carol.get("/rollouts/1/transfer/runs/1/records/1/9999", status=404).status == 404
    assert carol.get("/rollouts/1/transfer/runs/1/records/999/1", status=404).status == 404
