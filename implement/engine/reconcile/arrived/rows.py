"""Rows brought into memory, both sides under the source's column names."""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import CodedCells, Numbers, Places, code_cells, code_texts
from implement.engine.intake import ROW, SourceTable, fetch_rows, map_rows, sample_rows
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.arrived.loosely import loosely
from implement.engine.reconcile.arrived.parents import UNRESOLVED, KnownParents, ListedParents, ParentLinks
from implement.engine.reconcile.cells.one_cell import CellReader

Cells = list[str | None]


@dataclass(frozen=True)
class Rows:
    """Rows of one side: numbers in the file, ids, key texts, cells as found (`raw`) and canonical (`read`).

    A cell that is missing is blank.
    """

    numbers: list[int]
    ids: list[str]
    keys: list[str]
    raw: Mapping[str, CodedCells]
    read: Mapping[str, CodedCells]

    def __len__(self) -> int:
        return len(self.numbers)

    def take(self, places: Places) -> "Rows":
        """Some of the rows."""
        listed = np.asarray(places, dtype=np.int64).tolist()
        ids, keys = ([texts[place] for place in listed] for texts in (self.ids, self.keys))
        raw, read = ({name: cells.take(places) for name, cells in side.items()} for side in (self.raw, self.read))
        return Rows([self.numbers[place] for place in listed], ids, keys, raw, read)

    def keep_only(self, raw: Collection[str], read: Collection[str]) -> "Rows":
        """The same rows without the cells of other columns, which take most of their memory."""
        kept_raw = {name: cells for name, cells in self.raw.items() if name in raw}
        return replace(self, raw=kept_raw, read={name: cells for name, cells in self.read.items() if name in read})


