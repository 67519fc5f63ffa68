"""Columns put together in a pair of tables: kept where they join the sides or name a parent, their parts then not."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from implement.engine.mapping.composite import is_composite, parts_of
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.table_pair import TablePair

FIRM_PLACE = 0.72
"""How sure the place must be of records that two columns name: most rows must name the same one on both sides."""


def take_apart(pair: TablePair) -> TablePair:
    """The pair of tables joined by single columns where both sides keep those that name the records together."""
    pairs = tuple(one for both in pair.key.pairs for one in _apart(both, pair))
    source_id, target_id = split(pair.source_id, pair.source), split(pair.target_id, pair.target)
    return replace(pair, key=replace(pair.key, pairs=pairs), source_id=source_id, target_id=target_id)


def _apart(both: tuple[str, str], pair: TablePair) -> list[tuple[str, str]]:
    ones, others = split(both[:1], pair.source), split(both[1:], pair.target)
    return list(zip(ones, others, strict=True)) if len(ones) == len(others) else [both]


def split(names: Iterable[str], table: TableProfile) -> tuple[str, ...]:
    """The columns that stand in a table themselves by which names are said that may join several."""
    return tuple(part for name in names for part in parts_of(name, _own(table)) or (name,))


def but_idle(references: Iterable[Reference], placed: Collection[str], child: TableProfile) -> list[Reference]:
    """The references but for those of columns put together that have no place in the target."""
    return [one for one in references if one.column in placed or not is_composite(one.column, child.columns)]


def keep_composites(pair: TablePair, fixed: Mapping[str, str]) -> TablePair:
    """The pair of tables with those columns put together alone that have their counterpart for good."""
    ones, others = set(fixed), set(fixed.values())
    return replace(pair, source=_keep(pair.source, ones), target=_keep(pair.target, others))


def _keep(table: TableProfile, names: Collection[str]) -> TableProfile:
    columns = {
        name: one for name, one in table.columns.items() if name in names or not is_composite(name, table.columns)
    }
    return table if len(columns) == len(table.columns) else replace(table, columns=columns)


def are_held_by(columns: tuple[str, str], pair: TablePair, fixed: Mapping[str, str]) -> bool:
    """Say whether two columns are parts of such that are compared together already."""
    one, other = columns
    return any(
        one in list_parts([here], pair.source) and other in list_parts([there], pair.target)
        for here, there in fixed.items()
    )


def list_parts(names: Iterable[str], table: TableProfile) -> set[str]:
    """The columns of a table that are put together to any of these."""
    return {part for name in names for part in parts_of(name, _own(table))}


def _own(table: TableProfile) -> list[str]:
    return [name for name in table.columns if not is_composite(name, table.columns)]
