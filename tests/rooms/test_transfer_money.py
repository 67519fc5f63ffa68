"""Money at risk as its readers see it: sums with their deals, lost clients, owners as the three views allow. M29"""

from decimal import Decimal

import pytest
from flask import Flask

from implement.db import db, utc_now
from implement.engine.value_at_risk import Outlook
from implement.rollout.service.owners import name_owners
from implement.rollout.tables import Person
from implement.stages.transfer.service import keeping
from implement.stages.transfer.summary import money_figure, say_money
from implement.stages.transfer.tables import RunRisk
from implement.web.access import Role, Standing
from tests.builders import a_rollout
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import DEALS_BEFORE, HEAD, Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
CONTACTS_LEFT = b"\n".join(
    [b"contact_id,name,email", *(b"C%03d,Person %d Name,person%d@example.com" % (n, n, n) for n in range(2, 30)), b""]
)
OPEN_OF_C002 = 25 + 325 + 625 + 925
"""Deals 2, 32, 62 and 92 are the open ones of the contact C002: ten times their number and five."""


@pytest.fixture
def compared(app: Flask) -> int:
    """The open deals and the contacts C000 and C001 are missing."""
    with app.test_request_context():
        case = a_mapped_case()
        case.hand_in("target", "contacts.csv", CONTACTS_LEFT)
        case.run()
        db.session.commit()
        return case.rollout_id


def test_the_page_says_the_open_money_first(visitor_as: VisitorAs, compared: int) -> None:
    page = visitor_as("consultant", rollout_id=compared).get(f"/rollouts/{compared}/transfer/runs/1/money")
    assert page.answer == "Open money behind dropped and torn deals: €24,400."
    assert "40 open deals and 4 won deals are concerned; won money: €1,820." in page.text


def test_each_client_leads_to_its_deals(visitor_as: VisitorAs, compared: int) -> None:
    carol = visitor_as("consultant", rollout_id=compared)
    page = carol.get(f"/rollouts/{compared}/transfer/runs/1/money")
    link = next(a for a in page.all("tbody th a") if a.text == "C002")
    rows = carol.get(str(link["href"])).rows()
    assert {row[0] for row in rows} == {"D0002", "D0032", "D0062", "D0092"}
    assert f"€{OPEN_OF_C002:,}" in page.text


def test_lost_clients_stand_with_their_last_contact(visitor_as: VisitorAs, compared: int) -> None:
    page = visitor_as("lead", rollout_id=compared).get(f"/rollouts/{compared}/transfer/runs/1/money")
    assert "2 clients of contacts did not arrive" in page.text
    rows = page.text.partition("Last contact Person")[2]
    assert rows.startswith(" 0 Name 0 – 4 €1,820 10 Jul 2024 deals.closed")
    assert "1 Name 0 – 0 – 11 Aug 2024 deals.closed" in rows


def test_of_three_owners_none_is_shown(visitor_as: VisitorAs, compared: int) -> None:
    page = visitor_as("consultant", rollout_id=compared).get(f"/rollouts/{compared}/transfer/runs/1/money")
    assert "Withheld: fewer than 5 people." in page.text
    assert not {"Ada", "Bob", "Cem"} & {row[0] for row in page.rows()}


