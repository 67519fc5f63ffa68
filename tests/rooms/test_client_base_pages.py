"""The client base month by month: an export handed in, beside the month before; wrong and doubled months are named."""

import pytest

from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.deal_lists import upload, write_list

HEADER = ("Deal ID", "Client", "Stage", "Amount", "Created", "Closed", "Segment", "Source")
MAY = (
    ("1", "Arndt", "Won", "100", "2024-04-01", "2024-05-02", "trade", "fair"),
    ("2", "Berta", "Won", "200", "2024-05-03", "2024-05-20", "craft", "web"),
    ("3", "Carl", "Lost", "", "2024-05-04", "2024-05-31", "craft", "web"),
)
JUNE = (
    *MAY[1:],
    ("4", "Dora", "Proposal", "", "2024-06-10", "", "trade", "fair"),
    ("5", "Berta", "Won", "50", "2024-06-02", "2024-06-12", "trade", "web"),
    ("6", "Emil", "Proposal", "", "2024-06-11", "", "trade", ""),
    ("7", "Dora", "Won", "70", "2024-06-20", "2024-06-29", "trade", "fair"),
)


@pytest.fixture
def carol(visitor_as: VisitorAs) -> Visitor:
    return visitor_as("consultant")


def hand_in(
    carol: Visitor, rollout_id: int, month: str, rows: tuple[tuple[str, ...], ...], clients: bytes = b""
) -> Page:
    content = write_list(rows, header=HEADER, encoding="utf-8")
    page = carol.get(f"/rollouts/{rollout_id}/audit/client-base")
    beside = [upload("clients.csv", clients)] if clients else []
    sent = {"files": [upload(f"export-{month}.csv", content), *beside], "month": month}
    columns = carol.follow(carol.submit(page, sent, form="form[action$='/client-base']"))
    carol.submit(carol.follow(carol.submit(columns, form="form[action$='/columns']")))
    return carol.get(f"/rollouts/{rollout_id}/audit/client-base")


def test_a_month_stands_beside_the_one_before(carol: Visitor, rollout_id: int) -> None:  # M39 M40 M48
    first = hand_in(carol, rollout_id, "2024-05", MAY)
    assert first.answer == "May 2024: 3 clients."
    page = hand_in(carol, rollout_id, "2024-06", JUNE)
    assert page.answer == "June 2024: 4 clients. 2 new, 1 gone, 2 stayed since the month before."
    row = page.rows("[aria-label='Month beside month'] table")[0]
    assert row == ["June 2024", "4", "2", "1", "2", "1", "4", "2", "0", "€120"]
    assert "craft → trade 1" in page.text


def test_stages_stand_beside_the_state_of_the_audit(carol: Visitor, rollout_id: int) -> None:  # M42 M43
    losses = carol.get(f"/rollouts/{rollout_id}/audit/losses")
    sent = {"files": [upload("old.csv", write_list(JUNE[:4], header=HEADER, encoding="utf-8"))]}
    columns = carol.follow(carol.submit(losses, sent, form="form[action$='/losses']"))
    carol.submit(carol.follow(carol.submit(columns, form="form[action$='/columns']")))
    hand_in(carol, rollout_id, "2024-05", JUNE[:4])
    page = hand_in(carol, rollout_id, "2024-06", JUNE)
    table = "[aria-label='Stages beside the audit'] table"
    assert page.rows(table)[0][:4] == ["Proposal", "2", "1", "1"]
    may = carol.get(f"/rollouts/{rollout_id}/audit/client-base?month=2024-05")
    assert may.rows(table)[0][:4] == ["Proposal", "1", "–", "1"]


def test_wrong_and_doubled_months_are_named(carol: Visitor, rollout_id: int) -> None:  # M39
    hand_in(carol, rollout_id, "2024-03", MAY)
    page = hand_in(carol, rollout_id, "2024-06", MAY)
    notices = " ".join(page.words("main .notice"))
    assert "March 2024: the list goes on to 31 May 2024, after the month had ended." in notices
    assert "June 2024: the newest day in this list is 31 May 2024, before the month began." in notices
    assert "June 2024 holds the very file of March 2024: one of the two is wrong." in notices
    assert "June 2024: a month is missing since March 2024" in notices


def test_the_same_list_of_clients_beside_other_deals_is_no_fault(carol: Visitor, rollout_id: int) -> None:
    clients = b"Client,Branch\nArndt,trade\nBerta,craft\nCarl,craft\nDora,trade\n"
    hand_in(carol, rollout_id, "2024-05", MAY, clients)
    page = hand_in(carol, rollout_id, "2024-06", JUNE, clients)
    assert "very file" not in page.text


def test_a_month_handed_in_again_replaces_the_one_before(carol: Visitor, rollout_id: int) -> None:
    hand_in(carol, rollout_id, "2024-06", MAY)
    page = hand_in(carol, rollout_id, "2024-06", JUNE)
    assert page.answer == "June 2024: 4 clients."
    assert "withdrawn: → 2" in page.text


def test_a_month_needs_a_name_and_a_client(carol: Visitor, rollout_id: int) -> None:
    page = carol.get(f"/rollouts/{rollout_id}/audit/client-base")
    wrong = {"files": [upload()], "month": "June"}
    said = carol.submit(page, wrong, form="form[action$='/client-base']", status=422)
    assert "Please write the month as 2024-03 or 03.2024." in said.text
