"""Write a source's cell as the target writes that column, and read it back to be sure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from implement.engine.mapping.plan import DATE, LISTED, NUMBER, ColumnMapping, Writing
from implement.engine.mapping.writings.dates import USUAL_FIRST_YEAR, order_for, read_date
from implement.engine.mapping.writings.entries import turn_entries
from implement.engine.mapping.writings.id_lists import write_list
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.mapping.writings.writing import is_blank, is_blank_word
from implement.engine.mapping.writings.zones import is_moment, move_back, settle_moment
from implement.engine.reconcile.cells.one_cell import CellReader
from implement.engine.reconcile.classes import REFORMATTED

SPACES = " \u00a0\u202f'"
PARTS = re.compile(r"9+|[^9]+")
INSTANT, MIDNIGHT = "9999-99-99a99:99:99a", "00:00:00"
LEADING_ZERO = re.compile(r"-?0\d")


@dataclass
class CellWriter:
    """Turns source cells of one column into what the target is to hold."""

    column: ColumnMapping
    _reader: CellReader = field(init=False)
    _values: Mapping[str, str] = field(init=False)
    _known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._reader, self._values = CellReader(self.column), self.column.replaced

    def write(self, cell: str | None) -> str | None:
        """The cell as the target writes it, blanks too; None when it cannot be written so that it reads equal."""
        if is_blank(cell) or cell is None or is_blank_word(cell):
            return self.column.blank_there
        if cell not in self._known:
            fitting = (text for text in self._offer(cell) if self._reader.compare(cell, text) in ("", REFORMATTED))
            self._known[cell] = next(fitting, None)
        return self._known[cell]

    def _offer(self, cell: str) -> list[str]:
        writing = self.column.target_writing
        if self.column.kind == LISTED and writing.layout:
            return [write_list(cell, self._values, writing.layout)]
        if cell in self._values:
            return [self._values[cell]]
        if self.column.kind == DATE:
            moment = self._read_date(cell)
            if writing.zone:
                return [write_date(self._in_utc(moment), writing)] if moment and is_moment(moment) else []
            return [*([write_date(self._settled(moment), writing), moment] if moment else []), cell]
        if self.column.kind == NUMBER:
            plain = read_number(cell, self.column.source_writing.comma)
            written = [write_number(plain, writing)] if plain else []
            keeps_zeros = LEADING_ZERO.match(cell) and not self.column.rewritten
            return [cell, *written] if keeps_zeros else [*written, cell]
        if self.column.source_writing.entry or writing.entry:
            return [turn_entries(cell, self.column.source_writing.entry, writing.entry)]
        if cut := self.column.source_writing.cut:
            return [cell[:cut], cell]
        marked = writing.mark + cell.removeprefix(self.column.source_writing.mark)
        return [marked, cell]

    def _read_date(self, cell: str) -> str | None:
        written = self.column.source_writing
        return read_date(cell, written.order, written.first_year or USUAL_FIRST_YEAR)

    def _in_utc(self, moment: str) -> str:
        """A moment of the source as an instant in UTC, where the target keeps those."""
        return move_back(self._settled(moment), self.column.target_writing.zone)

    def _settled(self, moment: str) -> str:
        return settle_moment(moment, self.column.source_writing)


def write_date(moment: str, writing: Writing) -> str:
    """A date (ISO, perhaps with `T` and a time) in the layout of a column: `99.99.9999`, `9/9/9999 99:99`."""
    day, _t, clock = moment.partition("T")
    year, month, number = day.split("-")
    parts = PARTS.findall(writing.layout)
    digits = [part for part in parts if part[0] == "9"]
    if len(parts) == 1 and len(parts[0]) == 8:
        return year + month + number
    if writing.layout == INSTANT:
        return f"{day}T{clock or MIDNIGHT}Z"
    if len(digits) < 3 or any("a" in part for part in parts):
        return moment.replace("T", " ")
    order = "YMD" if len(digits[0]) == 4 else order_for(writing.order or "DMY", parts[1])
    values = dict(zip("YMD", (year, month, number), strict=True))
    written = [_shorten(sign, values[sign], digits) for sign in order]
    written += [*(clock.split(":") if clock else ["00", "00", "00"])]
    return "".join(_fill(parts, written))


def _shorten(sign: str, text: str, digits: list[str]) -> str:
    """A year of two figures, a day or month without its zero, where the column writes them so."""
    if sign == "Y":
        return text if max(map(len, digits[:3])) == 4 else text[2:]
    return text.lstrip("0") if "9" in digits[:3] else text


def _fill(parts: list[str], written: list[str]) -> list[str]:
    waiting = iter(written)
    return [next(waiting, part) if part[0] == "9" else part for part in parts]


def write_number(plain: str, writing: Writing) -> str:
    """A plain number with the column's decimal sign, its decimals at least, and thousands apart where it does so."""
    sign = "," if writing.comma else "."
    whole, _point, decimals = plain.lstrip("-").partition(".")
    head, has_sign, tail = writing.layout.rpartition(sign)
    shown = head if has_sign else writing.layout
    if has_sign and tail.strip().isdigit():
        decimals = decimals.ljust(len(tail.strip()), "0")
    apart = next((one for one in shown if one in SPACES + (".," if sign == "," else ",") and one != sign), "")
    if apart and re.search(rf"9{re.escape(apart)}999", shown):
        whole = f"{int(whole):,}".replace(",", apart)
    return ("-" if plain.startswith("-") else "") + whole + (sign + decimals if decimals else "")
