"""What is written for a table that was divided, given to each of the tables that hold its records."""

from collections.abc import Mapping
from dataclasses import replace

from implement.engine.intake import SourceTable
from implement.engine.mapping.plan import TABLE, Also, TableMapping
from implement.engine.mapping.tables.together import FURTHER
from implement.engine.repair.tables import Done, Written

Names = Mapping[str, str]


def divide_written(
    mapping: TableMapping, targets: Mapping[str, SourceTable], key: tuple[str, ...], written: Written
) -> list[Done]:
    """What is written for each of the target tables, under its own names."""
    first = mapping.target or ""
    if not mapping.also:
        return [(mapping, targets[first], key, written)]
    parts = enumerate((Also(first), *mapping.also))
    return [_part(place, one, mapping, targets[one.target], key, written) for place, one in parts]


def _part(
    place: int, also: Also, mapping: TableMapping, target: SourceTable, key: tuple[str, ...], written: Written
) -> Done:
    names = dict(also.columns)
    numbers = {number for number in written.keys if number // FURTHER == place}
    inserts = {number: cells for number, cells in written.inserts.items() if _is_of(cells, also, mapping)}
    part = Written(
        {number: _own(cells, names, target) for number, cells in inserts.items()},
        {number: _own(written.updates[number], names, target) for number in numbers & written.updates.keys()},
        {number: written.keys[number] for number in numbers},
        {number: {names.get(n, n): cell for n, cell in written.held[number].items()} for number in numbers},
        written.deletes & numbers,
    )
    pairs = tuple((one, names.get(other, other)) for one, other in mapping.key)
    return replace(mapping, key=pairs), target, tuple(names.get(name, name) for name in key), part


def _is_of(cells: Mapping[str, str], also: Also, mapping: TableMapping) -> bool:
    """Say whether a missing record belongs into a table: where nothing tells, into the first."""
    return cells.get(TABLE, mapping.target) == also.target


def _own(cells: Mapping[str, str], names: Names, target: SourceTable) -> dict[str, str]:
    renamed = {names.get(name, name): cell for name, cell in cells.items()}
    return {name: cell for name, cell in renamed.items() if name in target.columns}
