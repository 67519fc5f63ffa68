"""What a table looks like before anything is known about it: its columns, and of a large one sketches of its keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable, fetch_rows
from implement.engine.mapping.looking.profile import Cells, ColumnProfile, are_told_by_case, profile_column
from implement.engine.mapping.looking.sketches import Picked, pick_cells
from implement.engine.mapping.plan import DATE, TEXT
from implement.engine.mapping.settings import MappingSettings


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
    rows = fetch_cells(table.relation, table.columns, backend) if complete else _sampled(table, backend, settings)
    columns = {name: profile_column(name, rows[name]) for name in table.columns}
    if not complete:
        columns = _with_sketches(columns, table, backend, settings)
    return TableProfile(table, rows, complete, columns)


def keep_case(profile: TableProfile, names: Iterable[str], backend: Backend, settings: MappingSettings) -> TableProfile:
    """The table with some columns looked at anew, in which capitals are others than small letters."""
    columns = {name: profile_column(name, profile.rows[name], cased=True) for name in names}
    if not profile.complete:
        columns = _with_sketches(columns, profile.table, backend, settings)
    return replace(profile, columns={**profile.columns, **columns})


def add_columns(
    profile: TableProfile, cells: Mapping[str, Cells], backend: Backend, settings: MappingSettings
) -> TableProfile:
    """The profile with columns that its table has got since, and what stands in them in the rows looked at."""
    columns = {name: profile_column(name, some) for name, some in cells.items()}
    if not profile.complete:
        columns = _with_sketches(columns, profile.table, backend, settings)
    return replace(profile, rows={**profile.rows, **cells}, columns={**profile.columns, **columns})


def _with_sketches(
    columns: dict[str, ColumnProfile], table: SourceTable, backend: Backend, settings: MappingSettings
) -> dict[str, ColumnProfile]:
    """The columns of a large table, those of many values with sketches of all its rows."""
    steps = {name: step for name, one in columns.items() if (step := _sketch_step(one, table, settings))}
    picked = pick_cells(table, columns, steps, backend)
    return columns | {name: _with_sketch(columns[name], step, picked[name]) for name, step in steps.items()}


def fetch_cells(relation: ir.Table, columns: Iterable[str], backend: Backend) -> dict[str, Cells]:
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
    return fetch_cells(table.relation.filter(table.relation[ROW] % step == 0), table.columns, backend)


def _sketch_step(column: ColumnProfile, table: SourceTable, settings: MappingSettings) -> int:
    """Every so manieth value belongs to the sketch of a sampled column of many values; 0 when it needs none."""
    if column.unique < 0.2 or column.kind == DATE or column.writing.entry:
        return 0
    if column.mean_length > settings.longest_sketched:
        return 0
    step = 1
    while step * settings.sketch_values < table.row_count * column.filled * column.unique:
        step *= 2
    return step


def _with_sketch(column: ColumnProfile, step: int, picked: Picked) -> ColumnProfile:
    """Replace the values of a column by a sketch that is comparable across tables."""
    different = list(dict.fromkeys(picked.cells))
    values = dict(zip(different, column.read(different), strict=True))
    rows = list(zip(map(values.__getitem__, picked.cells), picked.rows.tolist(), strict=True))
    sketch = frozenset(values.values())
    unique = len(sketch) / max(1, len(rows))
    told = are_told_by_case(different, len(sketch), len(rows)) if column.kind == TEXT else False
    found = replace(column, sketch=sketch, sketch_step=step, rows_of_sketch=rows, unique_in_all=unique)
    return replace(found, is_told_by_case=told)


def find_rows(profile: TableProfile, column: str, values: Iterable[str], backend: Backend) -> dict[str, Cells]:
    """The rows of a sampled table that hold some values of a sketch."""
    asked = set(values)
    numbers = np.array([row for value, row in profile.columns[column].rows_of_sketch if value in asked], dtype=np.int64)
    found = fetch_rows(profile.table.relation, numbers, profile.table.columns, backend)
    return {name: found.column(name).to_pylist() for name in profile.table.columns}
