"""What is wrong with old tables is found before the transfer, kept, and led back to its rows."""

import csv
import io

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.log import find_broken_row
from implement.stages.transfer.health_page import HealthPage
from implement.stages.transfer.service import health
from implement.stages.transfer.service.engine import Workshop
from implement.stages.transfer.service.health_rows import page_rows, write_rows
from implement.stages.transfer.tables import Ailment, HealthCheck
from tests.rooms.transfer_case import DEALS_WHOLE, Case, a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
PRODUCTS = b"product,price\nGTX Pro,4821\nMG Special,55\nGTK 500,26768\nMG Advanced,3393\n"
NAMES = ("GTXPro", "MG Special", "GTK 500", "MG Advanced")
DEALS = "\n".join(["deal_id,product,stage", *(f"D{n:04},{NAMES[n % 4]},{'Won' if n % 5 else ''}" for n in range(40))])


def a_looked_through_case() -> tuple[Case, HealthCheck]:
    case = a_case()
    case.hand_in("source", "products.csv", PRODUCTS)
    case.hand_in("source", "deals.csv", DEALS.encode())
    return case, health.look_through(case.rollout_id, "source", store=case.store, by=case.carol, now=utc_now())


def find(check: HealthCheck, kind: str) -> Ailment:
    return next(one for one in health.list_ailments(check) if one.kind == kind)


def test_a_product_that_is_not_in_the_catalogue_is_known_before_the_transfer(session: Database) -> None:  # M29
    case, check = a_looked_through_case()
    found = find(check, "orphan")
    assert (found.concerned, found.of_rows, found.parent_name) == (10, 40, "products")
    assert found.examples == [["GTXPro", "GTX Pro", 10]]
    assert HealthPage.open(case.rollout_id, "source").answer == (
        "deals.product names what products does not have: 10 of 40 records."
    )


def test_a_finding_leads_to_its_rows_and_records(session: Database) -> None:
    case, check = a_looked_through_case()
    page = page_rows(check, find(check, "orphan"), {"sort": "-row"}, store=case.store)
    assert [row["row"] for row in page.rows][:2] == [37, 33]
    assert page.rows[0] | {"cell_2": "Won"} == {
        "row": 37, "value": "GTXPro", "other": "GTX Pro", "cell_0": "D0036", "cell_1": "GTXPro", "cell_2": "Won",
    }  # fmt: skip


def test_all_rows_of_a_finding_come_as_csv(session: Database) -> None:
    case, check = a_looked_through_case()
    rows = list(csv.reader(io.StringIO("".join(write_rows(check, find(check, "empty"), store=case.store)))))
    assert rows[0] == ["row", "belongs_to_it", "deal_id", "product", "stage"]
    assert [row[2] for row in rows[1:]] == [f"D{n:04}" for n in range(0, 40, 5)]


def test_a_newer_file_makes_the_look_outdated(session: Database) -> None:
    case, check = a_looked_through_case()
    before = health.is_outdated(check)
    case.hand_in("source", "deals.csv", DEALS_WHOLE)
    assert (before, health.is_outdated(check)) == (False, True)


def test_nothing_can_be_looked_through_before_a_file_is_there(session: Database) -> None:
    case = a_case()
    with pytest.raises(RuleBroken, match="hand in a file"):
        health.begin_check(case.rollout_id, "source", by=case.carol, now=utc_now())


def test_a_look_of_another_rollout_is_not_found(session: Database) -> None:
    _, check = a_looked_through_case()
    with pytest.raises(NotFound):
        health.get_check(a_case().rollout_id, check.number)


def test_a_look_that_is_recorded_twice_counts_once_and_is_on_record(session: Database) -> None:
    case, check = a_looked_through_case()
    outcome = health.compute_check(health.gather_tables(check), "source", store=case.store, workshop=Workshop())
    health.record_check(check, outcome, by=case.carol, now=utc_now())
    assert len(health.list_ailments(check)) == len(outcome.report.findings)
    assert find_broken_row() is None
