"""Cases as their people meet them: listed, given to an owner, repaired, waived, discussed."""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.rollout.tables import OutboxMail
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.test_transfer_pages import carol as carol
from tests.rooms.test_transfer_pages import compared as compared
from tests.rooms.test_transfer_pages import count_queries
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def cases(compared: int) -> str:
    """Where the list of cases is."""
    return f"/rollouts/{compared}/transfer/cases"


def test_the_list_says_what_is_to_be_repaired(carol: Visitor, cases: str) -> None:
    page = carol.get(cases)
    assert page.answer == "2 cases are to be repaired."
    assert "2 have no owner." in page.text
    assert [row[:5] for row in page.rows()] == [
        ["1", "deals", "did not arrive They are the open ones: stage is Prospecting.", "40", "open"],
        ["2", "deals", "value changed · amount stage is Won.", "5", "open"],
    ]


def test_the_list_is_narrowed_and_sorted(carol: Visitor, cases: str) -> None:
    assert len(carol.get(cases + "?class=dropped").rows()) == 1
    assert carol.get(cases + "?sort=-number").rows()[0][0] == "2"
    assert carol.get(cases + "?table=deals&state=open&sort=due&page=9").rows()


def test_the_list_asks_the_database_as_often_however_long_it_is(app: Flask, carol: Visitor, cases: str) -> None:
    carol.get(cases)
    with count_queries(app) as asked:
        carol.get(cases)
    assert len(asked) <= 16


def test_a_case_shows_its_records_on_both_sides(carol: Visitor, cases: str) -> None:
    page = carol.get(f"{cases}/2")
    assert page.answer == "deals, amount: value changed"
    assert ["D0003", "D0003", "35", "7035"] in page.rows()
    assert "Opened after run 1" in page.text


def test_the_owner_is_told_in_the_hall_and_moves_the_case_on(
    visitor_as: VisitorAs, carol: Visitor, compared: int, cases: str
) -> None:
    henry = visitor_as("head", rollout_id=compared)
    give(carol, f"{cases}/1", "Henry Head")
    assert "One case of the transfer is yours due 4 May 2026" in henry.get(f"/rollouts/{compared}").text
    henry.submit(henry.get(f"{cases}/1"), form="form[action$='/in-repair']")
    henry.submit(henry.get(f"{cases}/1"), form="form[action$='/repaired']")
    page = henry.get(f"{cases}/1")
    assert "repaired, to be checked" in page.text
    assert "Repaired in the CRM, said Henry Head" in page.text


def test_the_hall_asks_to_run_again_once_all_is_said_to_be_repaired(carol: Visitor, compared: int, cases: str) -> None:
    for number in (1, 2):
        give(carol, f"{cases}/{number}", "Carol Consultant")
        carol.submit(carol.get(f"{cases}/{number}"), form="form[action$='/repaired']")
    said = "Export the CRM and run again: 2 cases are said to be repaired"
    assert said in carol.get(f"/rollouts/{compared}").text


def test_the_task_in_the_hall_leads_to_the_case(
    visitor_as: VisitorAs, carol: Visitor, compared: int, cases: str
) -> None:
    henry = visitor_as("head", rollout_id=compared)
    give(carol, f"{cases}/1", "Henry Head")
    page = henry.get(f"/rollouts/{compared}/tasks")
    assert henry.get(page.links("tbody a")[0], status=302).location == f"{cases}/1"


def test_somebody_else_does_not_move_it_on(visitor_as: VisitorAs, compared: int, cases: str) -> None:
    henry = visitor_as("head", rollout_id=compared)
    token = str(henry.get(cases).all("input[name=csrf_token]")[0]["value"])
    assert henry.post(f"{cases}/1/in-repair", {"csrf_token": token}, status=403).status == 403
    assert not henry.get(f"{cases}/1").all("form[action$='/in-repair']")


