"""Lost deals of certain owners, and the cases in which they are repaired before anybody talks about use (M29)."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session as Database

from implement.db import utc_now
from implement.stages.transfer.service.cases import get_case
from implement.stages.transfer.service.lost_records import find_lost_records, repair_lost_records
from tests.rooms.transfer_case import Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
OPEN_DEALS_OF_CEM = [n for n in range(120) if n % 3 == 2 and n % 7 % 3 == 2]


@pytest.fixture
def compared(app: Flask, session: Database) -> Case:
    """All 40 open deals are missing in the CRM."""
    case = a_mapped_case()
    case.run()
    return case


def test_the_lost_deals_of_an_owner_are_named(compared: Case) -> None:  # M29
    found = find_lost_records(compared.rollout_id, {"Cem", "cem"}, store=compared.store)
    assert found is not None and found.run_number == 1
    assert [one.name for one in found.records] == [f"D{number:04}" for number in OPEN_DEALS_OF_CEM]
    assert {(one.fate, one.stage) for one in found.records} == {("dropped", "Prospecting")}
    assert all(one.place is not None for one in found.records)


def test_nobody_is_told_of_deals_that_arrived(compared: Case) -> None:
    assert find_lost_records(compared.rollout_id, {"Nobody"}, store=compared.store) is None


def test_the_case_of_the_cause_is_given_to_the_owner_of_the_remedy(compared: Case) -> None:
    due, now = utc_now().date() + timedelta(days=14), utc_now()
    asked = {"owner_id": compared.carol.id, "due": due, "store": compared.store, "by": compared.carol, "now": now}
    numbers = repair_lost_records(compared.rollout_id, {"Cem"}, **asked)
    cases = [get_case(compared.rollout_id, number) for number in numbers]
    assert cases and {(case.owner_id, case.due) for case in cases} == {(compared.carol.id, due)}
    assert repair_lost_records(compared.rollout_id, {"Cem"}, **asked) == numbers


def test_before_the_first_run_nothing_is_known(app: Flask, session: Database) -> None:
    case = a_mapped_case()
    assert find_lost_records(case.rollout_id, {"Cem"}, store=case.store) is None
