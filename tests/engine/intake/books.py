"""Spreadsheets made for tests."""

import datetime as dt
from pathlib import Path

import xlsxwriter


def write_legacy_book(path: Path) -> None:
    """A sheet of customers with a title, an empty first column, dates, a formula and merged regions; an empty sheet."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Kunden")
        sheet.write(0, 0, "Export aus dem Altsystem")
        sheet.write_row(2, 1, ["Id", "Seit", "Betrag", "Aktiv", "Region"])
        for number in range(3):
            sheet.write(3 + number, 1, 1001 + number)
            sheet.write_datetime(3 + number, 2, dt.date(2020, 1, 1 + number))
            sheet.write_formula(3 + number, 3, "=1+1", None, 2.5)
            sheet.write_boolean(3 + number, 4, number == 0)
        sheet.merge_range(3, 5, 4, 5, "Nord")
        book.add_worksheet("Leer")


def write_book(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """Plain sheets by name."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
