"""What a table looks like before anything is known about it: kinds, writings, values of its columns."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
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

    @property
    def unique(self) -> float:
        """The share of filled cells that are the first with their value."""
        total = self.counts.total()
        return len(self.counts) / total if total else 0.0


@dataclass(frozen=True)
class TableProfile:
    """One table with the rows looked at, whole (`complete`) or a sample."""

    table: SourceTable
    rows: Mapping[str, Cells]
    complete: bool
    columns: Mapping[str, ColumnProfile]

    @property
    def row_count(self) -> int:
        """The rows of the whole table."""
        return self.table.row_count


def profile_table(table: SourceTable, backend: Backend, settings: MappingSettings) -> TableProfile:
    """Look at a table, whole when it is small."""
    complete = table.row_count <= settings.whole_rows
    rows = fetch_rows(table.relation if complete else _sampled(table, settings), table.columns, backend)
    columns = {name: _profile_column(name, rows[name]) for name in table.columns}
    if not complete:
        columns = {name: _with_sketch(column, table, backend, settings) for name, column in columns.items()}
    return TableProfile(table, rows, complete, columns)


def fetch_rows(relation: ir.Table, columns: Iterable[str], backend: Backend) -> dict[str, Cells]:
    """Bring the named columns of a relation into memory."""
    names = list(columns)
    if not names:
        return {}
    fetched = backend.connection.to_pyarrow(relation.select(names))
    return {name: fetched.column(name).to_pylist() for name in names}


def _sampled(table: SourceTable, settings: MappingSettings) -> ir.Table:
    step = max(1, table.row_count // settings.sample_rows)
    return table.relation.filter(table.relation[ROW] % step == 0)


def _profile_column(name: str, cells: Sequence[str | None]) -> ColumnProfile:
    filled = [cell for cell in cells if cell is not None and not is_blank(cell)]
    telling = [cell for cell in filled if not is_blank_word(cell)]
    kind, writing = kind_of(Counter(telling))
    norm = normal_form(kind, writing)
    counts = Counter(norm(cell) for cell in telling)
    length = sum(map(len, filled)) / len(filled) if filled else 0.0
    share = len(filled) / len(cells) if cells else 0.0
    return ColumnProfile(name, share, kind, writing, counts, length, frozenset(counts), 1)


def kind_of(cells: Counter[str]) -> tuple[str, Writing]:
    """Decide whether a column holds dates, numbers or texts, and how it writes them."""
    total = cells.total()
    if not total:
        return TEXT, Writing()
    votes = order_votes(cells)
    order = date_order(votes)
    if sum(count for cell, count in cells.items() if read_date(cell, order)) >= 0.9 * total:
        return DATE, Writing(order=order, layout=usual_layout(cells))
    comma = decimal_comma(cells)
    numbers = sum(count for cell, count in cells.items() if read_number(cell, comma) is not None)
    if numbers >= 0.9 * total and not _are_codes(cells):
        return NUMBER, Writing(comma=comma, layout=_number_layout(cells, comma))
    return TEXT, Writing()


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


def _with_sketch(
    column: ColumnProfile, table: SourceTable, backend: Backend, settings: MappingSettings
) -> ColumnProfile:
    """Replace the values of a sampled column of many values by a sketch that is comparable across tables."""
    if column.unique < 0.2 or column.kind == DATE or column.mean_length > settings.longest_sketched:
        return column
    step = 1
    while step * settings.sketch_values < table.row_count * column.filled * column.unique:
        step *= 2
    cell = table.relation[column.name]
    same = sketch_text(cell, column)
    picked = table.relation.filter(cell.notnull(), (same.hash() % step) == 0).select(cell=cell, same=same).distinct()
    found = backend.connection.to_pyarrow(picked.limit(4 * settings.sketch_values))
    norm = normal_form(column.kind, column.writing)
    pairs = zip(found.column("cell").to_pylist(), found.column("same").to_pylist(), strict=True)
    asked = {norm(text): same_text for text, same_text in sorted(pairs)}
    return replace(column, sketch=frozenset(asked), sketch_step=step, asked=asked)


def sketch_text(cell: ir.Column, column: ColumnProfile) -> ir.StringValue:
    """A text that is the same for `7`, `007` and `7.0`, so that sketches of both sides pick the same values."""
    text = cell.cast("string").strip().lower()
    if column.kind != NUMBER and not all(value.isdigit() for value in list(column.counts)[:200]):
        return text
    return ibis.coalesce(text.try_cast("float64").cast("string"), text)
