"""Where the other side holds lists of records, be it by its own ids, and how they are compared."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from implement.engine.mapping.looking.alignment import Alignment
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.plan import LISTED, ColumnMapping, Reference, Writing
from implement.engine.mapping.relations.listed import LEAST_UNIQUE, profile_ids
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.translation import Parent, Placed, best_places, keys_named
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.id_lists import hold_lists, read_ids
from implement.engine.mapping.writings.writing import usual_layout

LEAST_PLACE = 0.45
"""How sure a place must be to be taken."""
LEAST_TOLD = 3
TOLD_APART, BY_IDS, BY_NAME = 0.3, 0.8, 0.1
UNTOLD, OF_SEVERAL, NAMED = 0.35, 0.1, 0.5
"""Where no rows are matched, lists of a parent's ids are hardly anything else; names say which of several it is."""


def place_all_listed(
    pair: TablePair,
    listed: Sequence[Reference],
    taken: Collection[str],
    parents: Mapping[str, Parent],
    settings: MappingSettings,
) -> dict[str, Placed]:
    """Where the target holds each of the lists, but for columns that are taken."""
    taken = {*taken, *(column for _, column in pair.key.pairs)}
    candidates = {
        one.column: _place(one, pair, parents[one.parent], settings) for one in listed if one.parent in parents
    }
    return best_places(
        {
            name: [one for one in places if one.score >= LEAST_PLACE and one.column not in taken]
            for name, places in candidates.items()
        }
    )


def _place(reference: Reference, pair: TablePair, parent: Parent, settings: MappingSettings) -> list[Placed]:
    """The target columns whose cells name records of the matched parent, one or several, and how sure that is."""
    placed = []
    for column in pair.target.columns.values():
        cells = pair.target.rows[column.name]
        several = OF_SEVERAL * hold_lists(cells)
        found = [
            Placed(column.name, key.name, several + score)
            for key in keys_named(profile_ids(column.name, cells), parent, settings)
            if (score := _score(reference, column.name, key, pair, parent)) > 0 and _may_name(key, parent)
        ]
        placed += sorted(found, key=lambda one: (-round(one.score, 2), one.parent_column != parent.target_key))[:1]
    return placed


def _may_name(key: ColumnProfile, parent: Parent) -> bool:
    """Say whether a column tells a parent's records apart, and holds no lists itself."""
    return key.unique >= LEAST_UNIQUE and not hold_lists(parent.target.rows[key.name])


def _score(reference: Reference, column: str, key: ColumnProfile, pair: TablePair, parent: Parent) -> float:
    """How well the translated ids agree on matched rows; names decide where none are matched."""
    named = column_similarity(reference.column, pair.source.table.name, column, pair.target.table.name)
    told = _told_apart(reference, column, key, pair.key.alignment, parent)
    if told is None:
        return UNTOLD + NAMED * named
    return BY_IDS * told + BY_NAME * named if told >= TOLD_APART else 0.0


def _told_apart(
    reference: Reference, column: str, key: ColumnProfile, matched: Alignment | None, parent: Parent
) -> float | None:
    """The share of the ids found, of those that name a matched parent or none at all, that name one that was written.

    Ids are looked up as they stand: those that are written otherwise than the parent writes them name none.
    """
    if matched is None or parent.matched is None:
        return None
    called = dict(zip(parent.matched.target[key.name], parent.matched.source[reference.parent_column], strict=True))
    known = set(parent.target.rows[key.name]) if parent.target.complete else None
    told = []
    for cell, there in zip(matched.source[reference.column], matched.target[column], strict=True):
        written = set(read_ids(cell))
        told += [
            called.get(one) in written
            for one in read_ids(there)
            if written and (one in called or (known is not None and one not in known))
        ]
    return sum(told) / len(told) if len(told) >= LEAST_TOLD else None


def describe_all_listed(
    pair: TablePair, listed: Sequence[Reference], places: Mapping[str, Placed], parents: Mapping[str, Parent]
) -> list[ColumnMapping]:
    """Say how the columns that hold lists are compared."""
    described = []
    for reference in listed:
        if placed := places.get(reference.column):
            column = ColumnMapping(reference.column, placed.column, LISTED, sure=round(min(1.0, placed.score), 3))
            if parents[reference.parent].target_key == placed.parent_column:
                described.append(_rewritten(replace(column, note="lists of ids of records"), pair.key.alignment))
            else:
                described.append(replace(column, note="lists of the target's own ids of the same records"))
    return described


def _rewritten(column: ColumnMapping, matched: Alignment | None) -> ColumnMapping:
    """Notice that most lists of the same ids are written in another way, and not in another order alone."""
    cells = zip(matched.source[column.source], matched.target[column.target or ""], strict=True) if matched else ()
    same = [(one, other) for one, other in cells if one and other and read_ids(one) == read_ids(other)]
    rewritten = [(one, other) for one, other in same if sorted(one) != sorted(other)]
    if not rewritten or 2 * len(rewritten) < len(same):
        return column
    ones, others = (Writing(layout=usual_layout(side)) for side in zip(*rewritten, strict=True))
    return replace(column, rewritten=True, source_writing=ones, target_writing=others)
