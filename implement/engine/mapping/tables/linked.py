"""Tables that hold little but references: rows belong together that name the same two records of matched parents.

Neither names nor values of such tables are alike where the target issues its own ids. Once the parents are matched,
their ids are read as the source's; that most pairs of them are the same on both sides cannot be by accident.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import eq

from implement.engine.mapping.columns.assignment import pair_off
from implement.engine.mapping.keys.found import KeyFound
from implement.engine.mapping.looking.alignment import Alignment, normalised, pick_rows_of
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import Reference
from implement.engine.mapping.relations.references import is_contained
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.translation import Parent, keys_named, translate
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.tables.sides import Side

SURE_BY_PARENTS = 0.4
LEAST_SAME = 0.5
"""So many of the pairs of records that one side names must be named by the other too."""
LEAST_ROWS = 5
MORE_THAN_CHANCE = 2.0
"""So many times more of them than if the pairs were drawn."""
Parents = Mapping[str, Parent]
Cells = Sequence[str]
Link = tuple[str, str]


@dataclass(frozen=True)
class NamedRecords:
    """A column that names records of a parent, by the source's ids of them; blank where the record is not matched."""

    column: str
    parent: str
    cells: Cells
    translated: bool = False
    """Whether the ids are others than those that stand there."""


@dataclass(frozen=True)
class Linked:
    """Rows of two tables that name the same records, and the source's references that this proves."""

    alignment: Alignment
    share: float
    own_id: tuple[str, ...]
    """The source's columns that name both, where no record is named twice."""
    references: tuple[Reference, ...]


def link_left(
    source: Side,
    target: Side,
    pairs: dict[str, TablePair],
    known: tuple[dict[str, str], dict[str, float]],
    settings: MappingSettings,
) -> None:
    """Match the rows of tables that only name records of matched parents: of those left over, and of bare pairs."""
    names, sure = known
    whole = [name for name, pair in pairs.items() if pair.target is target.profiles[names[name]]]
    bare = [(name, names[name]) for name in whole if not pairs[name].key.pairs and not pairs[name].key.alignment]
    left = sorted(source.profiles.keys() - names.keys())
    asked = [*bare, *itertools.product(left, sorted(target.profiles.keys() - set(names.values())))]
    parents = {name: pair.parent for name, pair in pairs.items()}
    found = find_linked(list(source.profiles.values()), list(target.profiles.values()), asked, parents, settings)
    for name, (there, linked) in found.items():
        names[name], sure[name] = there, max(sure.get(name, 0.0), SURE_BY_PARENTS)
        key = KeyFound((), 0.0, linked.share, linked.alignment)
        own = source.ids[name] or linked.own_id
        profile, other = source.profiles[name], target.profiles[there]
        pairs[name] = TablePair(profile, other, own, target.ids[there], key, linked.references)


def find_linked(
    sources: Sequence[TableProfile],
    targets: Sequence[TableProfile],
    asked: Sequence[tuple[str, str]],
    parents: Parents,
    settings: MappingSettings,
) -> dict[str, tuple[str, Linked]]:
    """Of the pairs of tables asked for those whose rows name the same records, the surest first."""
    ones = {one.table.name: (one, _named_in_source(one, parents, settings)) for one in sources if one.complete}
    others = {one.table.name: (one, _named_in_target(one, parents, settings)) for one in targets if one.complete}
    found = {
        pair: linked
        for pair in asked
        if pair[0] in ones and pair[1] in others and (linked := _link(*ones[pair[0]], *others[pair[1]], parents))
    }
    pairs = pair_off({pair: linked.share for pair, linked in found.items()}, LEAST_SAME)
    return {name: (other, found[name, other]) for name, other in pairs.items()}


def _named_in_source(table: TableProfile, parents: Parents, settings: MappingSettings) -> list[NamedRecords]:
    """The columns that may name records of a matched parent, whatever they are called."""
    found = []
    for name, parent in parents.items():
        if not (parent.source_key and parent.matched):
            continue
        key = parent.source.columns[parent.source_key]
        known = set(normalised(parent.matched.source[key.name], key))
        for column in table.columns.values():
            if column.counts and column.kind == key.kind and is_contained(column, key, settings):
                cells = normalised(table.rows[column.name], column)
                found.append(NamedRecords(column.name, name, [cell if cell in known else "" for cell in cells]))
    return found


def _named_in_target(table: TableProfile, parents: Parents, settings: MappingSettings) -> list[NamedRecords]:
    found = []
    for name, parent in parents.items():
        for column in table.columns.values():
            cells = normalised(table.rows[column.name], column)
            for key in keys_named(column, parent, settings):
                own = translate(parent, parent.source_key, key) if parent.source_key else {}
                read = [own.get(cell, "") for cell in cells]
                is_translated = not any(map(eq, filter(None, read), filter(None, cells)))
                found.append(NamedRecords(column.name, name, read, is_translated))
    return found


def _link(
    source: TableProfile,
    ones: Sequence[NamedRecords],
    target: TableProfile,
    others: Sequence[NamedRecords],
    parents: Parents,
) -> Linked | None:
    best: Linked | None = None
    for first, second in _two_and_two(ones, others):
        rows, there = _rows_of_links(*first), _rows_of_links(*second)
        shared = sorted(rows.keys() & there.keys())
        share = len(shared) / max(1, len(rows), len(there))
        if len(shared) < LEAST_ROWS or share < max(LEAST_SAME, MORE_THAN_CHANCE * _by_chance(there)):
            continue
        if best is None or share > best.share:
            picked = pick_rows_of(source.rows, [rows[link] for link in shared])
            picked_there = pick_rows_of(target.rows, [there[link] for link in shared])
            best = Linked(
                Alignment(picked, picked_there, len(shared)),
                share,
                _own_id(source, first[0].column, first[1].column),
                tuple(_refer(one, parents) for one, other in zip(first, second, strict=True) if other.translated),
            )
    return best


def _own_id(table: TableProfile, first: str, second: str) -> tuple[str, ...]:
    """Both columns, if every row has its own pair of cells in them."""
    pairs = {pair for pair in zip(table.rows[first], table.rows[second], strict=True) if all(pair)}
    return (first, second) if len(pairs) == table.row_count else ()


def _two_and_two(
    ones: Sequence[NamedRecords], others: Sequence[NamedRecords]
) -> Iterator[tuple[tuple[NamedRecords, NamedRecords], tuple[NamedRecords, NamedRecords]]]:
    """Two columns of the source, and two of the target that name records of the same parents."""
    for first in itertools.combinations(ones, 2):
        for second in itertools.product(others, others):
            alike = [one.parent for one in first] == [other.parent for other in second]
            if alike and first[0].column != first[1].column and second[0].column != second[1].column:
                yield first, second


def _rows_of_links(first: NamedRecords, second: NamedRecords) -> dict[Link, int]:
    """Where each pair of records stands that is named once."""
    links = list(zip(first.cells, second.cells, strict=True))
    times = Counter(links)
    return {link: row for row, link in enumerate(links) if all(link) and times[link] == 1}


def _by_chance(links: Mapping[Link, int]) -> float:
    """The share of all the pairs that could be named."""
    return len(links) / max(1, len({one for one, _ in links}) * len({other for _, other in links}))


def _refer(one: NamedRecords, parents: Parents) -> Reference:
    return Reference(one.column, one.parent, parents[one.parent].source_key or "")
