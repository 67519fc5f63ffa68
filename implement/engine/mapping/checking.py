"""What a mapping names that the tables do not have."""

from collections.abc import Collection, Iterable
from collections.abc import Mapping as Map

from implement.engine.intake import Fault, Intake
from implement.engine.mapping.composite import is_composite
from implement.engine.mapping.plain import mapping_fault
from implement.engine.mapping.plan import TABLE, Mapping, TableMapping

Columns = Map[str, tuple[str, ...]]


def check_mapping(mapping: Mapping, source: Intake, target: Intake) -> tuple[Fault, ...]:
    """What the mapping names that the tables do not have."""
    sources, targets = ({table.name: table.columns for table in side.tables} for side in (source, target))
    return tuple(
        mapping_fault(table.source, "mapping_column_unknown", place, name)
        if name
        else mapping_fault(table.source, "mapping_table_unknown", place)
        for table in mapping.tables
        for place, name in find_unknown(table, sources, targets)
    )


def find_unknown(table: TableMapping, sources: Columns, targets: Columns) -> list[tuple[str, str]]:
    """The tables and columns that a table's mapping names and the sides do not have; of a table the column is blank."""
    further = [*(one.target for one in table.also), *(one.table for one in table.looked_up)]
    there = [table.target, *further] if table.target is not None else []
    missing = [name for name in [table.source] if name not in sources] + [n for n in there if n not in targets]
    if missing:
        return [(name, "") for name in missing]
    target = columns_there(table, targets)
    source = sources[table.source]
    ones = [(table.source, name) for name in _but(_named_in_source(table), source)]
    others = [(table.target or "", name) for name in _but(_named_in_target(table), target)]
    renamed = [(one.target, name) for one in table.also for _, name in one.columns if name not in targets[one.target]]
    keys = [(one.table, one.key) for one in table.looked_up if one.key not in targets[one.table]]
    return ones + others + renamed + keys


def columns_there(table: TableMapping, targets: Columns) -> tuple[str, ...]:
    """The columns a source column may have become: those of all target tables that hold its rows or are named there."""
    first = targets.get(table.target or "", ())
    looked_up = [one.called(name) for one in table.looked_up for name in targets.get(one.table, ()) if name != one.key]
    if not table.also:
        return (*first, *looked_up)
    named = [{own: name for name, own in one.columns} for one in table.also]
    further = [
        names.get(column, column)
        for one, names in zip(table.also, named, strict=True)
        for column in targets.get(one.target, ())
    ]
    return tuple(dict.fromkeys([*first, *further, *looked_up, TABLE]))


def _but(names: Iterable[str], columns: Collection[str]) -> list[str]:
    """The names that are no column's, nor join those of several."""
    return [name for name in dict.fromkeys(names) if name not in columns and not is_composite(name, columns)]


def _named_in_source(table: TableMapping) -> list[str]:
    ones = [*table.source_id, *(one for one, _ in table.key), *(column.source for column in table.columns)]
    return ones + [name for joined in table.joined for name in joined.source]


def _named_in_target(table: TableMapping) -> list[str]:
    others = [*table.target_id, *(other for _, other in table.key), *(c.target for c in table.columns if c.target)]
    others += [name for name, _ in table.target_rows] + [one.column for one in table.looked_up]
    return others + [name for joined in table.joined for name in joined.target]
