"""The generic files: CSV and XLSX, numbers as numbers, and text that no spreadsheet takes for a formula."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import xlsxwriter

from implement.engine.payroll.checks import find_payroll_faults
from implement.engine.payroll.faults import UnusableRun
from implement.engine.payroll.run import PayrollFile, PayrollRow, PayrollRun, write_amount

COLUMNS = ("run_id", "month", "personnel_number", "name", "wage_type", "cost_centre", "amount", "currency")
FORMULA_STARTS = ("=", "+", "-", "@")  # tabs and line ends, which some also take for a beginning, are refused
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - Excel's files know no zone; fixed, so that a run gives the same bytes
SHEET = "payroll"
WIDTH = 18


@dataclass(frozen=True)
class CsvStyle:
    """How the payroll program wants its CSV."""

    encoding: str = "utf-8"
    separator: str = ";"
    decimal_mark: str = ","


def write_payroll_csv(run: PayrollRun, style: CsvStyle | None = None) -> PayrollFile:
    """The run as CSV with CRLF; raises UnusableRun."""
    style = style or CsvStyle()
    _refuse_faulty(run, style.encoding)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=style.separator, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in run.rows:
        texts = [neutralise(cell) for cell in _texts(run, row)]
        amount = write_amount(row.amount_minor, run.minor_digits, style.decimal_mark)
        writer.writerow([*texts, amount, neutralise(run.currency)])
    return PayrollFile(f"pay-{run.run_id}.csv", text.getvalue().encode(style.encoding))


def write_payroll_xlsx(run: PayrollRun) -> PayrollFile:
    """The run as a workbook: amounts are numbers, all else is text; raises UnusableRun."""
    _refuse_faulty(run, "utf-8")
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": run.run_id})
        as_text = book.add_format({"num_format": "@", "quote_prefix": True})
        decimals = "0" * run.minor_digits
        as_money = book.add_format({"num_format": f"#,##0.{decimals}" if decimals else "#,##0"})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, book.add_format({"bold": True}))
        for place, row in enumerate(run.rows, start=1):
            for column, cell in enumerate(_texts(run, row)):
                sheet.write_string(place, column, cell, as_text)
            amount = Decimal(write_amount(row.amount_minor, run.minor_digits))
            sheet.write_number(place, len(COLUMNS) - 2, amount, as_money)
            sheet.write_string(place, len(COLUMNS) - 1, run.currency, as_text)
    return PayrollFile(f"pay-{run.run_id}.xlsx", kept.getvalue())


def neutralise(text: str) -> str:
    """Text that a spreadsheet would take for a formula, marked as text by an apostrophe; numbers never come here."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _texts(run: PayrollRun, row: PayrollRow) -> tuple[str, ...]:
    return (run.run_id, f"{run.month:%Y-%m}", row.personnel_number, row.name, row.wage_type, row.cost_centre)


def _refuse_faulty(run: PayrollRun, encoding: str) -> None:
    faults = find_payroll_faults(run, encoding)
    if faults:
        raise UnusableRun(faults)
