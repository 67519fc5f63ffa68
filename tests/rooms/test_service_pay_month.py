"""A whole month of a firm, from plan to payroll: every export pays everybody what they earned, and adds up."""

import csv
import hashlib
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import office, runs
from implement.control.incentives.service.preparing import read_edition, read_signed_file
from implement.control.incentives.service.verifying import verify_runs
from implement.control.incentives.tables import PayRun
from implement.engine.payroll import PayrollRow, PayrollRun, UnusableRun, prove_file, write_lexware
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from tests.evaluators.payroll import foreign, parsing
from tests.rooms.paid_month import FIRST_NUMBER, IN_EURO, OFFICE, PaidMonth, read_archive
from tests.rooms.pay_house import AFTER, HR, LEAD, see_files

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


def test_a_month_goes_from_actuals_to_signed_files_in_one_job(
    session: scoped_session[Session], app: Flask
) -> None:  # M125, M126
    month, store = PaidMonth(PEOPLE), app.extensions["implement_store"]
    month.plan()
    month.count()
    run, job = month.compute()
    assert (run.state, job.result) == ("computed", {"run": run.id, "statements": PEOPLE})
    assert (job.step, job.done_rows, job.total_rows) == ("files", len(IN_EURO), len(IN_EURO))
    prepared = {one.kind: one for one in read_edition(run).files}
    for kind in IN_EURO:
        with pytest.raises(RuleBroken, match="not signed by a second person"):
            read_signed_file(run, kind, store=store)
    month.approve(run, store)
    for kind in IN_EURO:
        content = read_signed_file(run, kind, store=store).content
        assert hashlib.sha256(content).hexdigest() == prepared[kind].sha256
        assert_pays(month, run, kind, read_archive(content))
    assert [verdict.holds for verdict in verify_runs(store)] == [True]


def assert_pays(month: PaidMonth, run: PayRun, kind: str, files: dict[str, bytes]) -> None:
    """A file pays everybody what they earned, and its control totals say so."""
    earned = {str(who + FIRST_NUMBER): month.earned_by(who) for who in month.accounts if month.earned_by(who)}
    assert read_amounts(kind, files) == earned, kind
    assert read_control(files) == (len(earned), Decimal(run.total_minor) / 100)
    assert sum(earned.values()) * 100 == run.total_minor


def test_other_words_of_the_office_take_files_back_until_they_are_signed_again(
    session: scoped_session[Session], app: Flask
) -> None:
    month, store = PaidMonth(4), app.extensions["implement_store"]
    month.plan()
    month.count()
    run, _job = month.compute()
    month.approve(run, store)
    said = {"by": month.house.alice, "now": AFTER}
    run.currency = "PLN"  # Optima takes zloty only
    office.set_office(month.rollout_id, replace(OFFICE, programs=("optima",)), **said)
    with pytest.raises(NotFound):
        read_signed_file(run, "optima", store=store)
    month.work(runs.enqueue_prepare(run, **said))
    with pytest.raises(RuleBroken, match="not signed by a second person"):
        read_signed_file(run, "optima", store=store)
    with pytest.raises(NotAllowed, match="Another person"):
        runs.sign_files_again(run, files_seen=see_files(run), roles=HR, by=month.house.hanna, now=AFTER)
    runs.sign_files_again(run, files_seen=see_files(run), roles=LEAD, **said)
    assert_pays(month, run, "optima", read_archive(read_signed_file(run, "optima", store=store).content))


def test_a_file_that_reads_back_as_something_else_is_refused() -> None:
    row = PayrollRow("1", "1001", "Bob", "2001", 12_345)
    run = PayrollRun("run-1", AFTER.date().replace(day=1), "EUR", 2, (row,))
    file = write_lexware(run)
    prove_file("lexware", file, run)
    with pytest.raises(UnusableRun) as refused:
        prove_file("lexware", replace(file, content=file.content.replace(b"123,45", b"123,46")), run)
    assert [one.text for one in refused.value.faults] == ["The file, read back, has 1 rows of 1, or another total."]