def test_a_waiver_needs_a_name_and_a_reason(carol: Visitor, cases: str) -> None:
    page = carol.get(f"{cases}/1")
    refused = carol.submit(page, {"kind": "waived", "reason": ""}, form="form[action$='/settle']", status=422)
    assert refused.all(".has-error")
    carol.submit(page, {"kind": "waived", "reason": "Known since March."}, form="form[action$='/settle']")
    assert "Waived by Carol Consultant" in carol.get(f"{cases}/1").text
    assert carol.get(cases).answer == "One case is to be repaired."


def test_a_waiver_is_withdrawn(carol: Visitor, cases: str) -> None:
    said = {"kind": "waived", "reason": "Known since March."}
    carol.submit(carol.get(f"{cases}/1"), said, form="form[action$='/settle']")
    carol.submit(carol.get(f"{cases}/1"), {"reason": "A mistake."}, form="form[action$='/withdraw']")
    assert carol.get(cases).answer == "2 cases are to be repaired."


def test_of_two_people_at_one_case_the_second_sees_what_the_first_decided(
    visitor_as: VisitorAs, carol: Visitor, compared: int, cases: str
) -> None:
    lena = visitor_as("lead", rollout_id=compared)
    page, said = carol.get(f"{cases}/1"), {"kind": "waived", "reason": "Known since March."}
    lena.submit(lena.get(f"{cases}/1"), said, form="form[action$='/settle']")
    mine = {"kind": "explained", "reason": "They were tests."}
    refused = carol.submit(page, mine, form="form[action$='/settle']", status=409)
    assert "They were tests." in refused.text and "Known since March." in refused.text
    assert "Waived by Alice Lead" in carol.get(f"{cases}/1").text


def test_a_new_owner_gets_one_mail(
    app: Flask, visitor_as: VisitorAs, carol: Visitor, compared: int, cases: str
) -> None:
    visitor_as("head", rollout_id=compared)
    for _ in range(2):
        give(carol, f"{cases}/1", "Henry Head")
    with app.app_context():
        (mail,) = db.session.scalars(select(OutboxMail))
    assert mail.subject == "Case 1 of the transfer is yours" and mail.to.startswith("henry")
    assert "Carol Consultant gave you a case" in mail.body and f"{cases}/1" in mail.body


def test_a_due_day_that_is_none_is_shown_by_the_field(carol: Visitor, cases: str) -> None:
    wrong = {"due": "soon"}
    refused = carol.submit(carol.get(f"{cases}/1"), wrong, form="form[action$='/assign']", status=422)
    assert refused.all(".has-error")
    assert "2 have no owner." in carol.get(cases).text


def test_a_finding_becomes_a_case_from_its_record(carol: Visitor, compared: int, cases: str) -> None:
    listing = carol.get(f"/rollouts/{compared}/transfer/runs/1/findings?find=D0003")
    record = str(listing.one("tbody th a")["href"])
    opened = carol.submit(carol.get(record), form="form[action$='/case']")
    assert opened.location == f"{cases}/3"
    page = carol.get(f"{cases}/3")
    assert page.answer == "deals D0003, amount: value changed"
    assert "Case 3" in carol.get(record).text


def test_a_case_is_discussed(visitor_as: VisitorAs, carol: Visitor, compared: int, cases: str) -> None:
    carol.submit(carol.get(f"{cases}/1"), {"text": "<b>Who has them?</b>"}, form="form[action$='/messages']")
    assert "<b>Who has them?</b>" in visitor_as("lead", rollout_id=compared).get(f"{cases}/1").text


def give(carol: Visitor, case: str, owner: str) -> Page:
    """Give a case to somebody by name until the 4th of May."""
    page = carol.get(case)
    owner_id = next(str(one["value"]) for one in page.all("select[name=owner_id] option") if one.text == owner)
    return carol.submit(page, {"owner_id": owner_id, "due": "2026-05-04"}, form="form[action$='/assign']")
