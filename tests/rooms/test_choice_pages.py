"""The pages of the choice: who may see and write, hostile words, faulty files, few queries however much there is."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask

from implement.db import db
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.choice_case import OWN, a_choice, a_weight, say_needs
from tests.rooms.test_audit_pages import count_queries

READERS = ("consultant", "lead", "head", "hr", "council")
HOSTILE = "<script>document.title='broken in'</script>"


@pytest.fixture
def here(app: Flask, rollout_id: int) -> Iterator[str]:
    with app.app_context():
        carol = builders.a_user()
        a_choice(rollout_id, carol)
        say_needs(rollout_id, carol, users=35)
        db.session.commit()
        yield f"/rollouts/{rollout_id}/specification/choice"


@pytest.mark.parametrize("role", [*READERS, "salesperson", "admin", None])
def test_readers_see_the_comparison_and_others_do_not(here: str, visitor_as: VisitorAs, role: str | None) -> None:
    status = 200 if role in READERS else 403 if role else 404
    for path in ("", "/systems/4"):
        assert visitor_as(role).get(f"{here}{path}", status=status).answer


def test_the_page_says_who_leads_what_would_turn_it_and_what_is_old(here: str, visitor_as: VisitorAs) -> None:
    page = visitor_as("lead").get(here)
    assert page.answer.startswith("Bitrix24 leads with 92 of 100 points, before amoCRM")
    assert "weighed more than 28.6% of all (now 16.7%)" in page.text
    assert "something said here is older than a year" in page.text
    assert "35 accounts are needed, 10 are possible" in page.text  # M84


def test_an_offer_typed_in_stands_beside_the_points_with_its_day(here: str, visitor_as: VisitorAs) -> None:  # M83 M90
    carol = visitor_as("consultant")
    assert "points say what fits, not what it costs" in carol.get(here).text
    form = carol.get(carol.get(f"{here}/systems/4").one("main dd a[href*='offers?system=']")["href"])
    typed = {"name": "40 seats", "source": "Offer 17", "offered_on": "2024-01-31"}
    figures = carol.follow(carol.submit(form, typed))
    carol.submit(figures, {"low_seats": "40", "low_seat_price": "30"})
    page = carol.get(here)
    assert "Only Bitrix24 has an offer yet" in page.text
    (offer,) = (cell.get_text() for cell in page.all("td p") if "40 seats: Offer 17" in cell.get_text())
    assert "2024" in offer
    assert "older than a year" in offer


def test_a_system_shows_points_questions_and_the_demonstration(here: str, visitor_as: VisitorAs) -> None:  # M67
    page = visitor_as("consultant").get(f"{here}/systems/4")
    assert page.answer == "Bitrix24 has 92 of 100 points."
    assert "Leave a request alone for 31 minutes" in page.text
    assert "Which two firms of our size and trade may we call" in page.text
    assert visitor_as("consultant").get(f"{here}/systems/999", status=404).answer


def test_hostile_evidence_is_shown_as_text(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    form = carol.get(f"{here}/systems/4/levels")
    carol.submit(form, {"level_ease": "2", "evidence_ease": HOSTILE})
    page = carol.get(f"{here}/systems/4")
    assert HOSTILE.encode() not in page.content
    assert "broken in" in page.text


def test_a_level_without_evidence_changes_nothing(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    form = carol.get(f"{here}/systems/5/levels")
    refused = carol.submit(form, {"level_ease": "4", "level_api": "1", "evidence_api": "Mail"}, status=409)
    assert "Say by what each level was seen" in refused.text
    assert carol.get(f"{here}/systems/5").answer == "1C:CRM has 0–100 of 100 points."


def test_a_requirement_gets_its_criterion_and_a_weight_by_hand_its_reason(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    form = carol.get(f"{here}/weights")
    carol.submit(form, {"criterion_1": "ease", "points_site": "4", "reason_site": "The shop is new"})
    page = carol.get(f"{here}/weights")
    assert page.fields("main form[method=post]")["criterion_1"] == "ease"
    assert "now 4 points" in page.text


def test_gains_are_ticked_with_their_measure(here: str, visitor_as: VisitorAs) -> None:  # M63 M66
    carol = visitor_as("consultant")
    form = carol.get(f"{here}/gains")
    carol.submit(form, {"is_expected_control": "y"}, status=409)
    told = {"is_expected_control": "y", "counted_by_control": "Petra", "target_control": "95 %"}
    assert carol.follow(carol.submit(form, told)).answer == "One gain is expected, with its measure."


def test_a_decision_is_kept_with_its_reason(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    page = carol.get(here)
    decided = carol.follow(carol.submit(page, {"system": "bitrix24", "reason": "Calls"}))
    assert "Chosen: Bitrix24" in decided.text
    assert carol.submit(page, {"system": "megaplan_free", "reason": "x", "idempotency_key": "n"}, status=422).answer


def test_readers_do_not_write(here: str, visitor_as: VisitorAs) -> None:
    for path in ("needs", "weights", "gains", "systems/4/levels"):
        assert visitor_as("head").get(f"{here}/{path}", status=403).answer


def test_entries_of_ones_own_are_handed_in_with_every_fault_named(visitor_as: VisitorAs, here: str) -> None:
    carol = visitor_as("consultant")
    form = "form[action='/crm-catalogue']"
    broken = (BytesIO(OWN.replace("kind: paid", "kind: cheap").encode()), "north.yaml")
    faulty = carol.submit(carol.get("/crm-catalogue"), {"file": broken}, form=form, status=422)
    assert "north_crm" in faulty.one("main .notice tbody tr").get_text(" ")
    kept = carol.submit(faulty, {"file": (BytesIO(OWN.encode()), "north.yaml")}, form=form)
    assert carol.follow(kept).answer == "21 systems stand in the catalogue."
    said = carol.get("/crm-catalogue").text
    assert "€19.00 per seat and month, list price without discount (as of 2 Feb 2026)" in said


def test_clients_do_not_keep_the_catalogue(visitor_as: VisitorAs, here: str) -> None:
    assert visitor_as("lead").get("/crm-catalogue", status=403).answer


def test_the_number_of_queries_does_not_grow_with_requirements(
    app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs
) -> None:
    carol: Visitor = visitor_as("consultant")
    few = [count_queries(app, carol, f"{here}{path}") for path in ("", "/weights", "/systems/4")]
    with app.app_context():
        for _number in range(12):
            a_weight(rollout_id, "analysis", "must", builders.a_user())
        db.session.commit()
    assert [count_queries(app, carol, f"{here}{path}") for path in ("", "/weights", "/systems/4")] == few
