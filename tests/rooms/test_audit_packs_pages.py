"""Choosing packs and handing in one's own, as people do it; pages ask the database no more for many packs."""

from io import BytesIO

import pytest
from flask import Flask, current_app

from implement.db import db
from implement.stages.audit.service.answers import save_answer
from implement.stages.audit.service.shelf import list_shelf
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.audit_case import NOW, an_audit
from tests.rooms.own_pack import OWN_PACK
from tests.rooms.test_audit_pages import count_queries


@pytest.fixture
def carol(app: Flask, visitor_as: VisitorAs) -> Visitor:
    return visitor_as("consultant")


def hand_in(carol: Visitor, text: str, *, status: int = 302) -> Page:
    page = carol.get("/audit-packs")
    file = (BytesIO(text.encode()), "visits.yaml")
    return carol.submit(page, {"file": file}, form="form[action='/audit-packs']", status=status)


def test_a_pack_of_ones_own_is_handed_in_and_chosen(carol: Visitor, rollout_id: int) -> None:
    hand_in(carol, OWN_PACK)
    page = carol.get(f"/rollouts/{rollout_id}/audit")
    begun = carol.follow(carol.submit(page, {"packs": ["audit.first_hour", "north.visits"]}))
    assert begun.answer == "31 questions are still open; 0 of 31 are answered."
    assert "Visits" in begun.text


def test_a_pack_is_added_to_an_audit_that_runs(carol: Visitor, rollout_id: int) -> None:
    carol.submit(carol.get(f"/rollouts/{rollout_id}/audit"))
    hand_in(carol, OWN_PACK)
    page = carol.get(f"/rollouts/{rollout_id}/audit/packs")
    added = carol.submit(page, {"packs": ["north.visits"]})
    assert carol.follow(added).answer.startswith("31 questions are still open")


def test_faults_of_a_pack_are_shown_with_line_question_and_reason(carol: Visitor) -> None:
    page = hand_in(carol, OWN_PACK.replace("weight: 3", "weight: 9"), status=422)
    row = page.one("main .notice tbody tr").get_text(" ")
    assert "north.visits.visits_week" in row
    assert "9 is not a whole number from 1 to 5" in row


def test_a_pack_is_taken_from_the_shelf_and_put_back(carol: Visitor) -> None:
    hand_in(carol, OWN_PACK)
    page = carol.get("/audit-packs")
    taken = carol.follow(carol.submit(page, form="form[action$='/remove']"))
    assert taken.answer == "You have no packs of your own yet."
    back = carol.submit(taken, form="form[action$='/restore']")
    assert carol.follow(back).answer == "One pack of your own stands on the shelf."


def test_a_pack_of_the_product_serves_as_a_pattern(carol: Visitor) -> None:
    assert carol.get("/audit-packs/1/file").status == 200
    assert carol.get("/audit-packs/99/file", status=404).answer


def test_clients_do_not_keep_packs(visitor_as: VisitorAs) -> None:
    assert visitor_as("lead").get("/audit-packs", status=403).answer


def test_pages_of_all_packs_ask_the_database_no_more(app: Flask, carol: Visitor, rollout_id: int) -> None:
    carol.submit(carol.get(f"/rollouts/{rollout_id}/audit"))
    paths = [f"/rollouts/{rollout_id}/audit{path}" for path in ("", "/answers", "/findings")]
    few = [count_queries(app, carol, path) for path in paths]
    with app.app_context():
        keys = [one.pack.id for one in list_shelf(current_app.extensions["implement_store"])]
    carol.submit(carol.get(f"/rollouts/{rollout_id}/audit/packs"), {"packs": keys})
    assert [count_queries(app, carol, path) for path in paths] == few


def test_findings_are_shown_pack_by_pack(app: Flask, carol: Visitor, rollout_id: int) -> None:
    with app.app_context():
        case = an_audit(rollout_id, keys=("audit.first_hour", "audit.need"))
        case.answer("goal_stated", "0")
        typed = {"words": ["12"], "note": "", "version": None, "by": case.carol, "now": NOW}
        save_answer(case.audit, case.pack, case.pack.item("audit.need.customers_active"), case.petra, **typed)
        db.session.commit()
    page = carol.get(f"/rollouts/{rollout_id}/audit/findings?pack=audit.need")
    assert [one["id"] for one in page.all("article.finding")] == ["finding-audit-need-customers_active-few"]
    assert len(carol.get(f"/rollouts/{rollout_id}/audit/findings").all("article.finding")) == 2