def test_the_council_sees_no_single_owner(visitor_as: VisitorAs, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer/runs/1/money/0"
    assert visitor_as("council", rollout_id=compared).get(f"{room}/client/0").status == 200
    assert visitor_as("council", rollout_id=compared).get(f"{room}/owner/0", status=403).status == 403
    assert visitor_as("consultant", rollout_id=compared).get(f"{room}/client/999", status=404).status == 404


def test_owners_stand_under_pseudonyms_and_oneself_by_name(app: Flask) -> None:
    with app.test_request_context():
        rollout = a_rollout()
        bob = Person(rollout_id=rollout.id, number="1", crm_user="bob", name="Bob Seller")
        db.session.add(bob)
        db.session.flush()
        standing = Standing(rollout.id, frozenset({Role.LEAD}), bob.id)
        asked = {"Bob Seller", "Eve", "Ann", "Joe", "Kim"}
        found = name_owners(standing, asked, secret="s", today=utc_now().date())
    assert found.names["Bob Seller"] == "Bob Seller"
    assert all(found.names[name].startswith("P-") for name in asked - {"Bob Seller"})
    assert found.looked_at == ()


def test_currencies_stand_beside_each_other(app: Flask, visitor_as: VisitorAs) -> None:
    with app.test_request_context():
        rollout_id = a_case_in_two_currencies()
    page = visitor_as("consultant", rollout_id=rollout_id).get(f"/rollouts/{rollout_id}/transfer/runs/1/money")
    assert "€12,500 + PLN11,900" in page.answer.replace("\xa0", "")
    assert "Several currencies are never added up." in page.text
    assert len(page.all("svg.chart-svg")) == 2


def a_case_in_two_currencies() -> int:
    rows = DEALS_BEFORE.decode().splitlines()[1:]
    marked = [f"{row},{'EUR' if int(row[1:5]) % 2 else 'PLN'}" for row in rows]
    case = a_mapped_case()
    for side, kept in (("source", marked), ("target", [row for row in marked if ",Prospecting," not in row])):
        case.hand_in(side, "deals.csv", "\n".join([f"{HEAD},currency", *kept, ""]).encode())
    case.propose()
    return finish(case)


def test_open_deals_without_a_value_are_estimated_by_how_the_others_ended(app: Flask, visitor_as: VisitorAs) -> None:
    with app.test_request_context():
        rollout_id = a_case_without_open_values()
    page = visitor_as("consultant", rollout_id=rollout_id).get(f"/rollouts/{rollout_id}/transfer/runs/1/money")
    assert page.answer == "Open money behind dropped and torn deals: likely about €11,800 (40 without value)."
    # 40 won deals bring ten times 0, 3 … 117 and five each: 590 on average; 40 of 80 ended ones, so 40 × ½ × 590
    assert "40 open deals hold no value; they are likely to bring about €11,800:" in page.text
    assert "50% of the deals that ended in the old system were won, for €590 on average." in page.text
    run = visitor_as("lead", rollout_id=rollout_id).get(f"/rollouts/{rollout_id}/transfer/runs/1")
    assert "Open money behind them: likely about €11,800 (40 without value)." in run.text
    said = visitor_as("lead", rollout_id=rollout_id).get(f"/rollouts/{rollout_id}/transfer/runs/1", language="de").text
    assert "voraussichtlich etwa 11.800" in said
    assert ", Regeln " in said


def test_what_deals_may_bring_in_several_currencies_is_not_added_up() -> None:
    outlooks = [Outlook("EUR", 4, 0.5, Decimal(10)), Outlook("PLN", 4, 0.5, Decimal(10))]
    assert keeping.likely_minor(outlooks, "EUR") is None
    assert keeping.likely_minor(outlooks[:1] * 2, "EUR") == 40_00
    assert keeping.likely_minor([], "EUR") is None


def test_a_part_that_may_come_stands_apart_from_what_is_known(app: Flask) -> None:
    risk = RunRisk(kind="open", records=9, without_value=4, amount_minor=1_000_00, likely_minor=123_456_00)
    with app.test_request_context():
        assert say_money(risk, "EUR") == "€1,000, and likely about €123,000 (4 without value)"
        assert money_figure(risk, "EUR") == ("€1,000", "and likely about €123,000 (4 without value)")


def test_the_figure_of_a_run_is_short_and_says_below_what_is_not_known(app: Flask) -> None:
    risk = RunRisk(kind="open", records=4, without_value=4, amount_minor=0, likely_minor=123_456_00)
    with app.test_request_context():
        assert money_figure(risk, "EUR") == ("about €123,000", "likely; 4 without value")
        risk.likely_minor = None
        assert money_figure(risk, "EUR") == ("not known", "4 without value")
        risk.without_value, risk.amount_minor = 1, 5_00
        assert money_figure(risk, "EUR") == ("€5", "1 without value")
        risk.without_value = 0
        assert money_figure(risk, "EUR") == ("€5", "")


def a_case_without_open_values() -> int:
    rows = [row.split(",") for row in DEALS_BEFORE.decode().splitlines()[1:]]
    blank = [",".join([*row[:3], "" if row[2] == "Prospecting" else row[3], *row[4:]]) for row in rows]
    case = a_mapped_case()
    for side, kept in (("source", blank), ("target", [row for row in blank if ",Prospecting," not in row])):
        case.hand_in(side, "deals.csv", "\n".join([HEAD, *kept, ""]).encode())
    case.propose()
    return finish(case)


def finish(case: Case) -> int:
    case.run()
    db.session.commit()
    return case.rollout_id
