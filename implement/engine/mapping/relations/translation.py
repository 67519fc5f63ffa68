"""References by foreign ids: read a target's ids as the source's, through parents that are already matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from implement.engine.mapping.looking.alignment import LONGEST_COMPARED, Alignment, normalised
from implement.engine.mapping.looking.profile import Cells, ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.references import is_contained
from implement.engine.mapping.relations.several_parents import share_named
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.at_once import loosen_all

LEAST_OTHERWISE, OTHERWISE = 3, 0.02
"""So many cells, and of those that name a record, name it by its id in another writing, where a column does so."""


@dataclass(frozen=True)
class Parent:
    """A matched parent: its target table, and rows of both sides that belong together."""

    source: TableProfile
    target: TableProfile
    matched: Alignment | None
    target_key: str | None
    """The target column that holds the source's key, where there is one."""
    source_key: str | None = None
    """The source's own id, where it is one column."""


@dataclass(frozen=True)
class Placed:
    """A target column that may hold a reference: the parent's column it names records by, and how sure that is.

    Where it may name a record of any of several parents, `of_parents` says for each by which column.
    """

    column: str
    parent_column: str
    score: float
    of_parents: tuple[tuple[str, str], ...] = ()

    def names_by(self, parent: str) -> str | None:
        """The column by which it names records of a parent; None where it is seen to name none."""
        return dict(self.of_parents).get(parent) if self.of_parents else self.parent_column


Named = tuple[Reference, Parent, ColumnProfile]
"""A reference, its parent, and the column by which the target may name the parent's records."""


def place_reference(
    asked: Sequence[tuple[Reference, Parent]],
    child: TableProfile,
    target: TableProfile,
    matched: Alignment | None,
    settings: MappingSettings,
) -> list[Placed]:
    """The target columns whose cells name records of the matched parent, or of any of several, and how sure that is."""
    placed = []
    for column in target.columns.values():
        ways = _ways_to_name(column, asked, settings)
        found = [(_place(column, way, child, target, matched), way[0][1]) for way in ways]
        best = min(found, key=lambda one: _order(*one), default=None)
        if best is not None and best[0].score > 0:
            placed.append(best[0])
    return placed


def _ways_to_name(
    column: ColumnProfile, asked: Sequence[tuple[Reference, Parent]], settings: MappingSettings
) -> list[list[Named]]:
    """By which column a cell may name the parent's records; by the likeliest of each of several.

    What one of several parents explains is not asked of the next: offers may name firms too.
    """
    if len(asked) == 1:
        reference, parent = asked[0]
        return [[(reference, parent, key)] for key in keys_named(column, parent, settings)]
    named, left = list[Named](), column
    for one, parent in asked:
        if key := _likeliest(left, parent):
            named.append((one, parent, key))
            left = replace(left, sketch=left.sketch - key.sketch)
    together = sum(share_named(column, key) for _, _, key in named)
    return [named] if together >= settings.reference_overlap else []


def _likeliest(column: ColumnProfile, parent: Parent) -> ColumnProfile | None:
    """The column of the parent's table that holds most of this column's values."""
    keys = [key for key in parent.target.columns.values() if _may_be_named(key, column)]
    ranked = [(-share_named(column, key), key.name != parent.target_key, key.name) for key in keys]
    best = min(ranked, default=(0.0, True, ""))
    return parent.target.columns[best[2]] if best[0] < 0 else None


def _place(
    column: ColumnProfile, way: Sequence[Named], child: TableProfile, target: TableProfile, matched: Alignment | None
) -> Placed:
    score = _score(child, column, target, way, matched)
    of_parents = tuple((one.parent, key.name) for one, _, key in way) if len(way) > 1 else ()
    return Placed(column.name, way[0][2].name, score, of_parents)


def _order(placed: Placed, parent: Parent) -> tuple[float, bool, str]:
    return -round(placed.score, 2), placed.parent_column != parent.target_key, placed.parent_column


def keys_named(column: ColumnProfile, parent: Parent, settings: MappingSettings) -> list[ColumnProfile]:
    """The columns of the target's parent table that hold this column's values."""
    keys = parent.target.columns.values()
    return [key for key in keys if _may_be_named(key, column) and is_contained(column, key, settings)]


def _may_be_named(key: ColumnProfile, column: ColumnProfile) -> bool:
    return key.unique >= 0.9 and key.kind == column.kind and bool(column.counts)


def _score(
    child: TableProfile,
    column: ColumnProfile,
    target: TableProfile,
    way: Sequence[Named],
    matched: Alignment | None,
) -> float:
    """Agreement of the reference with the translated cells on matched rows; names decide where no rows are matched."""
    own = way[0][0].column
    named = column_similarity(own, child.table.name, column.name, target.table.name)
    told = told_apart(own, column, child, way, matched)
    if told is None:
        return 0.35 + 0.5 * named
    return 0.9 * told + 0.1 * named if told >= 0.3 else 0.0


def told_apart(
    own: str, column: ColumnProfile, child: TableProfile, way: Sequence[Named], matched: Alignment | None
) -> float | None:
    """The share of the cells that name the right parent, of those that name a matched one or none at all."""
    if matched is None or all(parent.matched is None for _, parent, _ in way) or matched.size < 5:
        return None
    translation = {
        name: one
        for reference, parent, key in way
        for name, one in translate(parent, reference.parent_column, key).items()
    }
    written = normalised(matched.source[own], child.columns[own])
    found = normalised(matched.target[column.name], column)
    pairs = [(one, translation[name]) for one, name in zip(written, found, strict=True) if one and name in translation]
    if len(pairs) < 3:
        return None
    known = {value[:LONGEST_COMPARED] for _, _, key in way for value in key.sketch}
    strangers = sum(1 for one, name in zip(written, found, strict=True) if one and name and name not in known)
    unknown = strangers if all(key.sketch_step == 1 for _, _, key in way) else 0
    return sum(one == other for one, other in pairs) / (len(pairs) + unknown)


def translate(parent: Parent, own: str, key: ColumnProfile) -> dict[str, str]:
    """What the target calls the matched records of a parent, and what the source calls them."""
    if parent.matched is None:
        return {}
    ids = normalised(parent.matched.source[own], parent.source.columns[own])
    names = normalised(parent.matched.target[key.name], key)
    return {name: one for name, one in zip(names, ids, strict=True) if name}


def best_places(candidates: Mapping[str, Sequence[Placed]]) -> dict[str, Placed]:
    """One target column per reference, the surest first."""
    ranked = sorted(
        ((reference, placed) for reference, all_placed in candidates.items() for placed in all_placed),
        key=lambda one: (-one[1].score, one[0], one[1].column, one[1].parent_column),
    )
    chosen: dict[str, Placed] = {}
    for reference, placed in ranked:
        if reference not in chosen and placed.column not in {one.column for one in chosen.values()}:
            chosen[reference] = placed
    return chosen


def is_written_otherwise(cells: Cells, parents: Sequence[Cells]) -> bool:
    """Say whether cells name records by their ids in another writing, in capitals or braces: no two ids are then alike.

    What is in no parent's rows at hand says nothing.
    """
    known = {name for names in parents for name in names if name}
    strangers = [cell for cell in cells if cell and cell not in known]
    if len(strangers) < LEAST_OTHERWISE:
        return False
    called = set(loosen_all(sorted(known)))
    otherwise = sum(loose in called for loose in loosen_all(strangers))
    named = sum(cell in known for cell in cells) + otherwise
    return len(called) == len(known) and otherwise >= max(LEAST_OTHERWISE, OTHERWISE * named)
