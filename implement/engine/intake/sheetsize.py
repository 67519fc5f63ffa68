"""Measure the sheets of a workbook before they are opened: one stray cell far out makes a reader claim all between."""

import re
import zipfile
import zlib
from pathlib import Path

from implement.engine.intake.faults import Unusable
from implement.engine.intake.limits import IntakeLimits

SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
FAR_CELL = re.compile(rb'\br="([A-Z]{2,3})([0-9]{1,7})"(?:[^>]*[^/>])?>')
ROW_START = re.compile(rb'<row[^>]*?\br="([0-9]{1,7})"')
BLOCK = 1 << 20
OVERLAP = 256


def check_sheet_sizes(path: Path, file: str, limits: IntakeLimits) -> None:
    """Refuse a workbook with a sheet whose outermost cells span more than may be held."""
    try:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if SHEET.match(name):
                    _check_sheet(book, name, file, limits)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Unusable(file, "archive_damaged") from error


def column_number(letters: bytes) -> int:
    """Which column `AB` is, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_sheet(book: zipfile.ZipFile, name: str, file: str, limits: IntakeLimits) -> None:
    columns, rows, rest = 26, 1, b""
    with book.open(name) as sheet:
        while block := sheet.read(BLOCK):
            block = rest + block
            far = FAR_CELL.findall(block)
            columns = max(columns, max((column_number(letters) for letters in {cell[0] for cell in far}), default=0))
            rows = max(rows, max((int(cell[1]) for cell in far), default=0))
            rows = max(rows, max(map(int, ROW_START.findall(block)), default=0))
            rest = block[-OVERLAP:]
            if columns * rows > limits.sheet_cells:
                raise Unusable(file, "workbook_too_wide", columns, rows, limits.sheet_cells)
