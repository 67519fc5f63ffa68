"""A whole month of a firm, from plan to payroll: every export pays everybody what they earned, and adds up."""

import csv
import hashlib
import io
from decimal import Decimal

from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import payroll
from implement.control.incentives.service.verifying import verify_runs
from tests.evaluators.payroll import foreign, parsing
from tests.rooms.paid_month import FIRST_NUMBER, PaidMonth, read_archive

PEOPLE = 60


def read_amounts(kind: str, files: dict[str, bytes]) -> dict[str, Decimal]:
    """By personnel number what a file pays, read by parsers that know nothing of the writers."""
    ini = next((content for name, content in files.items() if name.endswith(".ini")), b"")
    (content,) = (files[name] for name in files if not name.endswith((".control.csv", ".ini")))
    if kind in ("csv", "xlsx"):
        read = parsing.read_payroll_csv if kind == "csv" else parsing.read_payroll_xlsx
        return {one.number: one.amount for one in read(content)}
    if kind == "lodas":
        rows = parsing.read_lodas(content)[1]
        return {row["pnr#bwd"]: Decimal(row["bs_wert_butab#bwd"].replace(",", ".")) for row in rows}
    if kind == "lug":
        return {row["Personalnummer"]: Decimal(row["Wert"]) for row in foreign.read_lug(ini, content)}
    if kind == "lexware":
        return {number: value for _year, _month, number, _wage, value in foreign.read_lexware(content)}
    return {str(row["Akronim"]): Decimal(str(row["Kwota"])) for row in foreign.read_optima(content)}


def read_control(files: dict[str, bytes]) -> tuple[int, Decimal]:
    """Rows and total of the control file, whose hash is that of the file."""
    (name,) = (one for one in files if one.endswith(".control.csv"))
    said = next(csv.DictReader(io.StringIO(files[name].decode())))
    assert said["sha256"] == hashlib.sha256(files[said["file"]]).hexdigest()
    return int(said["rows"]), Decimal(said["total"])


def test_a_month_goes_from_plan_to_payroll_in_every_form(
    session: scoped_session[Session], app: Flask
) -> None:  # M125, M126
    month, store = PaidMonth(PEOPLE), app.extensions["implement_store"]
    month.plan()
    month.count()
    run, job = month.compute()
    assert (run.state, job.result) == ("computed", {"run": run.id, "statements": PEOPLE})
    assert job.done_rows == job.total_rows == PEOPLE
    month.approve(run, store)
    earned = {str(who + FIRST_NUMBER): month.earned_by(who) for who in month.accounts if month.earned_by(who)}
    for kind in payroll.FORMATS:
        run.currency = "PLN" if kind == "optima" else "EUR"  # a program takes the money of its country only
        files = read_archive(payroll.export_run(run, kind).content)
        assert read_amounts(kind, files) == earned, kind
        assert read_control(files) == (len(earned), Decimal(run.total_minor) / 100)
    assert sum(earned.values()) * 100 == run.total_minor
    assert [verdict.holds for verdict in verify_runs(store)] == [True]
