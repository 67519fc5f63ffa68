"""Read a delimited text that is not quite in order, record by record, and say what is wrong with each."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from implement.engine.intake.collecting import Collection
from implement.engine.intake.faults import Fault, Unusable
from implement.engine.intake.parts import PartWriter

LONGEST_LINE = 64 * 1024 * 1024


class Repair:
    """One disorderly file being read into clean rows."""

    def __init__(self, file: str, columns: Sequence[str], separator: str, into: Collection) -> None:
        self.file, self.columns, self.separator, self.into = file, tuple(columns), separator, into
        self.number = 0

    def read(self, path: Path, writer: PartWriter) -> None:
        """Write every usable record; list the others."""
        csv.field_size_limit(LONGEST_LINE)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            for record in self._records(text):
                cells = self._fit(record)
                if cells is not None:
                    writer.write(self.number, cells)
                if writer.row_count > self.into.limits.rows:
                    raise Unusable(self.file, "too_many_rows", self.into.limits.rows)

    def _records(self, text: TextIO) -> Iterator[list[str]]:
        reader = csv.reader(self._lines(text), delimiter=self.separator, strict=True)
        next(reader, None)
        while True:
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.number += 1
                self._fault("quote_unbalanced" if "end of data" in str(error) else "quote_misplaced")
                continue
            if record or len(self.columns) == 1:
                self.number += 1
                yield record

    def _lines(self, text: TextIO) -> Iterator[str]:
        while line := text.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise Unusable(self.file, "cell_too_long", len(line), self.into.limits.cell_length, row=self.number + 1)
            yield line

    def _fit(self, record: list[str]) -> list[str] | None:
        """The record with as many cells as there are columns, or None with its fault listed."""
        width = len(self.columns)
        while len(record) > width and not record[-1].strip():
            record.pop()
        if len(record) > width:
            self._fault("row_too_long", len(record), width)
            return None
        if len(record) < width:
            if any(record):
                self.into.note(self.file, "row_too_short", len(record), width, row=self.number)
            record = record + [""] * (width - len(record))
        return record if self._cells_fit(record) else None

    def _cells_fit(self, record: list[str]) -> bool:
        most = self.into.limits.cell_length
        for column, cell in zip(self.columns, record, strict=True):
            if len(cell) > most:
                self.into.fault(Fault(self.file, self.number, column, "cell_too_long", (str(len(cell)), str(most))))
                return False
        return True

    def _fault(self, code: str, *values: object) -> None:
        self.into.fault(Fault(self.file, self.number, None, code, tuple(str(value) for value in values)))
