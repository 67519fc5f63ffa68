"""The pages of rewards in kind: a seller asks for a lunch, the head grants it, everybody sees their own ledger."""

from collections.abc import Iterator

import pytest
from flask import Flask

from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.rooms.bound_firm import a_bound_firm
from tests.rooms.test_service_in_kind import Shop

HOSTILE = "<script>alert(1)</script>\"'"


@pytest.fixture
def shop(app: Flask, rollout_id: int) -> Iterator[Shop]:
    with app.app_context():
        made = Shop(a_bound_firm(rollout_id))
        made.keep_well(north2=37, south2=10)
        db.session.commit()
        yield made


def address(shop: Shop, page: str = "") -> str:
    return f"/rollouts/{shop.here}/incentives/in-kind{page}"


def test_a_seller_asks_for_a_lunch_and_the_head_grants_it(shop: Shop, visitor_as: VisitorAs) -> None:  # M25
    bob = visitor_as("salesperson", person_id=shop.firm.people["north.2"])
    page = bob.get(address(shop, "/mine"))
    assert page.answer == "3 rewards are due to you."
    bob.submit(page, form="form[action$='/claim']")
    henry = visitor_as("head", person_id=shop.firm.people["north.1"])
    assert "Grant a reward that was asked for" in henry.get(f"/rollouts/{shop.here}").text
    listed = henry.get(address(shop))
    assert listed.rows()[0][0] == "North 2 asked for"
    henry.submit(listed, {"reward_count": "2"}, form="form[action*='/people/']")
    assert "2 × A free lunch, granted by Henry Head at 37 records" in bob.get(address(shop, "/mine")).text


def test_unasked_a_head_sees_pseudonyms_of_the_own_team_only(shop: Shop, visitor_as: VisitorAs) -> None:  # R6, R11
    rows = visitor_as("head", person_id=shop.firm.people["north.1"]).get(address(shop)).rows()
    assert [(row[0][:2], row[1], row[-1]) for row in rows] == [("P-", "North", "when asked for")]


@pytest.mark.parametrize("role", ["hr", "council", "admin"])
def test_whoever_leads_nobody_sees_sums_only(shop: Shop, visitor_as: VisitorAs, role: str) -> None:
    page = visitor_as(role).get(address(shop))
    assert page.answer == "Rewards in kind: 4 due, 0 granted."
    assert page.all("main table") == []


def test_each_look_at_a_name_is_written_down(shop: Shop, visitor_as: VisitorAs) -> None:  # R8
    bob = visitor_as("salesperson", person_id=shop.firm.people["north.2"])
    bob.submit(bob.get(address(shop, "/mine")), form="form[action$='/claim']")
    visitor_as("lead").get(address(shop))
    assert "Alice Lead · by name" in bob.get(f"/rollouts/{shop.here}/monitoring").text


def test_a_rule_is_ended_and_another_promised_in_hostile_words(shop: Shop, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    lead.submit(lead.get(address(shop)), form="form[action$='/end']")
    page = lead.get(address(shop))
    refused = lead.submit(page, {"reward": HOSTILE, "records_per_reward": "x", "starts_on": "2027-12-01"},
                          form="form[action$='/rules']", status=422)  # fmt: skip
    assert "Please write a number" in refused.text
    lead.submit(page, {"reward": HOSTILE, "records_per_reward": "5", "starts_on": "2027-12-01"},
                form="form[action$='/rules']")  # fmt: skip
    assert HOSTILE in lead.get(address(shop)).text
