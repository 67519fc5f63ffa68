"""Rows by their numbers, read from where the table is staged: the others are not touched."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from mmap import MADV_DONTNEED
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend, map_file, read_mapped
from implement.engine.coded import Numbers, different
from implement.engine.intake.tables import ROW, SourceTable

BATCHES_AT_ONCE = 8


def fetch_rows(relation: ir.Table, numbers: Numbers, columns: Sequence[str], backend: Backend) -> pa.Table:
    """Some columns of the rows with these numbers, and the number beside, in the order of the file."""
    columns = [ROW, *(name for name in columns if name != ROW)]
    path = backend.staged_at(relation)
    if path is None:
        asked = ibis.memtable(pa.table({ROW: numbers}))
        return backend.connection.to_pyarrow(relation.semi_join(asked, ROW).select(columns).order_by(ROW))
    schema = pa.schema([(name, relation[name].type().to_pyarrow()) for name in columns])
    return pa.Table.from_batches(_read_picked(path, different(numbers), columns), schema)


def map_rows(relation: ir.Table, numbers: ir.Table, columns: Sequence[str], backend: Backend) -> pa.Table | None:
    """The rows of a staged table with these numbers, in the order of the file, mapped; None where it is not staged."""
    path = backend.staged_at(relation)
    if path is None:
        return None
    columns = [ROW, *(name for name in columns if name != ROW)]
    schema = pa.schema([(name, relation[name].type().to_pyarrow()) for name in columns])
    wanted = different(backend.connection.to_pyarrow(numbers.select(ROW)).column(ROW).to_numpy())
    return backend.map_batches(_read_picked(path, wanted, columns), schema)


def keep_some(table: SourceTable, numbers: Numbers, backend: Backend) -> SourceTable:
    """The table with those of its rows alone that have these numbers, staged for itself."""
    asked = backend.keep_rows(pa.table({ROW: np.unique(numbers)}), "part")
    some = table.relation.semi_join(backend.adopt(asked), ROW).order_by(ROW)
    relation = backend.keep_staged(some)
    if backend.embedded is backend:
        backend.forget(asked)
    return replace(table, relation=relation, row_count=len(numbers), sample=None, nulls=None)


def fetch_rows_with(
    relation: ir.Table, wanted: Mapping[str, pa.Array], columns: list[str], backend: Backend
) -> pa.Table | None:
    """The rows of a staged table of which a column holds a wanted cell, mapped; None where it is not staged."""
    path = backend.staged_at(relation)
    if path is None:
        return None
    columns = list(dict.fromkeys([*columns, *wanted]))
    schema = pa.schema([(name, relation[name].type().to_pyarrow()) for name in columns])
    return backend.map_batches(_read_with(path, wanted, columns), schema)


def find_values(values: pa.Array, relation: ir.Table, column: str, backend: Backend) -> pa.Array:
    """Which of some different values stand in a column of texts."""
    parts = map_parts(relation, [column], backend)
    if parts is None:
        asked = ibis.memtable(pa.table({"asked": values}))
        found = relation.semi_join(asked, relation[column] == asked["asked"]).select(found=relation[column])
        return backend.connection.to_pyarrow(found.distinct()).column("found").combine_chunks()
    held = (part.column(column) for part in parts)
    return pa.chunked_array([pc.unique(cells.filter(pc.is_in(cells, values))) for cells in held], pa.string()).unique()


def map_parts(relation: ir.Table, columns: Sequence[str], backend: Backend) -> Iterator[pa.Table] | None:
    """Some columns of a staged table, part by part, each mapped until the next; None where it is not staged."""
    path = backend.staged_at(relation)
    return None if path is None else _map_parts(path, list(columns))


def _map_parts(path: Path, columns: list[str]) -> Iterator[pa.Table]:
    """What was looked at need not stay in memory: the machine maps it again where somebody still looks.

    A reader that is told which columns to read would copy those.
    """
    held = map_file(path)
    reader = read_mapped(held)
    for start in range(0, reader.num_record_batches, BATCHES_AT_ONCE):
        places = range(start, min(start + BATCHES_AT_ONCE, reader.num_record_batches))
        yield pa.Table.from_batches([reader.get_batch(place).select(columns) for place in places])
        held.madvise(MADV_DONTNEED)


def _read_with(path: Path, wanted: Mapping[str, pa.Array], columns: list[str]) -> Iterator[pa.RecordBatch]:
    """So many batches at once that the wanted cells are not laid out anew for each."""
    for rows in _map_parts(path, columns):
        batches = rows.to_batches()
        held = (pc.is_in(rows.column(name), value_set=cells) for name, cells in wanted.items())
        places = np.flatnonzero(functools.reduce(pc.or_, held).to_numpy())
        ends = np.cumsum([batch.num_rows for batch in batches])
        for batch, end, found in zip(batches, ends, np.split(places, np.searchsorted(places, ends)), strict=False):
            yield batch.take(pa.array(found - (end - batch.num_rows)))


def _read_picked(path: Path, wanted: Numbers, columns: list[str]) -> Iterator[pa.RecordBatch]:
    for part in _map_parts(path, columns):
        for batch in part.to_batches():
            places = _places_of(wanted, batch.column(ROW).to_numpy())
            if len(places):
                yield batch.take(pa.array(places))


def _places_of(wanted: Numbers, numbers: Numbers) -> Numbers:
    """Where those of the wanted numbers stand that are among these; both are in order."""
    if not len(numbers):
        return wanted[:0]
    asked = wanted[np.searchsorted(wanted, numbers[0]) : np.searchsorted(wanted, numbers[-1], "right")]
    places = np.searchsorted(numbers, asked)
    found: Numbers = places[numbers[places] == asked]
    return found
