"""Columns that name in each cell a record of any one of several tables: what a task is about, an account or a deal.

Each of the tables holds ids that the others do not have, and together they hold nearly all that the column names. Ids
that are in two of the tables do not say which is meant, and small numbers are in any: of numbers names must say it too.
"""

import itertools
from collections.abc import Mapping, Sequence

from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import NUMBER, TEXT, Reference
from implement.engine.mapping.relations.references import find_references, name_evidence
from implement.engine.mapping.settings import MappingSettings

LEAST_MET = 3
"""So many of a table's ids must be named."""
TOGETHER = 0.8
"""So many of what is named must be ids of one of the tables."""
HARDLY_ANY = 0.02
"""No more of a table's ids may be another's too."""
NAMED_ALIKE = 0.7

Parents = Sequence[TableProfile]
Ids = Mapping[str, tuple[str, ...]]


def find_all_references(child: TableProfile, parents: Parents, ids: Ids, settings: MappingSettings) -> list[Reference]:
    """For each column of a table the parent whose own id it names, or several, if it names one of any."""
    single = find_references(child, parents, ids, settings)
    skipped = {*ids[child.table.name], *(one.column for one in single if one.parent == child.table.name)}
    several = [
        one
        for column in child.columns.values()
        if column.name not in skipped
        for one in _find_several(column, child, [parent for parent in parents if parent is not child], ids)
    ]
    known = {one.column for one in several}
    return [one for one in single if one.column not in known] + several


def _find_several(column: ColumnProfile, child: TableProfile, parents: Parents, ids: Ids) -> list[Reference]:
    """The parents of any of which a column names a record, those named most often first; none where it is one alone."""
    keys = [(parent, parent.columns[own[0]]) for parent in parents if len(own := ids[parent.table.name]) == 1]
    shares = [
        (-share_named(column, key), parent.table.name, key)
        for parent, key in keys
        if _may_name(column, child, key, parent)
    ]
    found: list[tuple[float, str, ColumnProfile]] = []
    for one in sorted(shares, key=lambda share: share[:2]):
        if all(_are_apart(one[2], other) for _, _, other in found):
            found.append(one)
    if len(found) < 2 or -sum(share for share, _, _ in found) < TOGETHER:
        return []
    return [Reference(column.name, name, key.name) for _, name, key in found]


def _may_name(column: ColumnProfile, child: TableProfile, key: ColumnProfile, parent: TableProfile) -> bool:
    if column.kind != key.kind or column.kind not in (TEXT, NUMBER) or column.lengths.isdisjoint(key.lengths):
        return False
    if len(column.sketch & key.sketch) < LEAST_MET:
        return False
    if column.kind == TEXT:
        return True
    are_whole = column.writing.layout == key.writing.layout == "9"
    return are_whole and name_evidence(column, child, key, parent) >= NAMED_ALIKE


def share_named(column: ColumnProfile, key: ColumnProfile) -> float:
    """The share of a column's values that are among the ids of a table, as far as sketches tell."""
    expected = len(column.sketch) * min(1.0, column.sketch_step / key.sketch_step)
    return len(column.sketch & key.sketch) / expected if expected else 0.0


def _are_apart(one: ColumnProfile, other: ColumnProfile) -> bool:
    return all(contained(*pair) <= HARDLY_ANY for pair in itertools.permutations((one, other)))
