"""Tables whose records only two columns together name, and the columns of other tables that name them so.

One of the two is called a number or a code and yet repeats; the other says within what it is counted. Another table
may refer to the records where two of its columns hold nearly always such a pair. Small numbers do so by accident: then
names must say it, or codes that are the same. Whether it does is proved by what the target made of it.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.composite import SIGN, name_composite, with_composites
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile, add_columns
from implement.engine.mapping.names import is_generic, looks_like_id
from implement.engine.mapping.plan import NUMBER, TEXT, Reference
from implement.engine.mapping.relations.declared import find_declared_together
from implement.engine.mapping.relations.references import name_evidence
from implement.engine.mapping.settings import MappingSettings

LEAST_UNIQUE = 0.98
LEAST_FILLED = 0.98
LEAST_HELD = 0.9
"""So many of the values, and of the pairs, must be the parent's."""
NAMED_ALIKE = 0.5
MOST_BY_CHANCE = 0.5
"""Of all pairs there could be so many may be records, where columns that are called otherwise name them."""
LONGEST_PART = 30
Pair = tuple[str, str]
Profiles = dict[str, TableProfile]


@dataclass(frozen=True)
class _Wanted:
    """Two columns of a child that may name a parent's records by two of its own."""

    child: TableProfile
    parts: Pair
    parent: TableProfile
    key: Pair

    @property
    def reference(self) -> Reference:
        """The relation between the columns put together."""
        names = name_composite(self.parts), name_composite(self.key)
        return Reference(names[0], self.parent.table.name, names[1])

    @property
    def is_likely(self) -> bool:
        """Say whether the columns are called alike, or one of them holds the same codes; numbers may by chance."""
        if _named_alike(self.child, self.parts, self.parent, self.key) >= NAMED_ALIKE:
            return True
        columns = zip(map(self.child.columns.get, self.parts), map(self.parent.columns.get, self.key), strict=True)
        return any(one and key and one.kind == TEXT and contained(key, one) >= LEAST_HELD for one, key in columns)


def find_composites(
    profiles: Profiles, references: dict[str, tuple[Reference, ...]], backend: Backend
) -> dict[str, tuple[Reference, ...]]:
    """For each table the relations whose records two columns name together."""
    found = {name: find_declared_together(child, profiles.values()) for name, child in profiles.items()}
    for parent in profiles.values():
        keys = list(_keys_of(parent, {one.column for one in references[parent.table.name]}))
        for child in profiles.values() if keys else ():
            named = {one.parent for one in [*references[child.table.name], *found[child.table.name]]}
            if child is not parent and parent.table.name not in named:
                found[child.table.name] += _named_by(child, parent, keys, backend)
    return {name: tuple(some) for name, some in found.items() if some}


def add_composites(
    profiles: Profiles, found: dict[str, tuple[Reference, ...]], backend: Backend, settings: MappingSettings
) -> Profiles:
    """The tables with the columns put together that these relations are between."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for child, some in found.items():
        for one in some:
            names[child][one.column] = names[one.parent][one.parent_column] = None
    return {
        name: _add(profile, list(names[name]), backend, settings) if name in names else profile
        for name, profile in profiles.items()
    }


def _add(profile: TableProfile, names: Sequence[str], backend: Backend, settings: MappingSettings) -> TableProfile:
    table = with_composites(profile.table, names)
    table = replace(table, columns=(*table.columns, *names), nulls=None)
    parts = {name: [profile.rows[part] for part in name.split(SIGN)] for name in names}
    cells = {
        name: [SIGN.join(row) if all(row) else None for row in zip(*some, strict=True)] for name, some in parts.items()
    }
    return add_columns(replace(profile, table=table), cells, backend, settings)


def _keys_of(parent: TableProfile, referring: set[str]) -> Iterator[Pair]:
    """The pairs of columns that may name a table's records together, though neither does so alone."""
    parts = [column for column in parent.columns.values() if _may_be_part(column)]
    for number in parts:
        if number.name in referring or not looks_like_id(number.name) or is_generic(number.name):
            continue
        for within in parts:
            if within is not number and _are_unique(parent, within.name, number.name):
                yield within.name, number.name


def _may_be_part(column: ColumnProfile) -> bool:
    return _is_name(column) and column.filled >= LEAST_FILLED and column.unique < LEAST_UNIQUE


def _is_name(column: ColumnProfile) -> bool:
    """Say whether a column may hold a part of a record's name: a short text or a whole number."""
    if SIGN in column.name or len(column.counts) < 2 or column.mean_length > LONGEST_PART:
        return False
    return column.kind == TEXT or (column.kind == NUMBER and column.writing.layout == "9")


def _are_unique(table: TableProfile, one: str, other: str) -> bool:
    """Say whether two columns together name each of the rows at hand once, as far as letters and digits tell."""
    rows = [f"{a}{b}".lower() for a, b in zip(table.rows[one], table.rows[other], strict=True) if a and b]
    return len(set(rows)) >= LEAST_UNIQUE * len(table.rows[one])


def _named_by(child: TableProfile, parent: TableProfile, keys: Sequence[Pair], backend: Backend) -> Iterator[Reference]:
    """The relations of a child to a parent, each by the first of its keys that holds the pairs."""
    taken: set[str] = set()
    for wanted in (_Wanted(child, parts, parent, key) for key in keys for parts in _parts_like(child, parent, key)):
        if wanted.parts[1] not in taken and _names_records(wanted, backend):
            taken.add(wanted.parts[1])
            yield wanted.reference


def _parts_like(child: TableProfile, parent: TableProfile, key: Pair) -> Iterator[Pair]:
    """The pairs of a child's columns that hold the values of a parent's, those called alike first."""
    held = [[one.name for one in child.columns.values() if _holds(one, parent.columns[name])] for name in key]
    pairs = [(one, other) for one, other in itertools.product(*held) if one != other]
    yield from sorted(pairs, key=lambda pair: (-_named_alike(child, pair, parent, key), pair))


def _holds(column: ColumnProfile, key: ColumnProfile) -> bool:
    return _is_name(column) and column.kind == key.kind and contained(column, key) >= LEAST_HELD


def _named_alike(child: TableProfile, parts: Pair, parent: TableProfile, key: Pair) -> float:
    """How much both columns are called like those of the parent."""
    pairs = zip(parts, key, strict=True)
    return min(name_evidence(child.columns[a], child, parent.columns[b], parent) for a, b in pairs)


def _names_records(wanted: _Wanted, backend: Backend) -> bool:
    """Say whether the pairs are nearly all the parent's, and its pairs name its records; all rows are asked."""
    keys = wanted.parent.table.relation.select(**dict(zip("ab", wanted.key, strict=True))).distinct()
    counted = _count(keys, backend)
    if counted["pairs"] < LEAST_UNIQUE * wanted.parent.row_count:
        return False
    is_dense = counted["pairs"] > MOST_BY_CHANCE * counted["a"] * counted["b"]
    if is_dense and not wanted.is_likely:
        return False
    named = wanted.child.table.relation.select(**dict(zip("ab", wanted.parts, strict=True))).drop_null()
    asked = (named.count(), named.semi_join(keys, ["a", "b"]).count())
    total, held = (int(backend.connection.to_pyarrow(count).as_py()) for count in asked)
    return total > 1 and held >= LEAST_HELD * total


def _count(keys: ir.Table, backend: Backend) -> dict[str, int]:
    """How many pairs there are, and of how many different values each."""
    told = keys.aggregate(pairs=keys.count(), a=keys["a"].nunique(), b=keys["b"].nunique())
    return dict(backend.connection.to_pyarrow(told).to_pylist()[0])
