"""Tables as a firm sees them, written as the old and as the new product writes them."""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Record = dict[str, object]
Write = Callable[..., object]


@dataclass(frozen=True)
class Column:
    """A heading, the fields that stand under it, how they are written, and the sheet whose records they name."""

    heading: str
    fields: tuple[str, ...]
    write: Write = lambda value: value
    names: str = ""


def column(heading: str, fields: str, write: Write | None = None, names: str = "") -> Column:
    """A column of some fields, divided by blanks."""
    return Column(heading, tuple(fields.split()), write or (lambda value: value), names)


Row = tuple[list[Column], Record, Callable[[Column, Record], object]]


@dataclass
class Sheet:
    """The records of one table, as they were and as they arrived, with the columns of both products."""

    name: str
    records: list[Record]
    old: list[Column]
    new: list[Column]
    new_name: str
    arrived: list[Record] = field(default_factory=list)

    def name_field(self, fact: str) -> str:
        """The old product's heading for a field."""
        return next(one.heading for one in self.old if fact in one.fields)


@dataclass(frozen=True)
class Delivery:
    """How a product writes its files."""

    encoding: str = "utf-8"
    separator: str = ","
    suffix: str = ".csv"


@dataclass
class Firm:
    """The tables of a firm by name, how both products deliver them, and whether the new one issues ids of its own.

    Sheets of one name on a side lie in one file there: the first of them says under which headings.
    """

    sheets: dict[str, Sheet]
    old: Delivery
    new: Delivery
    new_id: Callable[[str, int], str]
    chance: random.Random

    def __post_init__(self) -> None:
        for sheet in self.sheets.values():
            for number, record in enumerate(sheet.records):
                record["new_id"] = self.new_id(str(record["id"]), number)
            sheet.arrived = [dict(record) for record in sheet.records]
            self.chance.shuffle(sheet.arrived)

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both sides; what was not transferred is simply not there."""
        old, new = folder / "old", folder / "new"
        for name, sheets in _grouped(self.sheets, lambda sheet: sheet.name):
            told = [(s.old, record, self._told) for s in sheets for record in s.records]
            _write(old / f"{name}{self.old.suffix}", self._mix(told, sheets), self.old)
        for name, sheets in _grouped(self.sheets, lambda sheet: sheet.new_name):
            found = [(s.new, record, self._found) for s in sheets for record in s.arrived]
            _write(new / f"{name}{self.new.suffix}", self._mix(found, sheets), self.new)
        return old, new

    def _mix(self, rows: list[Row], sheets: list[Sheet]) -> list[Row]:
        if len(sheets) > 1:
            self.chance.shuffle(rows)
        return rows

    def _told(self, one: Column, record: Record) -> object:
        return one.write(*(record[name] for name in one.fields))

    def _found(self, one: Column, record: Record) -> object:
        cells = [record[name] for name in one.fields]
        if one.names:
            new = {parent["id"]: parent["new_id"] for parent in self.sheets[one.names].records}
            cells = [new.get(cell, cell) for cell in cells]
        return one.write(*cells)


def _grouped(sheets: dict[str, Sheet], name: Callable[[Sheet], str]) -> list[tuple[str, list[Sheet]]]:
    names = dict.fromkeys(name(sheet) for sheet in sheets.values())
    return [(one, [sheet for sheet in sheets.values() if name(sheet) == one]) for one in names]


def _write(path: Path, rows: list[Row], how: Delivery) -> None:
    headings = list(dict.fromkeys(one.heading for columns, _, _ in rows for one in columns))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=how.encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=how.separator)
        writer.writerow(headings)
        for columns, record, cell in rows:
            cells = {one.heading: cell(one, record) for one in columns}
            writer.writerow(["" if (text := cells.get(heading)) is None else text for heading in headings])
