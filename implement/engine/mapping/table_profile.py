"""What a table looks like before anything is known about it: its columns, and of a large one sketches of its keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import pyarrow.compute as pc

from implement.engine.backend import Backend, quoted_name
from implement.engine.intake import ROW, SourceTable, fetch_rows
from implement.engine.mapping.plan import DATE
from implement.engine.mapping.profile import Cells, ColumnProfile, normal_all, profile_column
from implement.engine.mapping.settings import MappingSettings

LONGEST_EXACT = 15
"""Digits that survive a floating point number."""


@dataclass(frozen=True)
class TableProfile:
    """One table with the rows looked at, whole (`complete`) or a sample."""

    table: SourceTable
    rows: Mapping[str, Cells]
    complete: bool
    columns: Mapping[str, ColumnProfile]
    searched: str = ""
    """Of a sampled table the name of one with the rows that hold a value of some sketch, to be asked by it."""

    @property
    def row_count(self) -> int:
        """The rows of the whole table."""
        return self.table.row_count


def profile_table(table: SourceTable, backend: Backend, settings: MappingSettings) -> TableProfile:
    """Look at a table, whole when it is small."""
    complete = table.row_count <= settings.whole_rows
    rows = fetch_cells(table.relation, table.columns, backend) if complete else _sampled(table, backend, settings)
    columns = {name: profile_column(name, rows[name]) for name in table.columns}
    if complete:
        return TableProfile(table, rows, complete, columns)
    steps = {name: step for name, one in columns.items() if (step := _sketch_step(one, table, settings))}
    searched = _keep_rows_of_sketches(table, columns, steps, backend)
    for name, step in steps.items():
        columns[name] = _with_sketch(columns[name], step, searched, backend, settings)
    return TableProfile(table, rows, complete, columns, searched)


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
    if column.unique < 0.2 or column.kind == DATE or column.mean_length > settings.longest_sketched:
        return 0
    step = 1
    while step * settings.sketch_values < table.row_count * column.filled * column.unique:
        step *= 2
    return step


def _keep_rows_of_sketches(
    table: SourceTable, columns: Mapping[str, ColumnProfile], steps: Mapping[str, int], backend: Backend
) -> str:
    """The name of a table of the rows that hold a value of some sketch; one pass over the columns asked finds them."""
    picked = " OR ".join(_in_sketch(columns[name], step) for name, step in steps.items()) or "false"
    rows = backend.connection.compile(table.relation)
    found = backend.duck.execute(f"SELECT {ROW} FROM ({rows}) WHERE {picked}").to_arrow_table()
    kept = fetch_rows(table.relation, found.column(ROW).to_numpy(), table.columns, backend)
    return quoted_name(backend.keep_rows(kept, "sketched").get_name())


def forget_sketches(profiles: Iterable[TableProfile], backend: Backend) -> None:
    """Give back the memory of what sampled tables are asked by; their profiles can be asked no more."""
    for searched in (profile.searched for profile in profiles):
        if searched:
            backend.duck.execute(f"DROP TABLE {searched}")


def _in_sketch(column: ColumnProfile, step: int) -> str:
    return f"(hash({_sketch_text(column)}) & {step - 1} = 0 AND {quoted_name(column.name)} IS NOT NULL)"


def _with_sketch(
    column: ColumnProfile, step: int, searched: str, backend: Backend, settings: MappingSettings
) -> ColumnProfile:
    """Replace the values of a column by a sketch that is comparable across tables."""
    found = backend.duck.execute(
        f"SELECT {quoted_name(column.name)} AS cell, {_sketch_text(column)} AS same, count(*) AS rows FROM {searched} "
        f"WHERE {_in_sketch(column, step)} GROUP BY ALL ORDER BY cell"
    ).to_arrow_table()
    values = normal_all(found.column("cell").to_pylist(), column.kind, column.writing)
    asked = dict(zip(values[: 4 * settings.sketch_values], found.column("same").to_pylist(), strict=False))
    unique = len(set(values)) / max(1, pc.sum(found.column("rows")).as_py() or 0)
    return replace(column, sketch=frozenset(asked), sketch_step=step, asked=asked, unique_in_all=unique)


def find_rows(profile: TableProfile, column: str, wanted: list[str], backend: Backend) -> dict[str, Cells]:
    """The rows of a sampled table that hold some values of a sketch, given as the texts they are found by."""
    names = ", ".join(map(quoted_name, profile.table.columns))
    is_wanted = f"{_sketch_text(profile.columns[column])} IN (SELECT unnest($1))"
    found = backend.duck.execute(f"SELECT {names} FROM {profile.searched} WHERE {is_wanted}", [wanted]).to_arrow_table()
    return {name: found.column(name).to_pylist() for name in profile.table.columns}


def _sketch_text(column: ColumnProfile) -> str:
    """A text that is the same for `7`, `007` and `7.0`, so that sketches of both sides pick the same values."""
    text = quoted_name(column.name)
    text = text if column.is_trimmed else f"trim({text}, ' \t\n\r\v\f')"
    text = text if column.is_small else f"lower({text})"
    return _plain_number(text) if column.is_renumbered else text


def _plain_number(text: str) -> str:
    """A number without leading zeros and needless decimals; what is surely written so is not looked at."""
    is_whole = f"length({text}) <= {LONGEST_EXACT} AND NOT contains({text}, '.') AND NOT contains({text}, 'e')"
    whole = f"CASE WHEN {is_whole} THEN CAST(TRY_CAST({text} AS BIGINT) AS VARCHAR) END"
    decimal = f"regexp_replace(CAST(TRY_CAST({text} AS DOUBLE) AS VARCHAR), '\\.0$', '')"
    may_be_other = f"{text} < '1' OR ends_with({text}, '0') OR contains({text}, 'e')"
    return f"CASE WHEN {may_be_other} THEN coalesce({whole}, {decimal}, {text}) ELSE {text} END"
