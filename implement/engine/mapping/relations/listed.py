"""Columns that name several records of another table in one cell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from implement.engine.mapping.looking.profile import Cells, ColumnProfile, normal_all, profile_column
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import TEXT, Reference, Writing
from implement.engine.mapping.relations.references import name_evidence, refers_to
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.id_lists import hold_lists, pick_filled, read_ids

CELLS_FOR_EACH, LEAST_STEP = 2, 50
"""So many cells are looked at for each value that a sketch leaves out, so that a list of its ids is met in it."""
LISTS_KNOWN = 0.8
"""So many of the ids must be those of the parent's records."""
LEAST_KNOWN = 0.2
"""Texts with commas, of whose parts fewer seem to be, are not looked at again."""
LEAST_UNIQUE = 0.98
AMOUNTS = "9999,99"
"""How most cells of a column are written that holds amounts of money: two lists of ids, one would think."""


def listing_columns(tables: Sequence[TableProfile], settings: MappingSettings) -> dict[str, frozenset[str]]:
    """The columns of each table that list what tables call their records: no list is a record's own id."""
    return {
        child.table.name: frozenset(
            column.name
            for column in child.columns.values()
            if column.writing.layout != AMOUNTS
            and hold_lists(child.rows[column.name])
            and _lists_any(column, child, tables, settings)
        )
        for child in tables
    }


def _lists_any(
    column: ColumnProfile, child: TableProfile, tables: Sequence[TableProfile], settings: MappingSettings
) -> bool:
    keys = [(key, parent) for parent in tables for key in parent.columns.values() if key.unique >= LEAST_UNIQUE]
    step = max(key.sketch_step for key, _ in [*keys, (column, child)])
    some = _some_ids(child.rows[column.name], CELLS_FOR_EACH * max(step, LEAST_STEP))
    known = [(key, parent) for key, parent in keys if key is not column and _may_be_of(key, some)]
    parts = _profile_parts(column.name, child) if known else []
    return any(_name_all(key, parts, child, parent, settings) for key, parent in known)


def _may_be_of(key: ColumnProfile, ids: Collection[str]) -> bool:
    """Say whether as many ids are in the sketch of a key as if a part of them were its records'."""
    return len(key.sketch.intersection(ids)) * key.sketch_step >= max(1, LEAST_KNOWN * len(ids))


def _some_ids(cells: Cells, most: int) -> set[str]:
    """The ids in some of the cells: texts with commas are soon seen to name nothing."""
    ids = {one for cell in pick_filled(cells, most) for one in read_ids(cell)}
    return set(normal_all(list(ids), TEXT, Writing()))


def _profile_parts(column: str, child: TableProfile) -> list[ColumnProfile]:
    """The ids that stand in all cells of a column, and in those with several if there are any."""
    parts = [profile_ids(column, child.rows[column], least) for least in (1, 2)]
    return [one for one in parts if one.counts]


def find_listed(
    child: TableProfile,
    parents: Sequence[TableProfile],
    ids: Mapping[str, tuple[str, ...]],
    listing: frozenset[str],
    settings: MappingSettings,
) -> list[Reference]:
    """For each column that lists records the parent whose own ids they are, if any."""
    found = []
    for column in (child.columns[name] for name in sorted(listing - {*ids[child.table.name]})):
        parts, ranked = _profile_parts(column.name, child), []
        for parent in parents:
            own = ids[parent.table.name]
            if len(own) == 1 and _name_all(parent.columns[own[0]], parts, child, parent, settings):
                named = name_evidence(column, child, parent.columns[own[0]], parent)
                ranked.append((-named, parent.table.name, own[0]))
        found += [Reference(column.name, *best[1:]) for best in sorted(ranked)[:1]]
    return found


def profile_ids(name: str, cells: Cells, least: int = 1) -> ColumnProfile:
    """The ids in the cells that hold so many, as a column of single ones."""
    lists = [ids for ids in map(read_ids, cells) if len(ids) >= least]
    return profile_column(name, [one for ids in lists for one in ids])


def _name_all(
    key: ColumnProfile,
    parts: Sequence[ColumnProfile],
    child: TableProfile,
    parent: TableProfile,
    settings: MappingSettings,
) -> bool:
    """Say whether the ids name a parent, those of several and those that stand alone."""
    asked = replace(settings, reference_overlap=LISTS_KNOWN) if key.sketch_step == 1 else settings
    return all(refers_to(one, child, key, parent, asked) for one in parts)
