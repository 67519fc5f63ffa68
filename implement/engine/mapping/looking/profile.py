"""What a column looks like before anything is known about it: its kind, its writing, its values."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, compress, islice
from operator import mul, ne

from implement.engine.mapping.plan import DATE, NUMBER, TEXT, Writing
from implement.engine.mapping.writings.at_once import ReadChunk, Turn, dates, loosen_all, numbers, read_all
from implement.engine.mapping.writings.codes import is_code
from implement.engine.mapping.writings.dates import ORDERS, date_order, order_votes, read_date
from implement.engine.mapping.writings.entries import WHOLE, find_entry_name, read_entries
from implement.engine.mapping.writings.numbers import decimal_comma, read_number
from implement.engine.mapping.writings.writing import BLANK_WORDS, is_blank_word, loosen, usual_layout

Cells = list[str | None]
GLIMPSE = 200
HARDLY_ANY = 0.02
LEAST_UNIQUE = 0.98
LEAST_CODES = 0.9


@dataclass(frozen=True)
class ColumnProfile:
    """One column: share of filled cells, kind and writing, and how often each (loosely written) value occurs."""

    name: str
    filled: float
    kind: str
    writing: Writing
    counts: Counter[str]
    mean_length: float
    sketch: frozenset[str]
    sketch_step: int
    rows_of_sketch: Sequence[tuple[str, int]] = ()
    """The values of a sketch and the numbers of the rows that hold them."""
    is_trimmed: bool = False
    """Hardly any cell that was looked at has white space around it."""
    is_renumbered: bool = False
    """It holds numbers that may be written otherwise: with decimals, or zeros before or after them."""
    unique_in_all: float | None = None
    """Of a column with a sketch the share of filled cells that are the first with their value, of all rows."""
    is_told_by_case: bool = False
    """It holds codes that name each record once, but only where capitals are others than small letters."""
    is_cased: bool = False
    """Its values are compared as such codes."""

    @property
    def has_entries(self) -> bool:
        """Say whether its cells are arrays of values."""
        return self.writing.entry not in ("", WHOLE)

    @cached_property
    def middle(self) -> tuple[float, float]:
        """The range of the middle eight tenths of a column of numbers."""
        ordered = sorted(number for value in self.counts if (number := _finite(value)) is not None)
        return (ordered[len(ordered) // 10], ordered[-1 - len(ordered) // 10]) if ordered else (0.0, 0.0)

    @cached_property
    def days(self) -> tuple[str, str, str]:
        """The first, the middle and the last value in order."""
        ordered = sorted(self.counts)
        return ordered[0], ordered[len(ordered) // 2], ordered[-1]

    @cached_property
    def lengths(self) -> frozenset[int]:
        """How long the values are."""
        return frozenset(map(len, chain(self.counts, self.sketch)))

    @cached_property
    def total(self) -> int:
        """How many cells are counted."""
        return self.counts.total()

    @cached_property
    def concentration(self) -> float:
        """The chance that two cells hold one value."""
        return sum((count / self.total) ** 2 for count in self.counts.values())

    def read(self, cells: Sequence[str]) -> list[str]:
        """The loose form of cells as those of this column."""
        return normal_all(cells, self.kind, self.writing, cased=self.is_cased)

    @property
    def unique(self) -> float:
        """The share of filled cells that are the first with their value.

        In some rows of many a key of parents hardly ever occurs twice: what stands in all rows is asked first.
        """
        if self.unique_in_all is not None:
            return self.unique_in_all
        return len(self.counts) / self.total if self.total else 0.0


def _finite(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def profile_column(name: str, cells: Sequence[str | None], *, cased: bool = False) -> ColumnProfile:
    """Look at some cells of a column; where it is `cased`, capitals are others than small letters."""
    written = Counter(cell for cell in cells if cell is not None)
    entry = find_entry_name(written)
    written = _read(written, entry) if entry else written
    bare = list(map(str.strip, written))
    filled = written if all(bare) else _only(written, str.strip)
    telling = filled if BLANK_WORDS.isdisjoint(map(str.lower, bare)) else _only(filled, _is_no_blank_word)
    kind, writing = (TEXT, Writing(entry=entry)) if entry else kind_of(telling)
    counts: Counter[str] = Counter()
    for value, times in zip(normal_all(list(telling), kind, writing, cased=cased), telling.values(), strict=True):
        counts[value] += times
    total = filled.total()
    length = sum(map(mul, map(len, filled), filled.values())) / total if total else 0.0
    share = total / len(cells) if cells else 0.0
    hardly_any = HARDLY_ANY * len(written)
    return ColumnProfile(
        name, share, kind, writing, counts, length, frozenset(counts), 1,
        is_trimmed=sum(map(ne, written, bare)) <= hardly_any,
        is_renumbered=_is_renumbered(written, kind, counts),
        is_told_by_case=kind == TEXT and are_told_by_case(telling, len(counts), telling.total()), is_cased=cased,
    )  # fmt: skip


def _read(cells: Counter[str], entry: str) -> Counter[str]:
    values: Counter[str] = Counter()
    for value, times in zip(read_entries(list(cells), entry), cells.values(), strict=True):
        values[value] += times
    return values


def _only(cells: Counter[str], is_one: Callable[[str], object]) -> Counter[str]:
    return Counter({cell: times for cell, times in cells.items() if is_one(cell)})


def _is_no_blank_word(cell: str) -> bool:
    return not is_blank_word(cell)


def _is_renumbered(written: Iterable[str], kind: str, counts: Counter[str]) -> bool:
    cells = list(written)
    whole = list(filter(str.isdigit, cells))
    if len(cells) - sum(cell[0] != "0" for cell in whole) <= HARDLY_ANY * len(cells):
        return False
    return kind == NUMBER or (bool(whole) and all(map(str.isdigit, islice(counts, GLIMPSE))))


def kind_of(cells: Counter[str]) -> tuple[str, Writing]:
    """Decide whether a column holds dates, numbers or texts, and how it writes them."""
    if not cells:
        return TEXT, Writing()
    if _may_be(cells, dates("YMD"), _read_in_some_order):
        order = date_order(order_votes(cells))
        if _are_mostly(cells, dates(order), lambda cell: read_date(cell, order) or ""):
            return DATE, Writing(order=order, layout=usual_layout(cells))
    if not any(_may_be(cells, *_reading_numbers(comma)) for comma in (False, True)):
        return TEXT, Writing()
    comma = decimal_comma(cells)
    if _are_mostly(cells, *_reading_numbers(comma)) and not _are_codes(cells):
        return NUMBER, Writing(comma=comma, layout=_number_layout(cells, comma))
    return TEXT, Writing()


def _read_in_some_order(cell: str) -> str:
    return next(filter(None, (read_date(cell, order) for order in ORDERS)), "")


def _reading_numbers(comma: bool) -> tuple[ReadChunk, Turn]:
    return numbers(comma=comma), lambda cell: read_number(cell, comma) or ""


def _are_mostly(cells: Counter[str], at_once: ReadChunk, read: Turn) -> bool:
    """Say whether nine in ten cells can be read; when not even half of some can, the rest is not looked at."""
    if not _may_be(cells, at_once, read):
        return False
    return sum(compress(cells.values(), read_all(list(cells), at_once, read))) >= 0.9 * cells.total()


def _may_be(cells: Counter[str], at_once: ReadChunk, read: Turn) -> bool:
    """Say whether half of some cells can be read, or so few differ that all are to be looked at."""
    step = max(1, len(cells) // GLIMPSE)
    if step == 1 or len(cells) <= 0.5 * cells.total():
        return True
    glimpse = read_all(list(cells)[::step], at_once, read)
    return 2 * sum(map(bool, glimpse)) >= len(glimpse)


def _are_codes(cells: Counter[str]) -> bool:
    codes = sum(count for cell, count in cells.items() if _is_code(cell.strip()))
    return codes >= max(1, 0.02 * cells.total())


def _is_code(cell: str) -> bool:
    return cell.startswith("+") or (len(cell) > 1 and cell[0] == "0" and cell[1].isdigit()) or len(cell) > 18


def _number_layout(cells: Iterable[str], comma: bool) -> str:
    sign = "," if comma else "."
    decimals = max((len(cell.rpartition(sign)[2]) for cell in cells if sign in cell), default=0)
    return f"9{sign}{'9' * min(decimals, 6)}" if decimals else "9"


def are_told_by_case(different: Collection[str], loose: int, cells: int) -> bool:
    """Say whether codes name almost each record once, but hardly so once capitals are like small letters."""
    if not loose < LEAST_UNIQUE * cells <= len(different):
        return False
    codes = sum(map(is_code, different))
    return codes >= LEAST_CODES * len(different) and len(set(map(_with_case, different))) >= LEAST_UNIQUE * cells


def _with_case(cell: str) -> str:
    kept = "".join(filter(str.isalnum, cell))
    return kept.lstrip("0") or "0" if kept.isdigit() else kept


def normal_all(cells: Sequence[str], kind: str, writing: Writing, *, cased: bool = False) -> list[str]:
    """The loose form of each cell, in which values of a kind are compared across the sides."""
    if cased:
        return [_with_case(cell) or cell for cell in cells]
    if kind == NUMBER:
        comma = writing.comma
        return list(read_all(cells, numbers(comma=comma), lambda cell: read_number(cell, comma) or loosen(cell)))
    if kind == DATE:
        days = read_all(cells, dates(writing.order), lambda cell: read_date(cell, writing.order) or cell)
        return [day[:10] for day in days]
    cells = read_entries(cells, writing.entry)
    loose = [loose or cell for loose, cell in zip(loosen_all(cells), cells, strict=True)]
    return [cell.lstrip("0") or "0" if cell[:1] == "0" and cell.isdigit() else cell for cell in loose]
