"""Columns that only together name a record, a branch and a number counted within it: read as one, joined by `|`.

Such a column is called by the names of its parts, joined alike. A row that lacks a part names no record.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import reduce

import ibis.expr.types as ir

from implement.engine.intake import Intake, SourceTable
from implement.engine.mapping.plan import ColumnMapping, Mapping, TableMapping

SIGN = "|"


def name_composite(parts: Sequence[str]) -> str:
    """What the columns are called together."""
    return SIGN.join(parts)


def parts_of(name: str, columns: Collection[str]) -> tuple[str, ...]:
    """The columns of a table that a name joins; none where it is a column's own, or a part is no column."""
    parts = tuple(name.split(SIGN)) if SIGN in name and name not in columns else ()
    return parts if set(columns).issuperset(parts) else ()


def is_composite(name: str, columns: Collection[str]) -> bool:
    """Say whether a name joins several columns of a table."""
    return bool(parts_of(name, [one for one in columns if SIGN not in one]))


def compared_parts(table: TableMapping) -> dict[str, ColumnMapping]:
    """The source's columns that are compared as parts of others, and of which."""
    lost = {column.source for column in table.columns if column.target is None}
    return {part: column for column in table.compared for part in column.source.split(SIGN) if part in lost}


def write_apart(name: str, cell: str, columns: Collection[str]) -> dict[str, str]:
    """What stands in each of the columns that a name joins; under a column's own name the cell itself."""
    parts = parts_of(name, columns)
    cells = cell.split(SIGN) if cell else [""] * len(parts)
    return dict(zip(parts, cells, strict=True)) if len(parts) == len(cells) and parts else {name: cell}


def put_together(cells: Map[str, str | None], names: Iterable[str]) -> dict[str, str | None]:
    """The cells of a record with those that some names join, blank where a part is."""
    joined = {name: [cells[part] or "" for part in parts] for name in names if (parts := parts_of(name, cells))}
    return {**cells, **{name: SIGN.join(parts) if all(parts) else None for name, parts in joined.items()}}


def with_composites(table: SourceTable, names: Iterable[str]) -> SourceTable:
    """The table whose rows also hold, under each of these names that joins several of its columns, those together."""
    relation, held = table.relation, set(table.relation.columns)
    asked = [(name, parts) for name in names if name not in held and (parts := parts_of(name, table.columns))]
    added = {name: _together(relation, parts) for name, parts in asked}
    return replace(table, relation=relation.mutate(**added), sample=None) if added else table


def _together(relation: ir.Table, parts: Sequence[str]) -> ir.StringValue:
    return reduce(lambda one, other: one + SIGN + other, (relation[name] for name in parts))


def hold_composites(source: Intake, target: Intake, mapping: Mapping) -> tuple[Intake, Intake]:
    """Both sides with the columns that the mapping puts together to names of records."""
    ones, others = _names_in(mapping)
    return _with(source, ones), _with(target, others)


def hold_source(source: Intake, mapping: Mapping) -> Intake:
    """The source alone with the columns that the mapping puts together."""
    return _with(source, _names_in(mapping)[0])


def _with(side: Intake, names: Map[str, Iterable[str]]) -> Intake:
    return replace(side, tables=tuple(with_composites(one, names.get(one.name, ())) for one in side.tables))


def _names_in(mapping: Mapping) -> tuple[Map[str, Iterable[str]], Map[str, Iterable[str]]]:
    """For each table of the source and of the target the names joined by the sign that the mapping uses."""
    ones: dict[str, dict[str, None]] = defaultdict(dict)
    others: dict[str, dict[str, None]] = defaultdict(dict)
    for table in mapping.tables:
        here, there = _names_of(table)
        _note(ones[table.source], here)
        _note(others[table.target or ""], there)
        for one in table.relations:
            parent = mapping.table(one.parent)
            _note(ones[table.source], [one.column])
            _note(ones[one.parent], [one.parent_column])
            _note(others[(parent and parent.target) or ""], [one.target_parent_column])
    return ones, others


def _names_of(table: TableMapping) -> tuple[list[str], list[str | None]]:
    """What a table's own mapping names on either side."""
    ones = [*table.source_id, *(one for one, _ in table.key), *(column.source for column in table.columns)]
    others = [*table.target_id, *(other for _, other in table.key), *(column.target for column in table.columns)]
    return ones, others


def _note(known: dict[str, None], names: Iterable[str | None]) -> None:
    known.update((name, None) for name in names if name and SIGN in name)
