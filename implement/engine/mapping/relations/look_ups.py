"""Columns whose cells name a record by its id and by what it is called: only their ids are read.

That they do so is proved by the records: the id in a cell is that of one which is called what stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from implement.engine.backend import Backend
from implement.engine.intake import SourceTable
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, profile_table
from implement.engine.mapping.plan import TEXT, ColumnMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.look_ups import PATTERNS, ids_of_look_ups, split_look_up
from implement.engine.mapping.writings.writing import usual_layout

GLIMPSE = 60
NEARLY_ALL, SOME = 0.95, 0.5
"""So many of some cells hold an id and a name, and in a column of the target that keeps both."""
MOST_PROVED, LEAST_PROVED = 300, 5
CALLED_SO = 0.8
LEAST_UNIQUE = 0.98
Found = dict[str, dict[str, str]]
"""For each table and column where in a cell the id stands."""
Profiles = dict[str, TableProfile]


def find_look_ups(source: Profiles, target: Profiles) -> Found:
    """The columns of the source of which the ids are read alone, where the target keeps no name beside them."""
    found: Found = {}
    for name, child in source.items():
        for column in child.columns.values():
            ways = _ways(column, child, NEARLY_ALL)
            proved = [id_at for id_at in ways if _is_told(column, child, id_at, source, target)]
            if proved:
                found.setdefault(name, {})[column.name] = proved[0]
    return found


def _is_told(column: ColumnProfile, child: TableProfile, id_at: str, source: Profiles, target: Profiles) -> bool:
    cells = dict.fromkeys(filter(None, child.rows[column.name]))
    named = [found for cell in cells if (found := split_look_up(cell, id_at))]
    if not _is_proved(column, child, named[:MOST_PROVED], list(source.values())):
        return False
    return not any(_keeps_both(table, id_at, named) for table in target.values())


def _keeps_both(table: TableProfile, id_at: str, named: Sequence[tuple[str, str]]) -> bool:
    """Say whether a table of the target names records by both, in one column or in two."""
    ids, names = ({one[place] for one in named} for place in (0, 1))
    alike = [name for name, column in table.columns.items() if id_at in _ways(column, table, SOME)]
    for name in alike:
        few = islice(filter(None, table.rows[name]), GLIMPSE)
        if sum(found[0] in ids for cell in few if (found := split_look_up(cell, id_at))) > 1:
            return True
    repeated = [set(filter(None, table.rows[n])) for n, column in table.columns.items() if column.unique < LEAST_UNIQUE]
    return all(any(SOME * len(cells) <= len(cells & told) > 1 for cells in repeated) for told in (ids, names))


def _ways(column: ColumnProfile, table: TableProfile, share: float) -> list[str]:
    """In which ways so many of some cells hold an id and a name."""
    if column.kind != TEXT:
        return []
    few = list(islice(filter(None, table.rows[column.name]), GLIMPSE))
    first = few[:LEAST_PROVED]
    likely = [id_at for id_at in PATTERNS if _count(first, id_at) >= SOME * len(first)]
    return [id_at for id_at in likely if _count(few, id_at) >= max(LEAST_PROVED, share * len(few))]


def _count(cells: Sequence[str], id_at: str) -> int:
    return sum(split_look_up(cell, id_at) is not None for cell in cells)


def _is_proved(
    column: ColumnProfile, child: TableProfile, named: Sequence[tuple[str, str]], parents: Sequence[TableProfile]
) -> bool:
    return any(
        _are_called_so(named, key.name, parent)
        for parent in parents
        for key in parent.columns.values()
        if key.unique >= LEAST_UNIQUE and not (parent is child and key is column)
    )


def _are_called_so(named: Sequence[tuple[str, str]], key: str, parent: TableProfile) -> bool:
    """Say whether the records with these ids, as far as they are at hand, hold the words of the names beside them."""
    rows = {cell: row for row, cell in enumerate(parent.rows[key]) if cell}
    known = [(rows[one], name) for one, name in named if one in rows]
    if len(known) < max(LEAST_PROVED, CALLED_SO * len(named) if parent.complete else 0):
        return False
    others = [cells for name, cells in parent.rows.items() if name != key]
    so = (_words(name) <= {word for cells in others for word in _words(cells[row] or "")} for row, name in known)
    return sum(so) >= CALLED_SO * len(known)


def _words(text: str) -> set[str]:
    return {*text.casefold().replace(",", " ").split()}


def profile_ids_alone(
    source: Profiles, look_ups: Mapping[str, Mapping[str, str]], backend: Backend, settings: MappingSettings
) -> Profiles:
    """The profiles of a side with the tables that have such columns looked at again."""
    tables = {name: with_ids(source[name].table, ways) for name, ways in look_ups.items()}
    return source | {name: profile_table(table, backend, settings) for name, table in tables.items()}


def with_ids(table: SourceTable, ways: Mapping[str, str]) -> SourceTable:
    """The table with the ids alone in the columns that hold names as well."""
    relation = table.relation
    cells = {name: ids_of_look_ups(relation[name], id_at) for name, id_at in ways.items() if name in relation.columns}
    return replace(table, relation=relation.mutate(**cells), sample=None) if cells else table


def read_look_ups(mapping: TransferMapping, sources: Mapping[str, SourceTable]) -> dict[str, SourceTable]:
    """The source's tables as the mapping says that they are read."""
    ways = {
        table.source: {one.source: one.source_writing.id_at for one in table.columns if one.source_writing.id_at}
        for table in mapping.tables
    }
    return {name: with_ids(table, ways.get(name, {})) for name, table in sources.items()}


def with_look_ups(
    mapping: TransferMapping, look_ups: Mapping[str, Mapping[str, str]], source: Profiles, target: Profiles
) -> TransferMapping:
    """The mapping with where in the cells of such columns the ids stand."""
    tables = list(mapping.tables)
    for place, table in enumerate(tables):
        if ways := look_ups.get(table.source):
            sides = source[table.source], target.get(table.target or "")
            tables[place] = replace(table, columns=tuple(_with_place(one, ways, *sides) for one in table.columns))
    return replace(mapping, tables=tuple(tables))


def _with_place(
    column: ColumnMapping, ways: Mapping[str, str], before: TableProfile, after: TableProfile | None
) -> ColumnMapping:
    if column.source not in ways:
        return column
    ones, others = before.rows[column.source], after.rows.get(column.target or "", []) if after else []
    layout, layout_there = (usual_layout(filter(None, cells)) for cells in (ones, others))
    return replace(
        column,
        source_writing=replace(column.source_writing, id_at=ways[column.source], layout=layout),
        target_writing=replace(column.target_writing, layout=layout_there),
        rewritten=column.target is not None,
    )
