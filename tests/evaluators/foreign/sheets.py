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
    """The tables of a firm by name, how both products deliver them, and whether the new one issues ids of its own."""

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
        for sheet in self.sheets.values():
            _write(folder / "old" / f"{sheet.name}{self.old.suffix}", sheet.old, sheet.records, self.old, self._told)
            _write(
                folder / "new" / f"{sheet.new_name}{self.new.suffix}", sheet.new, sheet.arrived, self.new, self._found
            )
        return folder / "old", folder / "new"

    def _told(self, one: Column, record: Record) -> object:
        return one.write(*(record[name] for name in one.fields))

    def _found(self, one: Column, record: Record) -> object:
        cells = [record[name] for name in one.fields]
        if one.names:
            new = {parent["id"]: parent["new_id"] for parent in self.sheets[one.names].records}
            cells = [new.get(cell, cell) for cell in cells]
        return one.write(*cells)


def _write(
    path: Path, columns: list[Column], records: list[Record], how: Delivery, cell: Callable[[Column, Record], object]
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=how.encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=how.separator)
        writer.writerow([one.heading for one in columns])
        writer.writerows([["" if (text := cell(one, r)) is None else text for one in columns] for r in records])
