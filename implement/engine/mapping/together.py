"""Several target tables that hold the rows of one source table, read as one table."""

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.checking import columns_there
from implement.engine.mapping.plan import TABLE, Also, TableMapping

FURTHER = 1_000_000_000
"""Rows of the second target table are numbered from here on, those of the third from twice as much."""
Tables = Mapping[str, SourceTable]


def hold_together(table: TableMapping, targets: Tables) -> SourceTable:
    """The target tables that hold rows of a source table as one, under the names of the first."""
    first = targets[table.target or ""]
    if not table.also:
        return first
    columns = columns_there(table, {name: one.columns for name, one in targets.items()})
    parts = [
        _as_first(place, one, targets[one.target], columns)
        for place, one in enumerate((Also(first.name), *table.also))
    ]
    rows = sum(targets[one.target].row_count for one in table.also) + first.row_count
    together = ibis.union(parts[0], *parts[1:])
    return replace(first, columns=columns, relation=together, row_count=rows, sample=None, nulls=None)


def _as_first(place: int, also: Also, table: SourceTable, columns: tuple[str, ...]) -> ir.Table:
    relation, own = table.relation, dict(also.columns)
    cells: dict[str, ir.Value] = {ROW: relation[ROW] + place * FURTHER}
    for name in columns:
        known = own.get(name, name)
        held = known in table.columns and not (name != known and name in own.values())
        cells[name] = relation[known] if held else ibis.null("string")
    return relation.select(**cells | {TABLE: ibis.literal(also.target)})


def locate(table: TableMapping, row: int) -> tuple[str, int, dict[str, str]]:
    """In which target table a row stands, its number there, and what its columns are called in the first one."""
    place, number = divmod(row, FURTHER)
    if not place:
        return table.target or "", number, {}
    also = table.also[place - 1]
    return also.target, number, {own: name for name, own in also.columns}
