"""A simulation of a sheet as CSV and XLSX: each row says that it is not payable; no text becomes a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from implement.engine.pay.sheet import SheetRow
from implement.engine.payroll.generic import CREATED, WIDTH, neutralise
from implement.engine.payroll.run import write_amount

MARK = "SIMULATION, NOT PAYABLE"
COLUMNS = ("mark", "row", "person", "number", "target", "actual", "variable", "would_pay", "paid", "currency")
NUMERIC = frozenset({"row", "target", "actual", "variable", "would_pay", "paid"})


@dataclass(frozen=True)
class SimulatedRow:
    """A row of the sheet and what it would pay."""

    said: SheetRow
    would_pay_minor: int


def write_simulation_csv(rows: Sequence[SimulatedRow], currency: str, minor_digits: int) -> bytes:
    """The simulation as CSV in UTF-8 with a byte order mark, semicolons and CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = _cells(row, currency, minor_digits)
        writer.writerow([cell if name in NUMERIC else neutralise(cell) for name, cell in cells.items()])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def write_simulation_xlsx(rows: Sequence[SimulatedRow], currency: str, minor_digits: int) -> bytes:
    """The same as a workbook with typed numbers; the sheet is called after the mark."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED, "title": MARK})
        as_text = book.add_format({"num_format": "@", "quote_prefix": True})
        sheet = book.add_worksheet(MARK)
        sheet.set_column(0, len(COLUMNS) - 1, WIDTH)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name)
        for place, row in enumerate(rows, start=1):
            for column, (name, cell) in enumerate(_cells(row, currency, minor_digits).items()):
                if name in NUMERIC and cell:
                    sheet.write_number(place, column, Decimal(cell))
                elif cell:
                    sheet.write_string(place, column, cell, as_text)
    return kept.getvalue()


def _cells(row: SimulatedRow, currency: str, minor_digits: int) -> dict[str, str]:
    said, paid = row.said, row.said.paid_minor
    values = (
        MARK, str(said.row), said.person, said.number, f"{said.target:f}", f"{said.actual:f}",
        write_amount(said.variable_minor, minor_digits), write_amount(row.would_pay_minor, minor_digits),
        "" if paid is None else write_amount(paid, minor_digits), currency,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))
