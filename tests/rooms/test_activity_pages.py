"""The pages of activity plans: written, set, acknowledged, reported, settled; what only some may see."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from implement.control.activity.service import plans, targets
from implement.control.activity.service.periods import add_period
from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.bound_firm import Firm, a_bound_firm
from tests.rooms.test_audit_pages import count_queries

CONTACTS, VISITS = "kpi.contacts_kept", "kpi.visits"


@pytest.fixture
def firm(app: Flask, rollout_id: int) -> Iterator[Firm]:
    """Two teams of five."""
    with app.app_context():
        made = a_bound_firm(rollout_id)
        db.session.commit()
        yield made


@pytest.fixture
def henry(firm: Firm, visitor_as: VisitorAs) -> Visitor:
    """The head of North."""
    return visitor_as("head", person_id=firm.people["north.1"])


@pytest.fixture
def bob(firm: Firm, visitor_as: VisitorAs) -> Visitor:
    """A seller of North."""
    return visitor_as("salesperson", person_id=firm.people["north.2"])


@pytest.fixture
def period_id(firm: Firm, rollout_id: int, visitor_as: VisitorAs) -> int:
    """A period that begins today, with the plan the lead writes on the page."""
    today = local_day(rollout_id, utc_now())
    period = add_period(rollout_id, today, today + timedelta(days=30), by=firm.alice, now=utc_now())
    db.session.commit()
    write_plan(visitor_as("lead"), rollout_id, period.id, "60", "40")
    return period.id


def write_plan(alice: Visitor, rollout_id: int, period_id: int, *weights: str, status: int = 302) -> str:
    page = alice.get(f"/rollouts/{rollout_id}/activity/periods/{period_id}/plan?role=seller")
    rows = {f"rows-{place}-kpi": key for place, key in enumerate((CONTACTS, VISITS))}
    typed = {f"rows-{place}-weight": weight for place, weight in enumerate(weights)}
    return alice.submit(page, {**rows, **typed}, form="main form.form", status=status).text


def set_target(henry: Visitor, address: str, person_id: int, number: str, *, status: int = 302) -> str:
    page = henry.get(address)
    boxes = {f"target_{person_id}_{key}": number for key in (CONTACTS, VISITS)}
    return henry.submit(page, boxes, form="form[action$='/targets']", status=status).text


def test_weights_are_refused_until_they_come_to_the_whole(
    period_id: int, rollout_id: int, visitor_as: VisitorAs
) -> None:
    alice = visitor_as("lead")
    assert "10 % are missing" in write_plan(alice, rollout_id, period_id, "50", "40", status=409)
    plan = alice.get(f"/rollouts/{rollout_id}/activity")
    assert [words.split()[0] for words in plan.words("main .plain-list li")] == ["60%", "40%"]


def test_from_target_to_report_and_back(
    henry: Visitor, bob: Visitor, firm: Firm, period_id: int, rollout_id: int
) -> None:  # M125
    room, bob_id = f"/rollouts/{rollout_id}/activity", firm.people["north.2"]
    address = f"{room}/periods/{period_id}/targets"
    assert "whole number above 0" in set_target(henry, address, bob_id, "many", status=422)
    set_target(henry, address, bob_id, "20")
    henry.submit(henry.get(address), form="form[action$='/deliver']")
    month = bob.get(f"{room}/month")
    assert "wait for you" in month.words("h1")[0]
    bob.submit(month, form="form[action$='/acknowledge']")
    report = bob.get(f"{room}/report")
    assert "between 0 and 1,000" in bob.submit(report, {VISITS: "-3"}, form="form.minute-report", status=422).text
    bob.submit(report, {VISITS: "3"}, form="form.minute-report")
    assert "acknowledged" in henry.get(address).words(f"#person-{bob_id} .state")[1]
    own = bob.get(f"{room}/mine/json").content
    assert b'"report": 3' in own
    assert b'"report": null' in own


def test_two_who_write_one_plan_see_both(period_id: int, rollout_id: int, visitor_as: VisitorAs) -> None:
    alice, other = visitor_as("lead"), visitor_as("lead")
    address = f"/rollouts/{rollout_id}/activity/periods/{period_id}/plan?role=head"
    mine, theirs = alice.get(address), other.get(address)
    typed = {"rows-0-kpi": CONTACTS, "rows-1-kpi": VISITS}
    alice.submit(mine, {**typed, "rows-0-weight": "70", "rows-1-weight": "30"}, form="main form.form")
    weights = {"rows-0-weight": "25", "rows-1-weight": "75"}
    clash = other.submit(theirs, {**typed, **weights}, form="main form.form", status=409)
    assert "7000 bp" in clash.text and "2500 bp" in clash.text
    assert [item.weight_bp for item in plans.read_plans(period_id)["head"].items] == [7_000, 3_000]


def test_two_who_set_targets_see_both(henry: Visitor, firm: Firm, period_id: int, rollout_id: int) -> None:
    address, bob_id = f"/rollouts/{rollout_id}/activity/periods/{period_id}/targets", firm.people["north.2"]
    page = henry.get(address)
    set_target(henry, address, bob_id, "20")
    box = {f"target_{bob_id}_{VISITS}": "7"}
    clash = henry.submit(page, box, form="form[action$='/targets']", status=409)
    assert "Both versions" in clash.text
    assert targets.read_targets(period_id)[bob_id, VISITS].target == 20


def test_a_file_names_row_column_and_reason_and_keeps_nothing_half(
    henry: Visitor, firm: Firm, period_id: int, rollout_id: int
) -> None:
    address = f"/rollouts/{rollout_id}/activity/periods/{period_id}/targets"
    text = (
        "number;kpi;target\nnorth.2;Visits to customers;5\n9;kpi.visits;5\nnorth.2;kpi.visits;many\nnorth.2;smiles;1\n"
    )
    page = henry.get(address)
    refused = henry.submit(page, {"file": (BytesIO(text.encode()), "t.csv")}, form="form[action$='/file']", status=422)
    assert "Row 3, column number: nobody you set targets for has this number" in refused.text
    assert "Row 4, column target: a target is a whole number above 0" in refused.text
    assert "Row 5, column kpi: this KPI does not stand" in refused.text
    assert targets.read_targets(period_id) == {}


def test_who_may_not_see_single_people_sees_sums_from_five_on(
    henry: Visitor, bob: Visitor, visitor_as: VisitorAs, period_id: int, rollout_id: int
) -> None:
    council = visitor_as("council").get(f"/rollouts/{rollout_id}/activity/progress")
    assert "Each person" not in council.text
    head = henry.get(f"/rollouts/{rollout_id}/activity/progress")
    assert "North 2" not in head.text
    assert "P-" in head.text
    bob.get(f"/rollouts/{rollout_id}/activity/progress", status=403)
    assert henry.get(f"/rollouts/{rollout_id}/activity/morning").words("h1") != []


def test_queries_do_not_grow_with_people(
    app: Flask, henry: Visitor, firm: Firm, period_id: int, rollout_id: int
) -> None:
    room = f"/rollouts/{rollout_id}/activity"
    address = f"{room}/periods/{period_id}/targets"
    read = [address, f"{room}/progress", room]
    set_target(henry, address, firm.people["north.2"], "20")
    henry.submit(henry.get(address), form="form[action$='/deliver']")
    few = [count_queries(app, henry, path) for path in read]
    for number in (3, 4, 5):
        set_target(henry, address, firm.people[f"north.{number}"], "20")
    henry.submit(henry.get(address), form="form[action$='/deliver']")
    assert [count_queries(app, henry, path) for path in read] == few
