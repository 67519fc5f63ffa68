"""Strict readers of the files for Lohn und Gehalt, Lexware and Optima, written from the public descriptions.

Lohn und Gehalt: the INI file says how many fields there are, what separates them and what each holds. Lexware: at least
year, month, personnel number, wage type, value; semicolon, decimal comma, no zeros in front. Optima: one sheet
"Dodatki", the first row names the columns, amounts and days are typed.
"""

import configparser
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree

from tests.evaluators.payroll.parsing import SPREADSHEET, Unexpected

SIGNS = {"Strichpunkt": ";", "Komma": ",", "Tabulator": "\t"}
WHOLE = re.compile(r"[1-9]\d*")
FIRST_DAY_OF_SHEETS = date(1899, 12, 30)
KNOWN_FIELDS = {
    "Personalnummer", "Kalendertag", "Ausfallschlüssel", "Lohnartennummer", "Stundenanzahl", "Tagesanzahl", "Wert",
    "Abweichender Faktor", "Abweichende Lohnveränderung", "Kostenstellennummer", "Kostenträger",
}  # fmt: skip


def read_lug(description: bytes, content: bytes) -> list[dict[str, str]]:
    """The movements by the names of the description; empty fields are left out, the value has a decimal point."""
    said = configparser.ConfigParser(interpolation=None)
    said.optionxform = str  # type: ignore[assignment,method-assign]
    said.read_string(description.decode("cp1252"))
    general, fields = said["Allgemein"], said["Feldinhalt"]
    names = [fields[f"Feld{number}"] for number in range(1, int(general["Feldanzahl"]) + 1)]
    if len(names) != len(fields) or not set(names) <= KNOWN_FIELDS:
        raise Unexpected("fields")
    return [_read_movement(line, names, general) for line in _lines(content)]


def _read_movement(line: str, names: list[str], general: configparser.SectionProxy) -> dict[str, str]:
    cells = line.split(SIGNS[general["Feldtrennzeichen"]])
    if len(cells) != len(names):
        raise Unexpected("number of fields")
    found = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
    if not WHOLE.fullmatch(found["Personalnummer"]) or not WHOLE.fullmatch(found["Lohnartennummer"]):
        raise Unexpected("number")
    return found | {"Wert": str(_amount(found["Wert"], general["Zahlenkomma"]))}


def read_lexware(content: bytes) -> list[tuple[int, int, str, str, Decimal]]:
    """Year, month, personnel number, wage type, value of each line."""
    found = []
    for line in _lines(content):
        year, month, number, wage_type, value = line.split(";")
        if not 1 <= int(month) <= 12 or not WHOLE.fullmatch(number) or not WHOLE.fullmatch(wage_type):
            raise Unexpected("line")
        if value.lstrip("-").startswith("0") and not value.lstrip("-").startswith("0,"):
            raise Unexpected("zeros in front")
        found.append((int(year), int(month), number, wage_type, _amount(value, ",")))
    return found


def read_optima(content: bytes) -> list[dict[str, str | Decimal | date]]:
    """The rows of the sheet "Dodatki" by its headings; a formula or an amount as text is refused."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SPREADSHEET}sheet")
        names = [one.get("name") for one in sheets]
        texts = ElementTree.fromstring(book.read("xl/sharedStrings.xml")).findall("*")
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    if names != ["Dodatki"] or sheet.findall(f".//{SPREADSHEET}f"):
        raise Unexpected("sheet")
    strings = ["".join(node.itertext()) for node in texts]
    head, *rows = [[_cell(cell, strings) for cell in row] for row in sheet.iter(f"{SPREADSHEET}row")]
    return [_typed(dict(zip(head, row, strict=True))) for row in rows]


def _typed(row: dict[str | Decimal, str | Decimal]) -> dict[str, str | Decimal | date]:
    typed: dict[str, str | Decimal | date] = {}
    for name, value in row.items():
        is_number = name in ("Kwota", "Data_od", "Data_do")
        if isinstance(value, Decimal) != is_number:
            raise Unexpected(f"type of {name}")
        is_day = str(name).startswith("Data_") and isinstance(value, Decimal)
        typed[str(name)] = FIRST_DAY_OF_SHEETS + timedelta(days=int(value)) if is_day else value
    return typed


def _cell(cell: ElementTree.Element, strings: list[str]) -> str | Decimal:
    value = cell.findtext(f"{SPREADSHEET}v", "")
    return strings[int(value)] if cell.get("t") == "s" else Decimal(value)


def _lines(content: bytes) -> list[str]:
    text = content.decode("cp1252")
    if not text.endswith("\r\n") or text.count("\n") != text.count("\r\n"):
        raise Unexpected("line ends")
    return text.split("\r\n")[:-1]


def _amount(text: str, mark: str) -> Decimal:
    if not re.fullmatch(rf"-?\d+{re.escape(mark)}\d\d", text):
        raise Unexpected(f"amount {text!r}")
    return Decimal(text.replace(mark, "."))
