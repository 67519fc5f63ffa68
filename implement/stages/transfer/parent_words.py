"""Which columns may name records of a table, on both sides, and what a person reads of them."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map

from implement.engine.mapping import Mapping, TableMapping
from implement.stages.transfer.service.editing import Parent, parents_of
from implement.web.texts import _

Columns = Map[str, tuple[str, ...]]
KEYS_OFFERED = 3
"""The first columns of each table are offered as its key, for keys stand at the front."""


def list_keys(tables: Columns, used: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The tables with the columns that may name their rows: the first ones, and those that do."""
    known = set(used)
    return [
        (table, column)
        for table, columns in tables.items()
        for place, column in enumerate(columns)
        if place < KEYS_OFFERED or (table, column) in known
    ]


def list_ways(mapping: Mapping, sources: Columns) -> list[Parent]:
    """How columns may name records of a parent: by the same ids on both sides, or by the CRM's own ids there."""
    used = {one for table in mapping.tables for column in table.columns for one in parents_of(table, column.source)}
    own = {way for table in mapping.tables if (way := _by_own_ids(table))}
    keys = list_keys(sources, ((table, column) for table, column, _there in used))
    same = {(*one, _called_there(mapping, *one)) for one in keys if (*one, "") not in used}
    places = {one: place for place, one in enumerate(keys)}
    return sorted(used | own | same, key=lambda way: (places.get(way[:2], len(keys)), way))


def _by_own_ids(table: TableMapping) -> Parent | None:
    if len(table.source_id) != 1 or len(table.target_id) != 1 or table.target is None:
        return None
    known = table.column(table.source_id[0])
    same = known is not None and known.target == table.target_id[0]
    return None if same else (table.source, table.source_id[0], table.target_id[0])


def _called_there(mapping: Mapping, table: str, column: str) -> str:
    known = mapping.table(table)
    counterpart = known.column(column) if known else None
    return (counterpart.target if counterpart else None) or ""


def say_ways(ways: Sequence[Parent], mapping: Mapping) -> list[tuple[Parent, str]]:
    """The ways with what they are called: the CRM's column is named where it is another than the counterpart."""
    return [(way, _say_way(way, _called_there(mapping, *way[:2]))) for way in ways]


def _say_way(way: Parent, called_there: str) -> str:
    name = f"{way[0]}.{way[1]}"
    return name if way[2] in ("", called_there) else _("%(name)s, in the CRM by %(column)s", name=name, column=way[2])
