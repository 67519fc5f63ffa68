"""Pages of pay: from the draft to the closed period, statements by step, objections, own figures to take away."""

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from implement.control.incentives.service import runs
from implement.control.incentives.tables import PayRun
from implement.db import db
from implement.rollout.frame import SESSION_TOKEN
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.tables import Look, User
from tests.builders import a_log_in
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import MakeVisitor, Visitor
from tests.rooms.bound_firm import a_bound_firm
from tests.rooms.pay_house import AFTER, MARCH, PayHouse


@pytest.fixture
def house(app: Flask, rollout_id: int) -> Iterator[PayHouse]:
    """A firm with everything that a run of March needs, and its draft."""
    with app.app_context():
        get_rollout(rollout_id).legal_profile = "EU"
        made = PayHouse(a_bound_firm(rollout_id))
        made.prepare()
        runs.begin_run(rollout_id, *MARCH, by=made.hanna, now=AFTER)
        db.session.commit()
        yield made


@pytest.fixture
def hanna(visitor_as: VisitorAs) -> Visitor:
    """HR, who computes."""
    return visitor_as("hr")


@pytest.fixture
def bob(house: PayHouse, make_visitor: MakeVisitor) -> Visitor:
    """A seller of North, who acknowledged the regulation."""
    return log_in(make_visitor, house.bob)


def log_in(make_visitor: MakeVisitor, user: User) -> Visitor:
    """Somebody with their own account."""
    visitor, token = make_visitor(), a_log_in(user)
    db.session.commit()
    with visitor.client.session_transaction() as cookie:
        cookie[SESSION_TOKEN] = token
    return visitor


def fetch(visitor: Visitor, address: str) -> bytes:
    """A file."""
    with visitor.client.get(address) as answer:
        content: bytes = answer.data
    return content


def step(visitor: Visitor, rollout_id: int, way: str, run_id: int = 1, status: int = 302) -> str:
    """Press a button of the run's page; what stands on the page that answers."""
    here = f"/rollouts/{rollout_id}/incentives/runs/{run_id}"
    page = visitor.submit(visitor.get(here), form=f"form[action$='/{way}']", status=status)
    return visitor.follow(page).text if status == 302 else page.text


def go(hanna: Visitor, visitor_as: VisitorAs, rollout_id: int) -> str:
    """Computed, checked by the lead, approved by somebody else of HR; where the statement is."""
    step(hanna, rollout_id, "compute")
    step(visitor_as("lead"), rollout_id, "check")
    step(visitor_as("hr"), rollout_id, "approve")
    (statement,) = hanna.get(f"/rollouts/{rollout_id}/incentives/runs/1").links("main tbody td a")
    return statement