@dataclass(frozen=True)
class Lookup:
    """A reference by foreign ids: `column` holds them, `links` says whose they are.

    The id the source knows the parent by is added as `name`. Ids that are written in other ways than the parents'
    are looked up by their letters and digits alone.
    """

    column: str
    links: ParentLinks
    name: str
    is_loose: bool = False

    def cells(self, rows: ir.Table) -> ir.StringValue:
        """The ids as they are looked up."""
        return loosely(rows[self.column]) if self.is_loose else rows[self.column]

    def add_to(self, rows: ir.Table, listed: ListedParents) -> ir.Table:
        """The rows with the parents' ids; of the links only those they name are held in memory."""
        links = listed.texts.semi_join(rows, listed.texts["named"] == self.cells(rows))
        joined = rows.left_join(links, self.cells(rows) == links["named"])
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

    def fetch(self, numbers: ir.Table, backend: Backend) -> Rows:
        """Bring the rows with these numbers into memory, in the order of the file."""
        return self.read(self.find(numbers, backend))

    def find(self, numbers: ir.Table, backend: Backend) -> pa.Table:
        """What is read of the rows with these numbers and the parents they name, in the order of the file."""
        columns = sorted(self.wanted & set(self.relation.columns))
        found = map_rows(self.relation, numbers, columns, backend)
        if found is None:
            rows = self.relation.semi_join(numbers, ROW).select(columns)
            for lookup in self.lookups:
                if isinstance(lookup.links, ListedParents):
                    rows = lookup.add_to(rows, lookup.links)
            found = backend.fetch_mapped(rows.order_by(ROW))
        return self._with_known_parents(found, backend)

    def _with_known_parents(self, found: pa.Table, backend: Backend) -> pa.Table:
        """Rows with the parents they name, of those that are held as numbers."""
        known = [(one, one.links) for one in self.lookups if isinstance(one.links, KnownParents)]
        if not known:
            return found
        rows = ibis.memtable(found.select([one.column for one, _ in known]))
        asked = {one.name: hash_cells([one.cells(rows)], backend) for one, _ in known}
        hashes = backend.connection.to_pyarrow(rows.select(**asked))
        for one, links in known:
            found = found.append_column(one.name, links.name_all(hashes.column(one.name).to_numpy()))
        return found

    def sample(self, most: int, backend: Backend) -> Rows:
        """About so many rows spread over the whole table."""
        return self.read(sample_rows(self.table, most, backend))

    def read(self, found: pa.Table) -> Rows:
        """Rows of the relation as they are compared."""
        numbers = found.column(ROW).to_pylist()
        raw = {name: code_cells(found.column(column)) for name, column in self.names.items()}
        read = {name: cells.read(self._reading(name)) for name, cells in raw.items()}
        for name, column in self.translated.items():
            parents = found.column(column).to_pylist()
            read[name] = code_texts(read_translated(self.readers[name], parents, raw[name]))
        keys = _joined([list(read[name]) for name in self.key_columns])
        return Rows(numbers, self.name_rows(found).to_pylist(), keys or [""] * len(numbers), raw, read)

    def read_cells(self, name: str, cells: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
        """Cells of one column as they are compared."""
        found = cells.fill_null("").to_pylist()
        read = self._reading(name)(found)
        return cells if read is found else pa.array(read, pa.string())

    def _reading(self, name: str) -> Callable[[Sequence[str]], Sequence[str]]:
        reader = self.readers[name]
        return reader.read_sources if self.is_source else reader.read_targets

    def name_numbers(self, numbers: Numbers, backend: Backend) -> pa.Array:
        """The ids of the rows with these numbers, which are different and in the order of the file."""
        return self.name_rows(fetch_rows(self.relation, numbers, self.id_columns, backend))

    def name_rows(self, found: pa.Table) -> pa.Array:
        """The ids of rows, of the cells of their id columns; a row without id is named by file and row."""
        parts = [found.column(column).fill_null("") for column in self.id_columns]
        ids = parts[0] if len(parts) == 1 else _joined_cells(parts, found.num_rows)
        blank = pc.equal(ids, "")
        if pc.any(blank).as_py():
            places = pc.binary_join_element_wise(self.table.file, found.column(ROW).cast(pa.string()), ":")
            ids = pc.if_else(blank, places, ids)
        return whole(ids)


@dataclass(frozen=True)
class KeptRows:
    """Some rows of one side in the order of the file, as they were found; they are read when they are asked for."""

    side: Side
    cells: pa.Table

    def __len__(self) -> int:
        return int(self.cells.num_rows)

    @cached_property
    def numbers(self) -> Numbers:
        """Their numbers in the file."""
        numbers: Numbers = self.cells.column(ROW).to_numpy()
        return numbers

    @cached_property
    def ids(self) -> pa.Array:
        """Their ids."""
        return self.side.name_rows(self.cells)

    def take(self, places: Places) -> Rows:
        """Some of the rows as they are compared."""
        return self.side.read(self.cells.take(pa.array(places, pa.int64())))

    def read(self, name: str, places: Numbers) -> pa.Array | pa.ChunkedArray:
        """The cells of some of the rows in a field that needs no looking up, as they are compared."""
        return self.side.read_cells(name, self.cells.column(self.side.names[name]).take(pa.array(places)))


def read_translated(reader: CellReader, parents: Iterable[str | None], cells: Iterable[str | None]) -> list[str]:
    """Canonical cells of a reference that was looked up: the parent's key, or a mark that no parent is known."""
    parents = list(parents)
    read = reader.read_sources([key or "" for key in parents])
    return [
        one if key is not None else f"{UNRESOLVED}{cell}" if cell else ""
        for one, key, cell in zip(read, parents, cells, strict=True)
    ]


def _joined(columns: Sequence[Iterable[str]]) -> list[str]:
    """Join key parts by `|`; a row that lacks a part has none."""
    if len(columns) == 1:
        return list(columns[0])
    return ["|".join(parts) if all(parts) else "" for parts in zip(*columns, strict=True)]


def _joined_cells(parts: Sequence[pa.ChunkedArray], rows: int) -> pa.Array:
    """The same for many rows at once; without any column every row is blank."""
    joined = pa.repeat("", rows)
    if not parts:
        return joined
    filled = functools.reduce(pc.and_, [pc.not_equal(part, "") for part in parts])
    return pc.if_else(filled, pc.binary_join_element_wise(*parts, "|"), joined)


def whole(cells: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def row_numbers(numbers: Places) -> ir.Table:
    """Offer row numbers as a table to join with."""
    return ibis.memtable(pa.table({ROW: pa.array(numbers, pa.int64())}))


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
