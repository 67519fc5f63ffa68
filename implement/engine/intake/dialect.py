"""Find the separator and the header of a delimited text from its first lines."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from implement.engine.intake.headers import filled, find_header, reach

SEPARATORS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 300
SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\r?\n', re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How a delimited text is laid out: `header` starts at character `header_offset`, after `lines_above` lines."""

    separator: str
    header: tuple[str, ...]
    header_offset: int
    lines_above: int
    rows_alike: float


@dataclass(frozen=True)
class Record:
    """One record of the sample: its cells, the character it starts at, and the line."""

    cells: tuple[str, ...]
    start: int
    line: int


def find_dialect(text: str, *, complete: bool, preferred: str | None = None) -> Dialect | None:
    """Choose the separator whose records are most alike; None when there is no header at all.

    `complete` says that `text` is the whole file, so that its last record is not cut off.
    """
    named = SEPARATOR_LINE.match(text)
    start = named.end() if named else 0
    found = []
    for separator in [named[1]] if named else SEPARATORS:
        records = _records(text, start, separator, complete=complete)
        dialect = _lay_out(records, separator)
        if dialect:
            found.append(dialect)
    return max(found, key=lambda dialect: _merit(dialect, preferred), default=None)


def _merit(dialect: Dialect, preferred: str | None) -> tuple[bool, float, int, bool, int]:
    """Several columns beat one; then rows alike, nothing above the header, the separator the name suggests, width."""
    width = len(dialect.header)
    return width > 1, round(dialect.rows_alike, 1), -dialect.lines_above, dialect.separator == preferred, width


def _lay_out(records: list[Record], separator: str) -> Dialect | None:
    rows = [record.cells for record in records]
    place = find_header(rows)
    if place is None:
        return None
    header = _without_empty_tail(rows[place:])
    width = max(len(header), 1)
    body = [row for row in rows[place + 1 :] if filled(row)]
    alike = sum(1 for row in body if reach(row) <= width <= max(len(row), width if width == 1 else 0)) if body else 0
    share = alike / len(body) if body else 1.0
    return Dialect(separator, header, records[place].start, records[place].line, share)


def _without_empty_tail(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The header without nameless last columns that no sampled row uses."""
    widest = max((reach(row) for row in rows[1:] if reach(row) <= len(rows[0])), default=0)
    return rows[0][: max(reach(rows[0]), min(widest, len(rows[0])))]


def _records(text: str, start: int, separator: str, *, complete: bool) -> list[Record]:
    lines = _Lines(text, start)
    reader = csv.reader(lines, delimiter=separator)
    records: list[Record] = []
    try:
        while len(records) < SAMPLE_RECORDS:
            begin, line = lines.consumed, lines.number
            records.append(Record(tuple(next(reader)), begin, line))
    except StopIteration:
        if not complete and len(records) > 1:
            records.pop()
    except csv.Error:
        pass
    return records


class _Lines:
    """The lines of a text, counting the characters handed out."""

    def __init__(self, text: str, start: int) -> None:
        self.consumed, self.number = start, 0
        self._lines = io.StringIO(text[start:], newline="")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.consumed += len(line)
        self.number += 1
        return line
