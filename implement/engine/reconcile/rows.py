"""Rows brought into memory, both sides under the source's column names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable, sample_rows
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.cells import CellReader

Cells = list[str | None]
UNRESOLVED = "\x01"
"""Marks a reference that names no record we know; no cell begins so."""


@dataclass(frozen=True)
class Rows:
    """Rows of one side: numbers in the file, ids, key texts, cells as found (`raw`) and canonical (`read`)."""

    numbers: list[int]
    ids: list[str]
    keys: list[str]
    raw: Mapping[str, Cells]
    read: Mapping[str, list[str]]

    def __len__(self) -> int:
        return len(self.numbers)

    def cells(self, place: int) -> dict[str, str]:
        """The canonical cells of one row."""
        return {name: cells[place] for name, cells in self.read.items()}


@dataclass(frozen=True)
class Lookup:
    """A reference by foreign ids: `column` holds them, `links` says whose they are (`named` → `parent`).

    The id the source knows the parent by is added as `name`.
    """

    column: str
    links: ir.Table
    name: str

    def add_to(self, relation: ir.Table) -> ir.Table:
        """The rows with the parents' ids."""
        joined = relation.left_join(self.links, relation[self.column] == self.links["named"])
        key = ibis.ifelse(joined[self.column].isnull(), "", joined["parent"])
        return joined.mutate(**{self.name: key}).drop("named", "parent")


@dataclass(frozen=True)
class Side:
    """One side of a table: where its rows are, and what its columns are called on the source's side."""

    table: SourceTable
    relation: ir.Table
    names: Mapping[str, str]
    """Source column name → column of `relation` whose cells are read."""
    translated: Mapping[str, str]
    """Reference columns whose canonical cell is the source's key of the parent, looked up through its links."""
    id_columns: tuple[str, ...]
    key_columns: tuple[str, ...]
    readers: Mapping[str, CellReader]
    is_source: bool
    lookups: tuple[Lookup, ...] = ()
    """Parents that are still to be looked up; rows that are not asked for are not."""

    @property
    def wanted(self) -> set[str]:
        """The columns of the relation that are read."""
        return {ROW, *self.names.values(), *self.translated.values(), *self.id_columns}

    def fetch(self, numbers: ir.Table | None, backend: Backend) -> Rows:
        """Bring the rows with these numbers (all when None) into memory, in the order of the file."""
        relation = self.look_up(self.relation if numbers is None else self.relation.semi_join(numbers, ROW))
        fetched = backend.connection.to_pyarrow(relation.select(sorted(self.wanted)).order_by(ROW))
        found = {name: fetched.column(name).to_pylist() for name in fetched.column_names}
        return self._rows(found)

    def look_up(self, rows: ir.Table) -> ir.Table:
        """Some rows of the relation with the parents their references name."""
        for lookup in self.lookups:
            rows = lookup.add_to(rows)
        return rows

    def sample(self, most: int, backend: Backend) -> Rows:
        """About so many rows spread over the whole table."""
        kept = sample_rows(self.table, most, backend)
        return self._rows({name: kept.column(name).to_pylist() for name in self.wanted})

    def _rows(self, found: Mapping[str, Cells]) -> Rows:
        numbers = [int(number or 0) for number in found[ROW]]
        raw = {name: found[column] for name, column in self.names.items()}
        read = {name: self._read(name, cells) for name, cells in raw.items()}
        for name, column in self.translated.items():
            read[name] = read_translated(self.readers[name], found[column], raw[name])
        ids = self.join_ids([found[column] for column in self.id_columns], numbers)
        keys = _joined([read[name] for name in self.key_columns], [], "")
        return Rows(numbers, ids, keys or [""] * len(numbers), raw, read)

    def join_ids(self, parts: Sequence[Cells], numbers: Sequence[int]) -> list[str]:
        """The ids of rows, of the cells of their id columns; a row without id is named by file and row."""
        return _joined(parts, numbers, self.table.file)

    def _read(self, name: str, cells: Cells) -> list[str]:
        reader = self.readers[name]
        known: dict[str | None, str] = {None: ""}
        for cell in cells:
            if cell not in known:
                known[cell] = reader.read_source(cell) if self.is_source else reader.read_target(cell)
        return [known[cell] for cell in cells]


def read_translated(reader: CellReader, parents: Sequence[str | None], cells: Sequence[str | None]) -> list[str]:
    """Canonical cells of a reference that was looked up: the parent's key, or a mark that no parent is known."""
    return [
        reader.read_source(key) if key is not None else f"{UNRESOLVED}{cell}" if cell else ""
        for key, cell in zip(parents, cells, strict=True)
    ]


def _joined(columns: Sequence[Sequence[str | None]], numbers: Sequence[int], file: str) -> list[str]:
    """Join key parts by `|`; a row without key is named by file and row where numbers are given."""
    if not columns:
        return [f"{file}:{number}" for number in numbers]
    joined = ["" if not all(parts) else "|".join(part or "" for part in parts) for parts in zip(*columns, strict=True)]
    if not numbers:
        return joined
    return [text or f"{file}:{number}" for text, number in zip(joined, numbers, strict=True)]


def row_numbers(numbers: Sequence[int]) -> ir.Table:
    """Offer row numbers as a table to join with."""
    return ibis.memtable({ROW: list(numbers)}, schema={ROW: "int64"})


def source_side(table: TableMapping, source: SourceTable) -> Side:
    """The source's side of a table."""
    readers = {column.source: CellReader(column) for column in table.compared}
    names = {name: name for name in readers}
    keys = tuple(one for one, _ in table.key)
    return Side(source, source.relation, names, {}, table.source_id, keys, readers, True)


def target_side(table: TableMapping, target: SourceTable, lookups: Mapping[str, Lookup]) -> Side:
    """The target's side of a table, the references named in `lookups` read as the source's ids."""
    readers = {column.source: CellReader(column) for column in table.compared}
    names = {column.source: column.target or "" for column in table.compared}
    keys = tuple(one for one, _ in table.key)
    translated = {column: lookup.name for column, lookup in lookups.items()}
    found = tuple(lookups.values())
    return Side(target, target.relation, names, translated, table.target_id, keys, readers, False, found)
