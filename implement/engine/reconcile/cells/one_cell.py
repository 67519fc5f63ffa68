"""Say what happened to one cell, and to the cells of one record together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from implement.engine.mapping.plan import DATE, LISTED, NUMBER, ColumnMapping
from implement.engine.mapping.writings.at_once import canonical_all
from implement.engine.mapping.writings.counted import COUNTED
from implement.engine.mapping.writings.dates import read_serial
from implement.engine.mapping.writings.entries import read_entries
from implement.engine.mapping.writings.id_lists import order_ids, read_ids
from implement.engine.mapping.writings.markup import bare_text
from implement.engine.mapping.writings.writing import canonical, is_blank_word, loosen, tidy
from implement.engine.reconcile.cells.damage import (
    in_capitals_of,
    is_date_swapped,
    is_mojibake,
    is_number_damage,
    is_same_phone,
    is_truncated,
)
from implement.engine.reconcile.cells.lost_letters import letters_lost
from implement.engine.reconcile.cells.misreading import is_misread
from implement.engine.reconcile.cells.spelling import is_transliteration
from implement.engine.reconcile.classes import (
    DATE_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    TRUNCATED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
)

EQUAL = ""


@dataclass
class CellReader:
    """Reads and compares the cells of one mapped column."""

    column: ColumnMapping
    _values: Mapping[str, str] = field(init=False)
    _blank: str = field(init=False)

    def __post_init__(self) -> None:
        self._values, self._blank = self.column.replaced, self.column.blank_there

    def read_source(self, cell: str | None) -> str:
        """A source cell in canonical form, replaced values as the target writes them."""
        if self.column.kind == LISTED:
            return order_ids(cell or "", self._values)
        if cell is not None and cell in self._values:
            return tidy(self._values[cell]) if self.column.kind != "loose" else loosen(self._values[cell])
        return canonical(cell, self.column.kind, self.column.source_writing)

    def read_target(self, cell: str | None) -> str:
        """A target cell in canonical form; blank where the target has a word for what the source leaves blank."""
        if cell == self._blank:
            return ""
        return canonical(cell, self.column.kind, self.column.target_writing)

    def read_sources(self, cells: Sequence[str]) -> Sequence[str]:
        """Source cells in canonical form."""
        read = canonical_all(cells, self.column.kind, self.column.source_writing)
        if not self._values:
            return read
        if self.column.kind == LISTED:
            return list(map(self.read_source, cells))
        return [self.read_source(cell) if cell in self._values else one for cell, one in zip(cells, read, strict=True)]

    def read_targets(self, cells: Sequence[str]) -> Sequence[str]:
        """Target cells in canonical form."""
        read = canonical_all(cells, self.column.kind, self.column.target_writing)
        if not self._blank:
            return read
        return ["" if cell == self._blank else one for cell, one in zip(cells, read, strict=True)]

    def bare_sources(self, cells: Sequence[str]) -> Sequence[str]:
        """Source cells as they were written, of arrays their values."""
        return read_entries(cells, self.column.source_writing.entry)

    def bare_targets(self, cells: Sequence[str]) -> Sequence[str]:
        """Target cells as they were found, of arrays their values."""
        return read_entries(cells, self.column.target_writing.entry)

    def replace_all(self, cells: Sequence[str]) -> list[str]:
        """What the target writes for cells that are replaced; blank for the others, and for lists."""
        if self.column.kind == LISTED:
            return [""] * len(cells)
        return [self._values.get(cell, "") for cell in cells]

    @property
    def is_same_text_same(self) -> bool:
        """Say whether the sides write alike: `03/04/2024` or `1.234` may mean one thing here and another there."""
        one, other = self.column.source_writing, self.column.target_writing
        if self.column.kind == DATE:
            return (one.order, one.zone) == (other.order, other.zone)
        if self.column.kind == NUMBER:
            return (one.comma, one.shift) == (other.comma, other.shift)
        return one.entry == other.entry and not (self.column.kind == LISTED and self._values)

    def compare(self, written: str | None, found: str | None) -> str:
        """Name what happened to the cell: a class, or empty text when nothing did."""
        if written == found and self.is_same_text_same:
            return EQUAL
        one, other = self.read_source(written), self.read_target(found)
        (written,), (found,) = self.bare_sources([written or ""]), self.bare_targets([found or ""])
        if one == other:
            is_other = one and written != found and not self._is_mapped(written, found)
            return name_writing(written, found) if is_other else EQUAL
        if not one:
            return VALUE_FILLED
        if not other:
            return EQUAL if is_blank_word(one) else VALUE_LOST
        if is_blank_word(other):
            return REFORMATTED if is_blank_word(one) else VALUE_LOST
        if is_blank_word(one):
            return VALUE_FILLED
        return self.name_damage(written, found, one, other)

    def _is_mapped(self, written: str, found: str) -> bool:
        return self.column.kind != LISTED and self._values.get(written) == found

    def _are_known(self, one: str, other: str) -> bool:
        """Say whether a list holds nothing but what was written, or what others of its column became."""
        return {*read_ids(other)} <= {*read_ids(one), *self._values.values()}

    def name_damage(self, written: str, found: str, one: str, other: str) -> str:
        """Name what made another cell of one; `one` and `other` are their canonical forms."""
        kind = self.column.kind
        if kind == LISTED and self._are_known(one, other):
            return VALUE_CHANGED
        if kind == DATE and is_date_swapped(one, other):
            return DATE_SWAPPED
        if kind == DATE and one[:10] == other[:10]:
            return REFORMATTED if "T" not in one or "T" not in other else VALUE_CHANGED
        if kind == DATE and read_serial(found) == one[:10]:
            return NUMBER_FORMAT
        if kind not in (DATE, NUMBER) and is_same_phone(written, found):
            return REFORMATTED
        if is_number_damage(written, found, kind) and self.column.target_writing.order not in COUNTED:
            return NUMBER_FORMAT
        if kind != NUMBER and loosen(written) == loosen(found) != "":
            return MOJIBAKE if letters_lost(written, found) else name_writing(written, found)
        if kind in (DATE, NUMBER):
            return MOJIBAKE if is_mojibake(tidy(written), tidy(found)) else VALUE_CHANGED
        texts = tidy(bare_text(written)), tidy(bare_text(found))
        return name_writing(*texts) if is_transliteration(*texts) else name_text(*texts)


def name_writing(written: str, found: str) -> str:
    """Name what made a text of one that seems to be the same in another writing."""
    return MOJIBAKE if is_misread(tidy(bare_text(written)), tidy(bare_text(found))) else REFORMATTED


def name_text(written: str, found: str, *, may_be_garbled: bool = True) -> str:
    """Name what made another text of one, whether or not its capitals changed as well."""
    if may_be_garbled and is_mojibake(written, found):
        return MOJIBAKE
    if is_truncated(written, found):
        return TRUNCATED
    recased = in_capitals_of(written, found)
    return VALUE_CHANGED if recased == written else name_text(recased, found)
