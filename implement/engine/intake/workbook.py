"""Read spreadsheets: every sheet that holds a table."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from implement.engine.intake.archives import check_zip
from implement.engine.intake.cells import cell_text
from implement.engine.intake.collecting import Collection
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.headers import SEARCHED_ROWS, filled, find_header, name_columns
from implement.engine.intake.loaded import load_parts
from implement.engine.intake.parts import PartWriter
from implement.engine.intake.sheetsize import check_sheet_sizes
from implement.engine.intake.tables import SourceTable

DEFAULT_SHEET = re.compile(r"^(sheet|tabelle|blatt|arkusz|лист|table|worksheet|feuil|hoja)\s*\d*$", re.IGNORECASE)
HEAD_ROWS = 200
Cells = list[str | None]
Merged = dict[tuple[int, int], tuple[int, int]]


def read_workbook(path: Path, file: str, stem: str, into: Collection) -> None:
    """Read every sheet of a spreadsheet; sheets without a table are named and left alone."""
    if zipfile.is_zipfile(path):
        check_zip(path, file, into.limits)
        check_sheet_sizes(path, file, into.limits)
    try:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            _read_sheet(book, name, file, stem, into)
    except PasswordError as error:
        raise Unusable(file, "archive_encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unusable(file, "workbook_damaged", str(error)[:200]) from error


def _read_sheet(book: CalamineWorkbook, name: str, file: str, stem: str, into: Collection) -> None:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        into.skip(file, "sheet_empty", name)
        return
    rows = _SheetRows(sheet)
    head = [[cell or "" for cell in row] for row in islice(rows, HEAD_ROWS)]
    place = find_header(head)
    width = _table_width(head, place) if place is not None else 0
    if place is None or width == 0 or (width == 1 and len(book.sheet_names) > 1):
        into.skip(file, "sheet_not_a_table", name)
        return
    if width > into.limits.columns:
        into.fault(Fault(file, None, None, "too_many_columns", (str(width), str(into.limits.columns))))
        return
    alone = len(book.sheet_names) == 1 or bool(DEFAULT_SHEET.match(name))
    into.add(
        _SheetReading(file, name, stem if alone and DEFAULT_SHEET.match(name) else name, into).read(rows, head, place)
    )


class _SheetReading:
    """One sheet being written to a table."""

    def __init__(self, file: str, sheet: str, name: str, into: Collection) -> None:
        self.file, self.sheet, self.name, self.into = file, sheet, name, into

    def read(self, rows: "_SheetRows", head: Sequence[Sequence[str]], place: int) -> SourceTable:
        first, width = _first_column(head[place:]), _table_width(head, place)
        columns, renamed = name_columns(head[place][first : first + width])
        for column in renamed:
            values = (column.found or column.position, column.name)
            self.into.note(self.file, column.code, *values, column=column.name)
        if place:
            self.into.note(self.file, "lines_above_header", place)
        if rows.merged:
            self.into.note(self.file, "cells_merged", len(rows.merged))
        writer = PartWriter(self.into.backend.fresh_path(".parquet"), columns, self.into.limits.batch_cells)
        for number, row in enumerate(islice(rows, place + 1, None), start=1):
            self._write(writer, number, row[first : first + width])
        self.into.note_totals(self.file, writer.drop_totals())
        writer.close()
        return load_parts(writer, self.into, name=self.name, file=self.file, kind="xlsx", sheet=self.sheet)

    def _write(self, writer: PartWriter, number: int, cells: Cells) -> None:
        most = self.into.limits.cell_length
        for column, cell in zip(writer.columns, cells, strict=False):
            if cell and len(cell) > most:
                self.into.fault(Fault(self.file, number, column, "cell_too_long", (str(len(cell)), str(most))))
                return
        writer.write(number, cells)


class _SheetRows:
    """The rows of a sheet as text, merged cells of one column filled with the value of their first."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet = sheet
        self.merged = _merged_down(sheet)

    def __iter__(self) -> Iterator[Cells]:
        kept: dict[tuple[int, int], str | None] = {}
        origins = set(self.merged.values())
        top = (self._sheet.start or (0, 0))[0]
        for number, row in enumerate(self._sheet.iter_rows(), start=top):
            cells = [cell_text(value) for value in row]
            if self.merged:
                for column in range(len(cells)):
                    if (number, column) in origins:
                        kept[number, column] = cells[column]
                    origin = self.merged.get((number, column))
                    if origin and not cells[column]:
                        cells[column] = kept.get(origin)
            yield cells


def _merged_down(sheet: CalamineSheet) -> Merged:
    """Cells below the first of a range merged within one column, with the place of that first cell."""
    ranges = sheet.merged_cell_ranges or []
    return {
        (row, left): (top, left)
        for (top, left), (bottom, right) in ranges
        if left == right and bottom - top < 100_000
        for row in range(top + 1, bottom + 1)
    }


def _first_column(rows: Sequence[Sequence[str]]) -> int:
    """Skip empty columns left of the table."""
    firsts = [next(place for place, cell in enumerate(row) if cell.strip()) for row in rows if filled(row)]
    return min(firsts, default=0)


def _table_width(head: Sequence[Sequence[str]], place: int) -> int:
    first = _first_column(head[place:])
    reach = 0
    for row in head[place : place + SEARCHED_ROWS * 5]:
        reach = max(reach, max((spot for spot, cell in enumerate(row, start=1) if cell.strip()), default=0))
    return max(0, reach - first)
