"""What references say of the values that they name records by."""

from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import TEXT, TableMapping


def with_values_of_children(
    table: TableMapping, tables: Sequence[TableMapping], target: TableProfile | None
) -> TableMapping:
    """A replacement seen in a reference also holds for the parent's own column (`GTXPro` in deals and in products)."""
    if target is None:
        return table
    columns = list(table.columns)
    for place, column in enumerate(columns):
        if column.target is None or column.target not in target.rows or column.kind != TEXT:
            continue
        there = set(target.rows[column.target])
        seen = {
            pair
            for child in tables
            for reference in child.references
            if (reference.parent, reference.parent_column) == (table.source, column.source)
            for pair in getattr(child.column(reference.column), "values", ())
            if pair[1] in there and pair[0] not in there
        }
        if seen - set(column.values):
            columns[place] = replace(column, values=tuple(sorted(seen | set(column.values))))
    return replace(table, columns=tuple(columns))
