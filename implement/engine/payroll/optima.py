"""Comarch ERP Optima: additions to pay as the sheet "Dodatki" of a workbook."""

import io
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import xlsxwriter

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.faults import PayrollFault, UnusableRun
from implement.engine.payroll.generic import CREATED, WIDTH
from implement.engine.payroll.run import PayrollFile, PayrollRun, write_amount

SHEET = "Dodatki"
LAST_NAME, FIRST_NAME, AMOUNT, FIRST_DAY, LAST_DAY = "Nazwisko", "Imie", "Kwota", "Data_od", "Data_do"


@dataclass(frozen=True)
class OptimaSettings:
    """How the office's import calls the columns of the employee's code and of the kind of addition; never guessed."""

    code_heading: str
    kind_heading: str

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns in their order."""
        return (self.code_heading, LAST_NAME, FIRST_NAME, self.kind_heading, AMOUNT, FIRST_DAY, LAST_DAY)


def write_optima(run: PayrollRun, settings: OptimaSettings) -> PayrollFile:
    """The run as a workbook of one sheet; raises UnusableRun."""
    faults = [*_find_setting_faults(run, settings), *find_payroll_faults(run)]
    if faults:
        raise UnusableRun(faults)
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": run.run_id})
        _fill(book, run, settings)
    return PayrollFile(f"pay-{run.run_id}.optima.xlsx", kept.getvalue())


def _fill(book: xlsxwriter.Workbook, run: PayrollRun, settings: OptimaSettings) -> None:
    as_text = book.add_format({"num_format": "@", "quote_prefix": True})
    as_money, as_day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(SHEET)
    sheet.set_column(0, len(settings.headings) - 1, WIDTH)
    for column, heading in enumerate(settings.headings):
        sheet.write_string(0, column, heading)
    last_day = date(run.month.year, run.month.month, monthrange(run.month.year, run.month.month)[1])
    for place, row in enumerate(run.rows, start=1):
        first_name, _, last_name = row.name.rpartition(" ")
        for column, cell in enumerate((row.personnel_number, last_name, first_name, row.wage_type)):
            sheet.write_string(place, column, cell, as_text)
        sheet.write_number(place, 4, Decimal(write_amount(row.amount_minor, run.minor_digits)), as_money)
        for column, day in ((5, run.month), (6, last_day)):
            sheet.write_datetime(place, column, day, as_day)


def _find_setting_faults(run: PayrollRun, settings: OptimaSettings) -> Iterator[PayrollFault]:
    if run.currency != "PLN" or run.minor_digits != 2:
        yield PayrollFault(None, "currency", "not_zloty")
    for name in ("code_heading", "kind_heading"):
        if not getattr(settings, name).strip():
            yield PayrollFault(None, name, "heading", (name,))
    headings = [one.strip().casefold() for one in settings.headings if one.strip()]
    for heading in sorted({one for one in headings if headings.count(one) > 1}):
        yield PayrollFault(None, "headings", "heading_twice", (heading,))
