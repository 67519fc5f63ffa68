"""A repair as one archive: CSV files, workbooks without a live formula, the README; the same bytes each time."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import xlsxwriter

from implement.engine.repair import Repair, RepairTable
from implement.engine.repair.files import Layout, list_files, name_tables

LONGEST_CELL = 32_767
MOST_ROWS = 1_000_000
LONGEST_SHEET_NAME = 31
NO_DAY = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
EARLIEST = (1980, 1, 1, 0, 0, 0)


def write_archive(repair: Repair, readme: Sequence[str], layouts: Mapping[str, Layout]) -> bytes:
    """All files of a repair; the workbooks carry a sheet per table and the README."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _list_members(repair, readme, layouts):
            member = zipfile.ZipInfo(name, EARLIEST)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(member, content)
    return kept.getvalue()


def _list_members(repair: Repair, readme: Sequence[str], layouts: Mapping[str, Layout]) -> Iterator[tuple[str, bytes]]:
    yield from list_files(repair, readme, layouts)
    for folder, tables in (("import", repair.tables), ("undo", repair.undo)):
        if tables:
            yield f"{folder}.xlsx", _write_workbook(folder, tables, readme)


def _write_workbook(folder: str, tables: Sequence[RepairTable], readme: Sequence[str]) -> bytes:
    kept = io.BytesIO()
    settings = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, settings)
    book.set_properties({"created": NO_DAY})
    first = book.add_worksheet("README")
    for place, line in enumerate(readme):
        first.write_string(place, 0, line[:LONGEST_CELL])
    for name, table in name_tables(folder, tables):
        sheet = book.add_worksheet(_name_sheet(name))
        names = table.rows.column_names
        for column, text in enumerate(names):
            sheet.write_string(0, column, text)
        for number, row in enumerate(table.rows.slice(0, MOST_ROWS).to_pylist(), start=1):
            for column, text in enumerate(names):
                sheet.write_string(number, column, row[text][:LONGEST_CELL])
    book.close()
    return kept.getvalue()


def _name_sheet(name: str) -> str:
    """The number and the table, as a workbook takes it; the number keeps names apart."""
    return re.sub(r"[\[\]:*?/\\']", "_", name.rpartition("/")[2])[:LONGEST_SHEET_NAME]
