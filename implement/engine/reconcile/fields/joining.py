"""Columns kept apart on one side and together on the other: compared as one, told by their parts."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.coded import code_cells
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.plan import LOOSE, ColumnMapping, Joined, TableMapping, Writing
from implement.engine.mapping.writings.entries import read_entry
from implement.engine.mapping.writings.writing import loosen
from implement.engine.reconcile.arrived.rows import row_numbers
from implement.engine.reconcile.classes import FIELDS_SWAPPED, VALUE_CHANGED, VALUE_LOST
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.findings import SCHEMA


def put_together(table: TableMapping) -> TableMapping:
    """The mapping with one compared column for those that are held together."""
    joined = table.held_together
    parts = {name for one in joined for name in one.source}
    kept = [column for column in table.columns if column.target or column.source not in parts]
    return replace(table, joined=joined, columns=(*kept, *map(_as_column, joined)))


def _as_column(joined: Joined) -> ColumnMapping:
    written, found = (
        Writing(entry=joined.entry if len(parts) == 1 else "") for parts in (joined.source, joined.target)
    )
    names = name_whole(joined.source), name_whole(joined.target)
    return ColumnMapping(*names, LOOSE, written, found, rewritten=True, values=joined.values)


def name_whole(parts: Sequence[str]) -> str:
    """What the columns are called together."""
    return " + ".join(parts)


def with_wholes(table: SourceTable, wholes: Sequence[tuple[str, ...]]) -> SourceTable:
    """The table with a column more for each of these columns held together."""
    added = {name_whole(parts): _together(table.relation, parts) for parts in wholes if len(parts) > 1}
    return replace(table, relation=table.relation.mutate(**added), sample=None) if added else table


def _together(relation: ir.Table, parts: Sequence[str]) -> ir.StringValue:
    cells = [relation[name].fill_null("") for name in parts]
    together = reduce(lambda one, other: one + " " + other, cells).strip()
    return ibis.ifelse(together == "", ibis.null("string"), together)


def tell_by_parts(outcome: TableOutcome, backend: Backend) -> None:
    """Give each finding on columns held together to the one part that differs."""
    for joined in outcome.mapping.joined:
        name = name_whole(joined.source)
        concerned = code_cells(outcome.findings.column("field")).are({name})
        found = outcome.findings.filter(pa.array(concerned))
        if len(joined.source) > 1:
            found = _by_part(found, joined, outcome, backend)
        else:
            found = _with_turned(found)
        outcome.findings = pa.concat_tables([outcome.findings.filter(pa.array(np.invert(concerned))), found])


def _with_turned(found: pa.Table) -> pa.Table:
    """Parts that stand in each other's place are swapped."""
    rows = found.to_pylist()
    for row in rows:
        if row["class"] == VALUE_CHANGED and _words(row["source_value"]) == _words(row["target_value"]):
            row["class"] = FIELDS_SWAPPED
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _words(text: str) -> list[str]:
    return sorted(map(loosen, text.split()))


def _by_part(found: pa.Table, joined: Joined, outcome: TableOutcome, backend: Backend) -> pa.Table:
    parts = joined.source
    numbers = sorted({row for row in found.column("source_row").to_pylist() if row})
    relation = outcome.source.table.relation
    fetched = backend.connection.to_pyarrow(relation.semi_join(row_numbers(numbers), ROW).select(ROW, *parts))
    cells = {row[ROW]: row for row in fetched.to_pylist()}
    told = [
        {**row, **change}
        for row in found.to_pylist()
        for change in (
            _changes(row, {part: cells[row["source_row"]][part] or "" for part in parts}, joined)
            if row["source_row"] in cells
            else [{"field": part} for part in parts]
        )
    ]
    return pa.Table.from_pylist(told, schema=SCHEMA)


def _changes(row: dict[str, str], cells: dict[str, str], joined: Joined) -> list[dict[str, str]]:
    """The parts that are not found in the whole any more; where all are, they stand in another order."""
    if joined.values:
        return [{"field": part, "source_value": cells[part]} for part in _parts_changed(row, cells, joined.values)]
    there = loosen(read_entry(row["target_value"], joined.entry))
    missing = [part for part, cell in cells.items() if loosen(cell) and loosen(cell) not in there]
    if not missing:
        part = next((part for part, cell in cells.items() if cell), next(iter(cells)))
        fate = FIELDS_SWAPPED if row["class"] == VALUE_CHANGED else row["class"]
        return [{"field": part, "source_value": cells[part], "class": fate}]
    rest = _rest(there, [loosen(cell) for part, cell in cells.items() if part not in missing])
    lost = row["class"] == VALUE_CHANGED and not rest
    return [
        {"field": part, "source_value": cells[part], "class": VALUE_LOST if lost else row["class"]} for part in missing
    ]


def _parts_changed(row: dict[str, str], cells: dict[str, str], values: Sequence[tuple[str, str]]) -> list[str]:
    """Which of two lists alone, with another value, would have become what was found; else both."""
    meant = [one for one, other in values if other == row["target_value"]]
    one, other = cells
    if any(text.endswith(f" {cells[other]}") for text in meant):
        return [one]
    return [other] if any(text.startswith(f"{cells[one]} ") for text in meant) else [one, other]


def _rest(there: str, found: list[str]) -> str:
    for cell in sorted(found, key=len, reverse=True):
        there = there.replace(cell, "", 1)
    return there
