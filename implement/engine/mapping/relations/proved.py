"""Relations that rows prove, whatever their columns are called: numbers of records that became those of the same ones.

Small numbers are ids of some table by accident. That each of them became what the target calls that very record is
none, where enough do and no plain rule says what became of all: several tables may be counted up alike.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from implement.engine.mapping.looking.alignment import Pair, normalised
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.plan import NUMBER, Reference
from implement.engine.mapping.relations.declared import is_declared
from implement.engine.mapping.relations.references import is_contained, name_evidence
from implement.engine.mapping.relations.table_pair import TablePair
from implement.engine.mapping.relations.translation import Parent, keys_named, told_apart, translate
from implement.engine.mapping.settings import MappingSettings

LEAST_TOLD = 0.8
"""So many of the rows must name the same record on both sides."""
LEAST_BITS = 16.0
"""So little likely, in bits, it must be that values drawn at random name the same records."""
LEAST_NAMED = 0.5
"""So much a column must be called like the parent, where a plain rule says what became of all ids."""
RULE_SHARE = 0.5


def find_proved(
    name: str, pairs: Mapping[str, TablePair], known: Sequence[Reference], settings: MappingSettings
) -> list[Reference]:
    """The references of a table that only matched rows prove, but for those of columns that are `known` to be some."""
    pair, named = pairs[name], {one.column for one in known}
    keyed = {one for one, _ in pair.key.pairs} | set(pair.source_id if len(pair.source_id) == 1 else ())
    found = []
    for column in pair.source.columns.values():
        if column.kind != NUMBER or not column.counts or column.name in named | keyed:
            continue
        ranked = sorted(
            (-_named(column, pair, other), reference.parent, reference.parent_column)
            for other, reference in _may_name(column, name, pairs, settings)
            if _is_proved(reference, column, pair, other.parent, settings)
        )
        found += [Reference(column.name, *best[1:]) for best in ranked[:1]]
    return found


def _may_name(
    column: ColumnProfile, name: str, pairs: Mapping[str, TablePair], settings: MappingSettings
) -> Iterator[tuple[TablePair, Reference]]:
    """The matched parents whose own ids a column's values may be."""
    for other, pair in pairs.items():
        own = pair.parent.source_key
        if other == name or own is None or pair.parent.matched is None:
            continue
        key = pair.source.columns[own]
        if key.kind == column.kind and is_contained(column, key, settings):
            yield pair, Reference(column.name, other, own)


def _named(column: ColumnProfile, pair: TablePair, other: TablePair) -> float:
    return name_evidence(column, pair.source, other.source.columns[other.source_id[0]], other.source)


def _is_proved(
    reference: Reference, column: ColumnProfile, pair: TablePair, parent: Parent, settings: MappingSettings
) -> bool:
    keyed = {other for _, other in pair.key.pairs}
    return any(
        _names_the_same(reference, column, there, key, pair, parent)
        for there in pair.target.columns.values()
        if there.name not in keyed
        for key in keys_named(there, parent, settings)
    )


def _names_the_same(
    reference: Reference,
    column: ColumnProfile,
    there: ColumnProfile,
    key: ColumnProfile,
    pair: TablePair,
    parent: Parent,
) -> bool:
    """Say whether the cells of two columns name the same records: as the target declares, or by other ids."""
    matched = pair.key.alignment
    told = told_apart(column.name, there, pair.source, [(reference, parent, key)], matched)
    if matched is None or told is None or told < LEAST_TOLD:
        return False
    if is_declared(there, pair.target, key, parent.target):
        return True
    translation = translate(parent, reference.parent_column, key)
    written, found = normalised(matched.source[column.name], column), normalised(matched.target[there.name], there)
    same = {
        (one, name)
        for one, name in zip(written, found, strict=True)
        if one and one != name and translation.get(name) == one
    }
    if len(same) * math.log2(max(1, len(there.counts))) < LEAST_BITS:
        return False
    return not _follow_a_rule(same) or name_evidence(there, pair.target, key, parent.target) >= LEAST_NAMED


def _follow_a_rule(ids: set[Pair]) -> bool:
    """Say whether most ids are the other side's moved by one number, or stand there behind a mark."""
    marked = sum(name.endswith(one) for one, name in ids)
    moved = Counter(int(name) - int(one) for one, name in ids if one.isdecimal() and name.isdecimal())
    return max(marked, *moved.values(), 0) > RULE_SHARE * len(ids)
