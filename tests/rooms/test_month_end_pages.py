"""HR's month end: totals, pay beside targets, and a run as files of the payroll program, or refused with reasons."""

import csv
import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from implement.control.incentives.service.month_end import list_results
from implement.control.incentives.tables import PayRun
from implement.db import db
from tests.evaluators.payroll.parsing import read_payroll_csv
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.pay_house import PayHouse, a_pay_house

OFFICE = {"wage_plan": "2001", "adviser_number": "1234567", "client_number": "10001", "processing_key": "2"}


@pytest.fixture
def approved(app: Flask) -> Iterator[tuple[PayHouse, PayRun]]:
    """A month that was approved; of two KPIs one was met."""
    with app.app_context():
        house, store = a_pay_house(), app.extensions["implement_store"]
        house.prepare()
        run = house.approve(store, house.compute(store))
        db.session.commit()
        yield house, run


def read_archive(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def hanna_of(house: PayHouse, visitor_as: VisitorAs) -> tuple[Visitor, str]:
    return visitor_as("hr", rollout_id=house.rollout_id), f"/rollouts/{house.rollout_id}/incentives"


def test_a_run_goes_out_once_the_office_has_said_its_wage_types(
    approved: tuple[PayHouse, PayRun], visitor_as: VisitorAs
) -> None:
    house, run = approved
    hanna, here = hanna_of(house, visitor_as)
    refused = hanna.get(f"{here}/runs/{run.id}/payroll/csv", status=409)
    assert "No wage type is set for this part of the pay" in refused.text
    hanna.submit(hanna.get(f"{here}/month-end"), OFFICE, form="form[action$='/office']")
    files = read_archive(hanna.get(f"{here}/runs/{run.id}/payroll/csv").content)
    assert sorted(files) == [f"pay-run-{house.rollout_id}-1.csv", f"pay-run-{house.rollout_id}-1.csv.control.csv"]
    paid = read_payroll_csv(files[f"pay-run-{house.rollout_id}-1.csv"])
    control = next(csv.DictReader(io.StringIO(files[f"pay-run-{house.rollout_id}-1.csv.control.csv"].decode())))
    assert [(one.wage_type, one.amount) for one in paid] == [("2001", sum(one.amount for one in paid))]
    assert (control["rows"], control["total"]) == ("1", f"{run.total_minor / 100:.2f}")
    again = hanna.get(f"{here}/runs/{run.id}/payroll/csv").content
    assert read_archive(again) == files


def test_a_program_refuses_what_it_would_misread(approved: tuple[PayHouse, PayRun], visitor_as: VisitorAs) -> None:
    house, run = approved
    hanna, here = hanna_of(house, visitor_as)
    hanna.submit(hanna.get(f"{here}/month-end"), OFFICE, form="form[action$='/office']")
    page = hanna.get(f"{here}/runs/{run.id}/payroll/lodas", status=409)
    assert "must be a number from 1 to 99999 for this program" in page.text
    assert "The heading code_heading" in hanna.get(f"{here}/runs/{run.id}/payroll/optima", status=409).text


def test_the_month_end_holds_pay_beside_targets(approved: tuple[PayHouse, PayRun], visitor_as: VisitorAs) -> None:
    house, run = approved
    hanna, here = hanna_of(house, visitor_as)
    page = hanna.get(f"{here}/month-end")
    assert "680.00" in page.answer and "approved" in page.answer
    assert "Of 2 results, 2 were paid without the target met in full" in page.text
    store = house_store(hanna)
    plan, pay = (store.path(one).read_bytes() for one in (run.plan_sha256, run.pay_sha256))
    assert [one.is_met for one in list_results(plan, pay)] == [False, False]


def house_store(visitor: Visitor):  # type: ignore[no-untyped-def]
    return visitor.app.extensions["implement_store"]
