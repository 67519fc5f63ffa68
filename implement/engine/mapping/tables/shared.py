"""Tables that became one: source tables left over whose rows are in a target table beside another's."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from implement.engine.mapping.columns.overlap import contained, telling
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import looks_like_id
from implement.engine.mapping.plan import NUMBER, TEXT
from implement.engine.mapping.tables.matched import score_tables

LEAST_BITS = 4.0
"""A column whose values say less cannot tell whose rows they are."""
LEAST_VALUES = 5
LEAST_OWN = 0.2
"""So many of the values must not be those of the other part."""
FOUND = 0.5
"""So many of its own values, and of the other part's, must be there."""
TELLING_TEXT = 0.5
"""A text that is so often the only one tells by itself; other columns must be two."""
SHORTEST_NUMBER = 4
LEAST_SCORE = 0.2
"""So alike the tables must be besides: the rows that are there say more than names."""
SETTLED = 0.75
"""A pair of tables so sure is not asked whether one of them belongs elsewhere."""
Profiles = Mapping[str, TableProfile]


@dataclass(frozen=True)
class Feed:
    """A column of the table that holds both, and the columns of the two parts whose values stand in it."""

    there: str
    own: str
    other: str


def find_feeds(own: TableProfile, other: TableProfile, there: TableProfile) -> list[Feed]:
    """The columns in which a table holds values of its own of one part, beside those of another part."""
    feeds = []
    for column in there.columns.values():
        if not _may_tell(column, there):
            continue
        one, two = best_column(column, own), best_column(column, other)
        if one and two and _are_there(one, two, column):
            feeds.append(Feed(column.name, one.name, two.name))
    return feeds


def _may_tell(column: ColumnProfile, table: TableProfile) -> bool:
    if column.kind == NUMBER and (looks_like_id(column.name) or column.mean_length < SHORTEST_NUMBER):
        return False
    return telling(column, table) >= LEAST_BITS


def best_column(column: ColumnProfile, table: TableProfile) -> ColumnProfile | None:
    """The column of a table that holds most of a column's values."""
    alike = [one for one in table.columns.values() if one.kind == column.kind]
    return max(alike, key=lambda one: (len(one.sketch & column.sketch), one.name), default=None)


def _are_there(own: ColumnProfile, other: ColumnProfile, there: ColumnProfile) -> bool:
    """Say whether most of what the one part alone holds is there, and most of what the other holds too."""
    if contained(other, there) < FOUND:
        return False
    values = _size(own)
    alone = values - _size(own, other)
    found = _size(own, there) - _size(own, other, there)
    return alone >= max(LEAST_VALUES, LEAST_OWN * values) and found >= FOUND * alone


def _size(*columns: ColumnProfile) -> int:
    """About how many values all of the columns hold."""
    shared = frozenset.intersection(*(column.sketch for column in columns))
    return len(shared) * max(column.sketch_step for column in columns)


def are_telling(feeds: Sequence[Feed], own: TableProfile, there: TableProfile) -> bool:
    """Say whether the columns are enough to believe that rows of both parts are there."""
    texts = [(own.columns[one.own], there.columns[one.there]) for one in feeds]
    alone = any(b.kind == TEXT and min(a.unique, b.unique) >= TELLING_TEXT for a, b in texts)
    return alone or len(feeds) > 1


def find_united(
    sources: Profiles, targets: Profiles, names: Mapping[str, str], sure: Mapping[str, float]
) -> dict[str, tuple[str, float]]:
    """For source tables whose rows are in the counterpart of another that counterpart, and how sure that is."""
    found = {}
    loose = [name for name in sorted(sources) if not _is_settled(name, sources, targets, names, sure)]
    free = sorted(targets.keys() - set(names.values()))
    beside = [*sorted(names.items()), *itertools.product([name for name in loose if name not in names], free)]
    for name in loose:
        own = sources[name]
        fits = [
            (round(score_tables(own, targets[there]), 3), there)
            for other, there in beside
            if other != name and there != names.get(name) and _is_part(own, sources[other], targets[there])
        ]
        score, there = max(fits, default=(0.0, ""))
        if score >= LEAST_SCORE:
            found[name] = (there, min(1.0, score))
    return found


def _is_settled(
    name: str, sources: Profiles, targets: Profiles, names: Mapping[str, str], sure: Mapping[str, float]
) -> bool:
    return name in names and (sure[name] >= SETTLED or _has_rows_there(sources[name], targets[names[name]]))


def _is_part(own: TableProfile, other: TableProfile, there: TableProfile) -> bool:
    return are_telling(find_feeds(own, other, there), own, there)


def _has_rows_there(own: TableProfile, there: TableProfile) -> bool:
    """Say whether some telling column of a table is found in its counterpart."""
    return any(
        _may_tell(column, there) and (one := best_column(column, own)) and contained(one, column) >= FOUND
        for column in there.columns.values()
    )
