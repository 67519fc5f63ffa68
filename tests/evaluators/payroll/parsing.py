"""Strict readers of the three files for payroll, written from their descriptions; the unexpected is refused."""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LIVE_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
AMOUNT = re.compile(r"-?\d+([.,]\d+)?")
LODAS_AMOUNT = re.compile(r"-?\d+,\d\d")


class Unexpected(ValueError):
    """The file is not what its description says."""


@dataclass(frozen=True)
class Paid:
    """What the payroll program understood of one row."""

    number: str
    wage_type: str
    amount: Decimal
    cost_centre: str


def read_payroll_csv(content: bytes, encoding: str = "utf-8", separator: str = ";", mark: str = ",") -> list[Paid]:
    """The rows of the generic CSV; a cell that a spreadsheet would execute is refused."""
    text = content.decode(encoding)
    if text.count("\n") != text.count("\r\n"):
        raise Unexpected("line ends")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    for row in rows:
        for name, cell in row.items():
            if name != "amount" and cell.lstrip(" ").startswith(LIVE_STARTS):
                raise Unexpected(f"live cell {cell!r}")
    return [_paid(row, mark) for row in rows]


def _paid(row: dict[str, str], mark: str) -> Paid:
    if not AMOUNT.fullmatch(row["amount"]):
        raise Unexpected(f"amount {row['amount']!r}")
    amount = Decimal(row["amount"].replace(mark, "."))
    return Paid(row["personnel_number"], row["wage_type"], amount, row["cost_centre"])


def read_payroll_xlsx(content: bytes) -> list[Paid]:
    """The rows of the workbook; amounts must be number cells, all else text cells, and nothing a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = [
            "".join(node.itertext()) for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("*")
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    if sheet.findall(f".//{SPREADSHEET}f"):
        raise Unexpected("a formula")
    head, *rows = [[_cell(cell, strings) for cell in row] for row in sheet.iter(f"{SPREADSHEET}row")]
    named = [dict(zip(head, row, strict=True)) for row in rows]
    if any(isinstance(value, Decimal) != (name == "amount") for row in named for name, value in row.items()):
        raise Unexpected("a number as text or text as a number")
    return [Paid(row["personnel_number"], row["wage_type"], row["amount"], row["cost_centre"]) for row in named]


def _cell(cell: ElementTree.Element, strings: list[str]) -> str | Decimal:
    value = cell.findtext(f"{SPREADSHEET}v", "")
    return strings[int(value)] if cell.get("t") == "s" else Decimal(value)


def read_lodas(content: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The general section and the movements, each by the names of its record description."""
    text = content.decode("cp1252")
    if not text.endswith("\r\n") or text.count("\n") != text.count("\r\n"):
        raise Unexpected("line ends")
    sections: dict[str, list[str]] = {}
    for line in filter(None, text.split("\r\n")):
        if re.fullmatch(r"\[\w+\]", line):
            sections[line[1:-1]] = []
        else:
            sections[list(sections)[-1]].append(line)
    if list(sections) != ["Allgemein", "Satzbeschreibung", "Bewegungsdaten"]:
        raise Unexpected("sections")
    general = dict(line.split("=", 1) for line in sections["Allgemein"])
    mark = general["Feldtrennzeichen"]
    (described,) = (line.split(mark) for line in sections["Satzbeschreibung"])
    return general, [_movement(line.split(mark), described) for line in sections["Bewegungsdaten"]]


def _movement(cells: list[str], described: list[str]) -> dict[str, str]:
    record, table, *names, last = described
    if cells[0] != record or cells[-1] != last or table != "u_lod_bwd_buchung_standard":
        raise Unexpected("record")
    movement = dict(zip(names, cells[1:-1], strict=True))
    if not LODAS_AMOUNT.fullmatch(movement["bs_wert_butab#bwd"]):
        raise Unexpected("amount")
    return movement
