"""What a table looks like before anything is known about it: kinds, writings, values of its columns."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import ibis
import ibis.expr.types as ir
import pyarrow.compute as pc

from implement.engine.backend import Backend, hash_cells
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.plan import DATE, NUMBER, TEXT, Writing
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writing import (
    date_order,
    decimal_comma,
    is_blank,
    is_blank_word,
    loosen,
    order_votes,
    read_date,
    read_number,
    usual_layout,
)

Cells = list[str | None]
GLIMPSE = 200
HARDLY_ANY = 0.02
LONGEST_EXACT = 15
"""Digits that survive a floating point number."""


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
    asked: Mapping[str, str] = field(default_factory=dict)
    """For the values of a sketch the text by which they are found again in the table."""
    is_small: bool = False
    """Hardly any cell that was looked at has a capital letter."""
    is_trimmed: bool = False
    """Hardly any cell that was looked at has white space around it."""
    is_whole: bool = False
    """Hardly any cell that was looked at is anything but a whole number without leading zeros."""
    unique_in_all: float | None = None
    """Of a column with a sketch the share of filled cells that are the first with their value, of all rows."""

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
    def total(self) -> int:
        """How many cells are counted."""
        return self.counts.total()

    @cached_property
    def concentration(self) -> float:
        """The chance that two cells hold one value."""
        return sum((count / self.total) ** 2 for count in self.counts.values())

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


@dataclass(frozen=True)
class TableProfile:
    """One table with the rows looked at, whole (`complete`) or a sample."""

    table: SourceTable
    rows: Mapping[str, Cells]
    complete: bool
    columns: Mapping[str, ColumnProfile]
    searched: ir.Table | None = None
    """Of a sampled table the rows that hold a value of some sketch: what is asked for by such a value is found here."""

    @property
    def row_count(self) -> int:
        """The rows of the whole table."""
        return self.table.row_count


def profile_table(table: SourceTable, backend: Backend, settings: MappingSettings) -> TableProfile:
    """Look at a table, whole when it is small."""
    complete = table.row_count <= settings.whole_rows
    rows = fetch_rows(table.relation, table.columns, backend) if complete else _sampled(table, backend, settings)
    columns = {name: _profile_column(name, rows[name]) for name in table.columns}
    if complete:
        return TableProfile(table, rows, complete, columns)
    steps = {name: step for name, one in columns.items() if (step := _sketch_step(one, table, settings))}
    searched = _rows_of_sketches(table, columns, steps, backend)
    for name, step in steps.items():
        columns[name] = _with_sketch(columns[name], step, searched, backend, settings)
    return TableProfile(table, rows, complete, columns, searched)


def fetch_rows(relation: ir.Table, columns: Iterable[str], backend: Backend) -> dict[str, Cells]:
    """Bring the named columns of a relation into memory."""
    names = list(columns)
    if not names:
        return {}
    fetched = backend.connection.to_pyarrow(relation.select(names))
    return {name: fetched.column(name).to_pylist() for name in names}


def _sampled(table: SourceTable, backend: Backend, settings: MappingSettings) -> dict[str, Cells]:
    """Rows spread over the whole table: those intake set aside, or every so manieth."""
    if table.sample is not None and table.sample.num_rows >= min(settings.sample_rows, settings.least_sample):
        return {name: table.sample.column(name)[: settings.sample_rows].to_pylist() for name in table.columns}
    step = max(1, table.row_count // settings.sample_rows)
    return fetch_rows(table.relation.filter(table.relation[ROW] % step == 0), table.columns, backend)


def _profile_column(name: str, cells: Sequence[str | None]) -> ColumnProfile:
    written = Counter(cell for cell in cells if cell is not None)
    filled = Counter({cell: times for cell, times in written.items() if not is_blank(cell)})
    telling = Counter({cell: times for cell, times in filled.items() if not is_blank_word(cell)})
    kind, writing = kind_of(telling)
    norm = normal_form(kind, writing)
    counts: Counter[str] = Counter()
    for cell, times in telling.items():
        counts[norm(cell)] += times
    total = filled.total()
    length = sum(len(cell) * times for cell, times in filled.items()) / total if total else 0.0
    share = total / len(cells) if cells else 0.0
    return ColumnProfile(
        name, share, kind, writing, counts, length, frozenset(counts), 1,
        is_small=_hardly_any(cell != cell.lower() for cell in written),
        is_trimmed=_hardly_any(cell != cell.strip() for cell in written),
        is_whole=_hardly_any(not cell.isdigit() or cell[0] == "0" for cell in written),
    )  # fmt: skip


def _hardly_any(differ: Iterable[bool]) -> bool:
    found = list(differ)
    return sum(found) <= HARDLY_ANY * len(found)


def kind_of(cells: Counter[str]) -> tuple[str, Writing]:
    """Decide whether a column holds dates, numbers or texts, and how it writes them."""
    if not cells:
        return TEXT, Writing()
    order = date_order(order_votes(cells))
    if _are_mostly(cells, lambda cell: read_date(cell, order) is not None):
        return DATE, Writing(order=order, layout=usual_layout(cells))
    comma = decimal_comma(cells)
    if _are_mostly(cells, lambda cell: read_number(cell, comma) is not None) and not _are_codes(cells):
        return NUMBER, Writing(comma=comma, layout=_number_layout(cells, comma))
    return TEXT, Writing()


def _are_mostly(cells: Counter[str], is_one: Callable[[str], bool]) -> bool:
    """Say whether nine in ten cells are of a kind; when not even half of some are, the rest is not looked at."""
    step = max(1, len(cells) // GLIMPSE)
    glimpse = list(cells)[::step]
    if 2 * sum(map(is_one, glimpse)) < len(glimpse) and step > 1 and len(cells) > 0.5 * cells.total():
        return False
    return sum(times for cell, times in cells.items() if is_one(cell)) >= 0.9 * cells.total()


def _are_codes(cells: Counter[str]) -> bool:
    codes = sum(count for cell, count in cells.items() if _is_code(cell.strip()))
    return codes >= max(1, 0.02 * cells.total())


def _is_code(cell: str) -> bool:
    return cell.startswith("+") or (len(cell) > 1 and cell[0] == "0" and cell[1].isdigit()) or len(cell) > 18


def _number_layout(cells: Iterable[str], comma: bool) -> str:
    sign = "," if comma else "."
    decimals = max((len(cell.rpartition(sign)[2]) for cell in cells if sign in cell), default=0)
    return f"9{sign}{'9' * min(decimals, 6)}" if decimals else "9"


def normal_form(kind: str, writing: Writing) -> Callable[[str], str]:
    """The loose form in which values of this kind are compared across the sides."""

    def norm(cell: str) -> str:
        if kind == NUMBER:
            return read_number(cell, writing.comma) or loosen(cell)
        if kind == DATE:
            return (read_date(cell, writing.order) or cell)[:10]
        loose = loosen(cell) or cell
        return loose.lstrip("0") or "0" if loose.isdigit() else loose

    return norm


def _sketch_step(column: ColumnProfile, table: SourceTable, settings: MappingSettings) -> int:
    """Every so manieth value belongs to the sketch of a sampled column of many values; 0 when it needs none."""
    if column.unique < 0.2 or column.kind == DATE or column.mean_length > settings.longest_sketched:
        return 0
    step = 1
    while step * settings.sketch_values < table.row_count * column.filled * column.unique:
        step *= 2
    return step


def _rows_of_sketches(
    table: SourceTable, columns: Mapping[str, ColumnProfile], steps: Mapping[str, int], backend: Backend
) -> ir.Table:
    """The rows that hold a value of some sketch, in one pass over the table."""
    relation = table.relation
    picked = ibis.literal(False)
    for name, step in steps.items():
        picked |= _in_sketch(relation, columns[name], step, backend)
    return backend.keep(relation.filter(picked), "sketched")


def _in_sketch(relation: ir.Table, column: ColumnProfile, step: int, backend: Backend) -> ir.BooleanValue:
    cell = relation[column.name]
    return cell.notnull() & ((hash_cells([sketch_text(cell, column)], backend) % step) == 0)


def _with_sketch(
    column: ColumnProfile, step: int, searched: ir.Table, backend: Backend, settings: MappingSettings
) -> ColumnProfile:
    """Replace the values of a column by a sketch that is comparable across tables."""
    cell = searched[column.name]
    picked = searched.filter(_in_sketch(searched, column, step, backend))
    counted = picked.group_by(cell=cell, same=sketch_text(cell, column)).aggregate(rows=picked.count())
    found = backend.connection.to_pyarrow(counted.order_by("cell"))
    norm = normal_form(column.kind, column.writing)
    values = [norm(text) for text in found.column("cell").to_pylist()]
    asked = dict(zip(values[: 4 * settings.sketch_values], found.column("same").to_pylist(), strict=False))
    unique = len(set(values)) / max(1, pc.sum(found.column("rows")).as_py() or 0)
    return replace(column, sketch=frozenset(asked), sketch_step=step, asked=asked, unique_in_all=unique)


def sketch_text(cell: ir.Column, column: ColumnProfile) -> ir.StringValue:
    """A text that is the same for `7`, `007` and `7.0`, so that sketches of both sides pick the same values."""
    text = cell.cast("string")
    text = text if column.is_trimmed else text.strip()
    text = text if column.is_small else text.lower()
    if column.is_whole or (column.kind != NUMBER and not all(v.isdigit() for v in list(column.counts)[:200])):
        return text
    return _plain_number(text)


def _plain_number(text: ir.StringValue) -> ir.StringValue:
    """A number without leading zeros and needless decimals; whole ones are not read as floating point numbers."""
    whole = text.try_cast("int64")
    is_whole = whole.notnull() & (text.length() <= LONGEST_EXACT) & ~text.contains(".") & ~text.contains("e")
    decimal = text.try_cast("float64").cast("string").re_replace(r"\.0$", "")
    return ibis.ifelse(is_whole, whole.cast("string"), ibis.coalesce(decimal, text))
