"""HR's month end: totals, pay beside targets, and files for payroll: prepared, refused, signed, given out."""

import csv
import hashlib
import io
from collections.abc import Iterator

import pytest
from flask import Flask

from implement.control.incentives.service import runs
from implement.control.incentives.service.month_end import list_results
from implement.control.incentives.tables import PayRun
from implement.db import db
from tests.evaluators.payroll.parsing import read_payroll_csv
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.paid_month import read_archive
from tests.rooms.pay_house import AFTER, PayHouse, a_pay_house

OFFICE = {"wage_plan": "2001", "adviser_number": "1234567", "client_number": "10001", "processing_key": "2"}


@pytest.fixture
def checked(app: Flask) -> Iterator[tuple[PayHouse, PayRun]]:
    """A month that the lead has checked; of two KPIs one was met, and nobody has asked the payroll office yet."""
    with app.app_context():
        house, store = a_pay_house(), app.extensions["implement_store"]
        house.prepare()
        run = house.compute(store)
        runs.check_run(run, seen=run.pay_sha256, by=house.alice, now=AFTER)
        db.session.commit()
        yield house, run


def hanna_of(house: PayHouse, visitor_as: VisitorAs) -> tuple[Visitor, str]:
    return visitor_as("hr", rollout_id=house.rollout_id), f"/rollouts/{house.rollout_id}/incentives"


def say(hanna: Visitor, here: str, **office: object) -> None:
    """HR says what the payroll office said."""
    hanna.submit(hanna.get(f"{here}/month-end"), OFFICE | office, form="form[action$='/office']")


def test_a_run_goes_out_as_it_was_prepared_once_a_second_person_has_signed(
    checked: tuple[PayHouse, PayRun], visitor_as: VisitorAs
) -> None:
    house, run = checked
    hugo, here = hanna_of(house, visitor_as)
    at, name = f"{here}/runs/{run.id}", f"pay-run-{house.rollout_id}-1.csv"
    assert "nobody has said yet which files" in hugo.get(at).text
    say(hugo, here, programs=["csv"])
    page = hugo.get(at)
    assert "One file is prepared and read back" in page.text
    sha256 = page.one("td.fingerprint code").get_text()
    assert "not signed by a second person yet" in hugo.get(f"{at}/payroll/csv", status=409).text
    hugo.submit(page, {}, form="form[action$='/approve']")
    content = hugo.get(f"{at}/payroll/csv").content
    assert hashlib.sha256(content).hexdigest() == sha256
    paid = read_payroll_csv(read_archive(content)[name])
    control = next(csv.DictReader(io.StringIO(read_archive(content)[f"{name}.control.csv"].decode())))
    assert [(one.wage_type, one.amount) for one in paid] == [("2001", sum(one.amount for one in paid))]
    assert (control["rows"], control["total"]) == ("1", f"{run.total_minor / 100:.2f}")


def test_what_a_program_would_misread_is_said_with_the_person_before_anybody_signs(
    checked: tuple[PayHouse, PayRun], visitor_as: VisitorAs
) -> None:
    house, run = checked
    hugo, here = hanna_of(house, visitor_as)
    say(hugo, here, programs=["csv", "lodas", "optima"])
    page = hugo.get(f"{here}/runs/{run.id}")
    assert "2 programs would refuse this run" in page.text
    assert "North 2 north.2 : the personnel number north.2 must be a number from 1 to 99999" in page.text
    assert "The heading for the employee's code of the sheet is not set" in page.text
    refused = hugo.submit(page, {}, form="form[action$='/approve']", status=409)
    assert "A payroll program would refuse this run" in refused.text
    seen = visitor_as("lead", rollout_id=house.rollout_id).get(f"{here}/runs/{run.id}").text
    assert "must be a number from 1 to 99999" in seen and "north.2" not in seen


def test_the_month_end_holds_pay_beside_targets(checked: tuple[PayHouse, PayRun], visitor_as: VisitorAs) -> None:
    house, run = checked
    hanna, here = hanna_of(house, visitor_as)
    page = hanna.get(f"{here}/month-end")
    assert "680.00" in page.answer and "checked" in page.answer
    assert "Of 2 results, 2 were paid without the target met in full" in page.text
    store = house_store(hanna)
    plan, pay = (store.path(one).read_bytes() for one in (run.plan_sha256, run.pay_sha256))
    assert [one.is_met for one in list_results(plan, pay)] == [False, False]


def house_store(visitor: Visitor):  # type: ignore[no-untyped-def]
    return visitor.app.extensions["implement_store"]
