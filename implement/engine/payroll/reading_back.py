"""Each file is read back before anybody signs it: rows and total as its bytes say them, not as they were meant."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from xml.etree import ElementTree

from implement.engine.payroll.faults import PayrollFault, UnusableRun
from implement.engine.payroll.generic import COLUMNS
from implement.engine.payroll.german import ENCODING
from implement.engine.payroll.lodas import FIELDS as LODAS_FIELDS
from implement.engine.payroll.lodas import RECORD
from implement.engine.payroll.lug import FIELDS as LUG_FIELDS
from implement.engine.payroll.run import PayrollFile, PayrollRun

MOVEMENTS = "[Bewegungsdaten]"
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROWS_OF_XLSX = "xl/worksheets/sheet1.xml"

Amounts = Iterator[Decimal]


def prove_file(kind: str, file: PayrollFile, run: PayrollRun) -> None:
    """Hold rows and total of the bytes against the run; raises UnusableRun where they differ."""
    amounts = list(READERS[kind](file.content))
    total_minor = sum(amounts) * 10**run.minor_digits
    if (len(amounts), total_minor) != (len(run.rows), run.total_minor):
        raise UnusableRun([PayrollFault(None, "file", "not_read_back", (str(len(amounts)), str(len(run.rows))))])


def _read_csv(content: bytes) -> Amounts:
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=";")
    next(rows)
    return (_read_amount(row[COLUMNS.index("amount")]) for row in rows)


def _read_lodas(content: bytes) -> Amounts:
    lines = content.decode(ENCODING).split("\r\n")
    place = (RECORD, *LODAS_FIELDS).index("bs_wert_butab#bwd")
    return (_read_amount(line.split(";")[place]) for line in lines[lines.index(MOVEMENTS) + 1 :] if line)


def _read_lug(content: bytes) -> Amounts:
    return _read_lines(content, LUG_FIELDS.index("Wert"))


def _read_lexware(content: bytes) -> Amounts:
    return _read_lines(content, -1)


def _read_lines(content: bytes, place: int) -> Amounts:
    lines = content.decode(ENCODING).split("\r\n")
    return (_read_amount(line.split(";")[place]) for line in lines if line)


def _read_sheet(content: bytes, column: str) -> Amounts:
    """The numbers of one column of a workbook's only sheet, below its heading."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        rows = ElementTree.fromstring(book.read(ROWS_OF_XLSX)).iter(f"{CELLS}row")
    for row in list(rows)[1:]:
        cells = {str(cell.get("r")).rstrip("0123456789"): cell.findtext(f"{CELLS}v") for cell in row}
        yield Decimal(cells[column] or "")


def _read_amount(cell: str) -> Decimal:
    return Decimal(cell.replace(",", "."))


READERS: Mapping[str, Callable[[bytes], Amounts]] = {
    "csv": _read_csv,
    "xlsx": lambda content: _read_sheet(content, "G"),
    "lodas": _read_lodas,
    "lug": _read_lug,
    "lexware": _read_lexware,
    "optima": lambda content: _read_sheet(content, "E"),
}
