"""Several target tables that hold the rows of one source table, or what these name, read as one table."""

from collections.abc import Mapping
from dataclasses import replace
from functools import reduce

import ibis
import ibis.expr.types as ir

from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.checking import columns_there
from implement.engine.mapping.plan import TABLE, Also, LookedUp, TableMapping

FURTHER = 1_000_000_000
"""Rows of the second target table are numbered from here on, those of the third from twice as much."""
Tables = Mapping[str, SourceTable]


def hold_together(table: TableMapping, targets: Tables) -> SourceTable:
    """The target tables that hold rows of a source table as one, under the names of the first."""
    first = targets[table.target or ""]
    together = _with_further(table, first, targets) if table.also else first
    return reduce(lambda rows, one: _look_up(rows, one, targets[one.table]), table.looked_up, together)


def _with_further(table: TableMapping, first: SourceTable, targets: Tables) -> SourceTable:
    """The rows of all target tables that hold some."""
    table = replace(table, looked_up=())
    columns = columns_there(table, {name: one.columns for name, one in targets.items()})
    parts = [
        _as_first(place, one, targets[one.target], columns) for place, one in enumerate((Also(first.name), *table.also))
    ]
    rows = sum(targets[one.target].row_count for one in table.also) + first.row_count
    together = ibis.union(parts[0], *parts[1:])
    return replace(first, columns=columns, relation=together, row_count=rows, sample=None, nulls=None)


def _look_up(rows: SourceTable, one: LookedUp, there: SourceTable) -> SourceTable:
    """The rows with what the rows of another table hold that they name; of several with one key the first is meant."""
    names = [name for name in there.columns if name != one.key]
    first = there.relation.group_by(one.key).aggregate(**{ROW: there.relation[ROW].min()})
    named = there.relation.semi_join(first, ROW)
    key = one.called(one.key)
    cells = named.select(**{key: named[one.key]}, **{one.called(name): named[name] for name in names})
    together = rows.relation.left_join(cells, rows.relation[one.column] == cells[key]).drop(key)
    columns = (*rows.columns, *map(one.called, names))
    return replace(rows, columns=columns, relation=together.order_by(ROW), sample=None, nulls=None)


def leave_looked_up(table: TableMapping) -> TableMapping:
    """The mapping without the columns that the target holds in other rows, such as cannot be written into its own."""
    moved = [column.target for column in table.compared if is_moved(table, column.target or "")]
    columns = (replace(one, target=None) if one.target in moved else one for one in table.columns)
    joined = (one for one in table.joined if not any(is_moved(table, name) for name in one.target))
    return replace(table, columns=tuple(columns), joined=tuple(joined), looked_up=())


def is_moved(table: TableMapping, name: str) -> bool:
    """Say whether a column of the target is one of those looked up."""
    return any(name.startswith(one.called("")) for one in table.looked_up)


def group_moved(table: TableMapping) -> list[frozenset[str]]:
    """The columns of the source that are looked up, those together that are held by the same row."""
    named = [(column.source, column.target or "") for column in table.compared]
    found = (frozenset(n for n, there in named if there.startswith(one.called(""))) for one in table.looked_up)
    return [names for names in found if names]


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
