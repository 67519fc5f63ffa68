"""Which columns name records of another table, on both sides."""

from collections.abc import Mapping, Sequence

from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import column_similarity, concepts_of, name_similarity, names_superior
from implement.engine.mapping.plan import DATE, NUMBER, TEXT, Reference
from implement.engine.mapping.relations.declared import find_declared, is_declared
from implement.engine.mapping.settings import MappingSettings

UNIQUE_TITLE = 0.95
TITLES_KNOWN = 0.9
"""So many of the names must be titles of the parent's records."""
NAMED_AFTER = 0.45
"""So alike a column's name and a table's are where the column refers to the table: `account_id` and `accounts`."""
LEAST_TITLES = 5
LEAST_NAMED = 3
LEAST_NAME = 5.0
"""Shorter texts may stand in two columns by accident."""


def referenced_columns(tables: Sequence[TableProfile], settings: MappingSettings) -> dict[str, frozenset[str]]:
    """The unique columns of each table that columns of other tables point to, but for those that point to them."""
    pointed: dict[str, set[str]] = {table.table.name: set() for table in tables}
    for child in tables:
        for parent in tables:
            for column in child.columns.values():
                for key in parent.columns.values():
                    if parent is child or key.unique < 0.98 or not refers_to(column, child, key, parent, settings):
                        continue
                    if column.unique < 0.98 or not _is_named_after(key, parent, column, child):
                        pointed[parent.table.name].add(key.name)
    return {name: frozenset(columns) for name, columns in pointed.items()}


def _is_named_after(own: ColumnProfile, table: TableProfile, theirs: ColumnProfile, other: TableProfile) -> bool:
    """Say whether a column is called like the other table rather: where each record has but one, it is the reference.

    Then each of two columns holds the other's values, and only names tell which of them points to the other.
    """
    named = name_similarity(own.name, other.table.name)
    return named >= NAMED_AFTER and named > name_similarity(theirs.name, table.table.name)


def find_references(
    child: TableProfile, parents: Sequence[TableProfile], ids: Mapping[str, tuple[str, ...]], settings: MappingSettings
) -> list[Reference]:
    """For each column of a table the parent whose own id it names, if any."""
    declared = find_declared(child, parents)
    references = list(declared.values())
    for column in child.columns.values():
        ranked = []
        if column.name in declared:
            continue
        for parent in parents:
            key = ids[parent.table.name]
            own = ids[child.table.name]
            is_own_id = column.name in own and (parent is child or (column.kind == NUMBER and len(own) == 1))
            if len(key) != 1 or is_own_id:
                continue
            if refers_to(column, child, parent.columns[key[0]], parent, settings):
                if own == (column.name,) and _refers_back(parent, key[0], column, child, settings):
                    continue
                ranked.append(
                    (-name_evidence(column, child, parent.columns[key[0]], parent), parent.table.name, key[0])
                )
        if ranked:
            _, parent_name, key_name = min(ranked)
            if not (ids[child.table.name] == (column.name,) and len(child.table.columns) < 3):
                references.append(Reference(column.name, parent_name, key_name))
        elif named := _find_named(column, child, parents, ids):
            references.append(named)
    return references


def _refers_back(
    parent: TableProfile, key: str, own: ColumnProfile, child: TableProfile, settings: MappingSettings
) -> bool:
    """Say whether the parent names the child's records: then the ids of both are alike because both are counted up."""
    others = (column for name, column in parent.columns.items() if name != key)
    return any(refers_to(other, parent, own, child, settings) for other in others)


def _find_named(
    column: ColumnProfile, child: TableProfile, parents: Sequence[TableProfile], ids: Mapping[str, tuple[str, ...]]
) -> Reference | None:
    """The parent whose records a column names by their title instead of their id: a client's name in a deal."""
    if column.kind != TEXT or column.unique >= UNIQUE_TITLE or column.name in ids[child.table.name]:
        return None
    for parent in parents:
        own = ids[parent.table.name]
        if parent is child or len(own) != 1 or not concepts_of(column.name) & concepts_of(parent.table.name):
            continue
        for title in parent.columns.values():
            if title.name in own or title.kind != TEXT or title.unique < UNIQUE_TITLE or not _is_title(title, parent):
                continue
            if len(title.counts) >= LEAST_TITLES and contained(column, title) >= TITLES_KNOWN:
                return Reference(column.name, parent.table.name, title.name)
    return None


def _is_title(column: ColumnProfile, table: TableProfile) -> bool:
    concepts = concepts_of(column.name)
    return "name" in concepts or concepts <= concepts_of(table.table.name)


def refers_to(
    column: ColumnProfile, child: TableProfile, key: ColumnProfile, parent: TableProfile, settings: MappingSettings
) -> bool:
    """Say whether a column's values are ids of a parent: as declared, or not by the accident of small numbers."""
    if is_declared(column, child, key, parent):
        return True
    if column.kind != key.kind or column.kind == DATE or not column.counts or len(key.counts) < 2:
        return False
    if column.kind == NUMBER and (column.writing.layout != "9" or key.writing.layout != "9"):
        return False
    if not is_contained(column, key, settings):
        return False
    named = name_evidence(column, child, key, parent)
    if parent is child:
        said = names_superior(column.name) or (column.kind == TEXT and (named >= 0.2 or _name_records(column, key)))
        return said and column.name != key.name and column.unique < 0.98
    if column.kind == NUMBER:
        return named >= 0.5
    return len(column.counts) >= 3 or named >= 0.5


def _name_records(column: ColumnProfile, key: ColumnProfile) -> bool:
    """Say whether a text column names several of its own table's records, by names that are no codes."""
    is_named = key.mean_length >= LEAST_NAME and len(column.counts) >= LEAST_NAMED
    return is_named and key.sketch_step == 1 and contained(column, key) >= TITLES_KNOWN


def is_contained(column: ColumnProfile, key: ColumnProfile, settings: MappingSettings) -> bool:
    """Say whether most of a column's values and rows are in the key; a sampled key is scaled up."""
    if key.sketch_step > column.sketch_step:
        expected = len(column.sketch) * column.sketch_step / key.sketch_step
        return expected > 0 and len(column.sketch & key.sketch) >= settings.reference_overlap * expected
    if contained(column, key) < settings.reference_overlap:
        return False
    if key.sketch_step > 1 or column.sketch_step > 1:
        return True
    rows = sum(times for value, times in column.counts.items() if value in key.sketch)
    return rows >= settings.reference_overlap * column.counts.total()


def name_evidence(column: ColumnProfile, child: TableProfile, key: ColumnProfile, parent: TableProfile) -> float:
    """How much a column is called like a parent, or like its key."""
    named = column_similarity(column.name, child.table.name, key.name, parent.table.name)
    shared = concepts_of(column.name) & concepts_of(parent.table.name)
    return max(named if column.name.lower() != "id" else 0.0, 0.8 if shared else 0.0)
