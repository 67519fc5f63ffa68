"""References by foreign ids: read a target's ids as the source's, through parents that are already matched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implement.engine.mapping.alignment import LONGEST_COMPARED, Alignment, normalised
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.profile import ColumnProfile
from implement.engine.mapping.relations import is_contained
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.table_profile import TableProfile


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
    """A target column that may hold a reference: the parent's column it names records by, and how sure that is."""

    column: str
    parent_column: str
    score: float


def place_reference(
    reference: Reference,
    child: TableProfile,
    target: TableProfile,
    matched: Alignment | None,
    parent: Parent,
    settings: MappingSettings,
) -> list[Placed]:
    """The target columns whose cells name records of the matched parent, and how sure that is."""
    placed = []
    for column in target.columns.values():
        best: Placed | None = None
        for key in keys_named(column, parent, settings):
            score = _score(reference, child, column, target, key, matched, parent)
            found = Placed(column.name, key.name, score)
            if best is None or _order(found, parent) < _order(best, parent):
                best = found
        if best is not None and best.score > 0:
            placed.append(best)
    return placed


def _order(placed: Placed, parent: Parent) -> tuple[float, bool, str]:
    return -round(placed.score, 2), placed.parent_column != parent.target_key, placed.parent_column


def keys_named(column: ColumnProfile, parent: Parent, settings: MappingSettings) -> list[ColumnProfile]:
    """The columns of the target's parent table that hold this column's values."""
    return [
        key
        for key in parent.target.columns.values()
        if key.unique >= 0.9 and key.kind == column.kind and column.counts and is_contained(column, key, settings)
    ]


def _score(
    reference: Reference,
    child: TableProfile,
    column: ColumnProfile,
    target: TableProfile,
    key: ColumnProfile,
    matched: Alignment | None,
    parent: Parent,
) -> float:
    """Agreement of the reference with the translated cells on matched rows; names decide where no rows are matched."""
    named = column_similarity(reference.column, child.table.name, column.name, target.table.name)
    told = _told_apart(reference, column, key, child, matched, parent)
    if told is None:
        return 0.35 + 0.5 * named
    return 0.9 * told + 0.1 * named if told >= 0.3 else 0.0


def _told_apart(
    reference: Reference,
    column: ColumnProfile,
    key: ColumnProfile,
    child: TableProfile,
    matched: Alignment | None,
    parent: Parent,
) -> float | None:
    """The share of the cells that name the right parent, of those that name a matched one or none at all."""
    if matched is None or parent.matched is None or matched.size < 5:
        return None
    translation = translate(parent, reference.parent_column, key)
    written = normalised(matched.source[reference.column], child.columns[reference.column])
    found = normalised(matched.target[column.name], column)
    pairs = [(one, translation[name]) for one, name in zip(written, found, strict=True) if one and name in translation]
    if len(pairs) < 3:
        return None
    known = {value[:LONGEST_COMPARED] for value in key.sketch}
    strangers = sum(1 for one, name in zip(written, found, strict=True) if one and name and name not in known)
    unknown = strangers if key.sketch_step == 1 else 0
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
        (-placed.score, reference, placed.column, placed.parent_column)
        for reference, all_placed in candidates.items()
        for placed in all_placed
    )
    chosen: dict[str, Placed] = {}
    for score, reference, column, parent_column in ranked:
        if reference not in chosen and column not in {placed.column for placed in chosen.values()}:
            chosen[reference] = Placed(column, parent_column, -score)
    return chosen