def test_a_run_goes_from_draft_to_closed_and_the_same_person_is_refused(
    house: PayHouse, hanna: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:
    assert "pays €680.00 to one person" in step(hanna, rollout_id, "compute")
    step(visitor_as("lead"), rollout_id, "check")
    assert "Another person approves" in step(hanna, rollout_id, "approve", status=403)
    other = visitor_as("hr")
    step(other, rollout_id, "approve")
    step(other, rollout_id, "hand-over")
    assert "closed" in step(other, rollout_id, "close")
    frozen = fetch(other, f"/rollouts/{rollout_id}/incentives/runs/1/files/plan")
    assert json.loads(frozen)["people"][0]["variable_minor"] == 100_000


def test_what_is_missing_is_listed_and_decided_with_a_signature(
    house: PayHouse, hanna: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:
    house.agree(house.release(house.draft(name="Other")), "south.2", minor=50_000)
    db.session.commit()
    said = step(hanna, rollout_id, "compute")
    assert "waits for 2 things" in said
    assert "the regulation was not acknowledged before the first day" in said and "South 2" in said
    assert "South 2" not in visitor_as("lead").get(f"/rollouts/{rollout_id}/incentives/runs/1").text  # R11
    for kpi in ("kpi.visits", "kpi.contacts_kept"):
        page = hanna.get(f"/rollouts/{rollout_id}/incentives/runs/1")
        hanna.submit(page, {"payout": "100", "reason": "Never told"}, form=f"form:has(input[value='{kpi}'])")
    assert "pays €1,180.00 to 2 people" in step(hanna, rollout_id, "compute")


def test_a_statement_says_every_step_and_leads_to_its_days_in_two_clicks(
    house: PayHouse, hanna: Visitor, bob: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:  # M126
    go(hanna, visitor_as, rollout_id)
    mine = bob.get(f"/rollouts/{rollout_id}/incentives/mine")
    (statement,) = mine.links("main .plain-list a")
    page = bob.get(statement)
    assert "€1,000.00 × 0.68 is €680.00" in page.text
    (days, _other) = [link for link in page.links("main tbody a") if "/figures?" in link]
    assert "the CRM counted 8" in bob.get(days).text
    (events,) = [link for link in bob.get(days).links("main tbody a") if "day=2026-03-03" in link]
    assert "the single events are not kept any more" in bob.get(events).answer
    bob.get(events.replace("2026-03-03", "today"), status=404)
    told = json.loads(fetch(bob, f"/rollouts/{rollout_id}/incentives/mine/json"))
    assert told["statements"][0]["total_minor"] == 68_000
    assert b"amount_minor" in fetch(bob, f"/rollouts/{rollout_id}/incentives/mine/csv")


def test_looks_are_logged_names_are_hidden_from_the_lead_and_others_see_nothing(
    house: PayHouse, hanna: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:  # R11 of the product's rules
    statement = go(hanna, visitor_as, rollout_id)
    assert "North 2" in hanna.get(statement).text
    lead = visitor_as("lead").get(statement).text
    assert "North 2" not in lead
    assert "P-" in lead
    assert db.session.scalar(select(func.count(Look.id)).where(Look.person_id == house.bob_id)) == 2
    for role in ("head", "salesperson", "council", "consultant", "admin"):
        visitor_as(role).get(statement, status=404)


def test_a_statement_is_printed_for_its_person_and_for_who_runs_pay(
    house: PayHouse, hanna: Visitor, bob: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:
    statement = go(hanna, visitor_as, rollout_id)
    (pdf,) = [link for link in bob.get(statement).links("main a") if link.endswith("/statement.pdf")]
    for visitor in (bob, hanna):
        assert visitor.get(pdf).content.startswith(b"%PDF")
    assert db.session.scalar(select(func.count(Look.id)).where(Look.person_id == house.bob_id)) == 1
    for role in ("head", "salesperson", "council"):
        visitor_as(role).get(pdf, status=404)


def test_an_objection_is_answered_by_an_adjustment(
    house: PayHouse, hanna: Visitor, bob: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:
    statement = go(hanna, visitor_as, rollout_id)
    hostile = "Two are missing <script>alert(1)</script>"
    bob.submit(bob.get(statement), {"text": hostile, "line_id": "0"}, form="form[action$='/objections']")
    assert "One objection waits" in hanna.get(f"/rollouts/{rollout_id}/incentives/runs").text
    step(hanna, rollout_id, "adjust")
    page = hanna.get(statement)
    hanna.submit(page, {"actual": "10", "correct_reason": "Two were lost"}, form="form[action*='/correct/']")
    hanna.submit(hanna.get(statement), {"reason": "You are right"}, form="form[action*='/adjust/']")
    assert "pays €120.00 to one person" in step(hanna, rollout_id, "compute", run_id=2)
    assert "You are right" in bob.get(statement).text
    assert db.session.scalar(select(PayRun.total_minor).where(PayRun.id == 2)) == 12_000


def test_a_run_of_a_month_is_begun_from_the_months_that_are_over(hanna: Visitor, rollout_id: int) -> None:
    hanna.submit(hanna.get(f"/rollouts/{rollout_id}/incentives"), {"policy": "both"})
    runs_page = hanna.get(f"/rollouts/{rollout_id}/incentives/runs")
    page = hanna.follow(hanna.submit(runs_page, form="form[action$='/runs']"))
    assert "is a draft" in page.text
    assert "nobody has a variable part on these days" in step(hanna, rollout_id, "compute")


def test_whoever_computed_finds_no_button_to_check(house: PayHouse, make_visitor: MakeVisitor, rollout_id: int) -> None:
    visitor = log_in(make_visitor, house.hanna)
    step(visitor, rollout_id, "compute")
    page = visitor.get(f"/rollouts/{rollout_id}/incentives/runs/1")
    assert page.all("form[action$='/approve']") == []


def test_a_person_is_heard_before_a_second_person_lets_a_reduction_count(
    house: PayHouse, hanna: Visitor, bob: Visitor, visitor_as: VisitorAs, rollout_id: int
) -> None:  # R3 of the product's rules
    page, mine = f"/rollouts/{rollout_id}/incentives/reductions", f"/rollouts/{rollout_id}/incentives/mine"
    typed = {"person_id": str(house.bob_id), "ground": "late", "day": "2026-03-10", "note": "A week late"}
    hanna.submit(hanna.get(page), typed)
    assert "Let it count" not in hanna.get(page).text
    bob.submit(bob.get(mine), {"said": "The CRM was down"}, form="form[action$='/hear']")
    hanna.submit(hanna.get(page), form="form[action$='/approve']", status=403)
    other = visitor_as("hr")
    assert "The CRM was down" in other.get(page).text
    other.submit(other.get(page), form="form[action$='/approve']")
    assert "pays €630.00 to one person" in step(hanna, rollout_id, "compute")


def test_a_draft_is_tried_out_on_a_month_before_it_is_released(
    house: PayHouse, hanna: Visitor, rollout_id: int
) -> None:
    draft = house.draft(name="Tried")
    db.session.commit()
    page = f"/rollouts/{rollout_id}/incentives/rules/{draft.id}"
    (link,) = [one for one in hanna.get(page).links() if "simulation" in one]
    assert "Try the rule out" in hanna.get(link).text
    assert "nobody can be compared" in hanna.get(f"{link}?month={hanna.get(link).all('option')[0]['value']}").text
