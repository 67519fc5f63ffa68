"""Which pair of columns joins the sides: equal values in it name the same record."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import eq

from implement.engine.backend import Backend
from implement.engine.mapping.columns.evidence import Evidence
from implement.engine.mapping.columns.overlap import contained
from implement.engine.mapping.keys.likely_rows import align_likely
from implement.engine.mapping.keys.own_ids import id_likeness
from implement.engine.mapping.keys.support import support_in_any_way, support_of
from implement.engine.mapping.looking.alignment import Alignment, Pair, align
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import DATE, ColumnMapping
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.writings.at_once import canonical_all

LIKELY_TRIED = 3
LEAST_UNIQUE = 0.5
SAME_BEHIND_MARK = 0.6
SAME_PART = 0.8
SURE_DIGITS = 3


@dataclass(frozen=True)
class KeyFound:
    """The columns that join both sides, how well, and the rows they matched."""

    pairs: tuple[Pair, ...]
    overlap: float
    support: float
    alignment: Alignment | None

    @property
    def note(self) -> str:
        """Why the records are joined so, for whoever checks the mapping."""
        if not self.pairs:
            return "no key joins the sides: records are matched by content"
        return f"key found in {self.overlap:.0%} of values, other columns agree {self.support:.0%}"

    def sure_at_least(self, likeness: float) -> float:
        """How sure the tables are a pair: as far as their columns resemble each other, or as the key proves of rows."""
        return max(likeness, round(self.overlap * self.support, SURE_DIGITS))


NO_KEY = KeyFound((), 0.0, 0.0, None)


def find_key(
    source: TableProfile,
    target: TableProfile,
    source_id: tuple[str, ...],
    backend: Backend,
    settings: MappingSettings,
    listing: frozenset[str] = frozenset(),
) -> KeyFound:
    """The pair of columns whose equal values name the same record, proved by the other columns agreeing.

    What is `listing` records of others is no key.
    """
    best = NO_KEY
    best_score = 0.0
    candidates = _candidates(source, target, source_id, settings)
    for prior, pairs, overlap in [one for one in candidates if listing.isdisjoint(dict(one[1]))][:5]:
        matched = align(source, target, pairs, backend, settings)
        support = support_in_any_way(source, target, pairs, matched, settings)
        score = prior * overlap * support
        if support >= settings.key_support and score > best_score:
            best, best_score = KeyFound(pairs, overlap, support, matched), score
    return best if best.pairs else _find_aligner(source, target, backend, settings)


def behind_mark(
    key: KeyFound, source_id: tuple[str, ...], columns: Sequence[ColumnMapping], target: TableProfile
) -> KeyFound:
    """Where nothing joins the sides as it stands: the source's id that the target keeps behind a mark (`LEG-5001`)."""
    column = next((column for column in columns if (column.source,) == source_id), None)
    if key.pairs or not key.alignment or not column or not column.target or not column.is_marked:
        return key
    there = column.target
    cells = zip(key.alignment.source[column.source], key.alignment.target[there], strict=True)
    ones, others = zip(*((one, other) for one, other in cells if one and other), strict=True)
    read = canonical_all(ones, column.kind, column.source_writing)
    found = canonical_all(others, column.kind, column.target_writing)
    same = sum(map(eq, read, found)) / len(ones)
    if same < SAME_BEHIND_MARK or target.columns[there].unique < LEAST_UNIQUE:
        return key
    return replace(key, pairs=((column.source, there),), overlap=same)


def by_parts(
    key: KeyFound,
    source_id: tuple[str, ...],
    chosen: Mapping[str, str],
    evidence: Mapping[Pair, Evidence],
    placed: Mapping[str, float],
) -> KeyFound:
    """Where nothing joins the sides as it stands: an id of several parts, some of which name parents in another way.

    `placed` says how sure the places of such parts are.
    """
    if key.pairs or not key.alignment or len(source_id) < 2 or not set(source_id) <= chosen.keys():
        return key
    pairs = tuple((name, chosen[name]) for name in source_id)
    least = min(placed.get(pair[0], evidence[pair].same) for pair in pairs)
    return replace(key, pairs=pairs, overlap=least) if least >= SAME_PART else key


def _find_aligner(source: TableProfile, target: TableProfile, backend: Backend, settings: MappingSettings) -> KeyFound:
    """Without a key: rows matched by a telling column, good enough to learn the other columns from."""
    candidates = []
    for one, other in itertools.product(source.columns.values(), target.columns.values()):
        if min(one.unique, other.unique) < 0.2 or len(one.counts) < 5 or one.kind != other.kind:
            continue
        overlap = min(contained(one, other), contained(other, one))
        if overlap >= 0.2:
            candidates.append((-overlap * min(one.unique, other.unique), one.name, other.name))
    best, best_score = NO_KEY, settings.key_support
    for score, name, other_name in sorted(candidates)[:4]:
        matched = align(source, target, ((name, other_name),), backend, settings)
        support = support_in_any_way(source, target, ((name, other_name),), matched, settings)
        if matched.size >= 5 and support * -score > best_score * 0.2 and support >= settings.key_support:
            best, best_score = KeyFound((), 0.0, support, matched), support * -score * 5
    return best if best.alignment else _find_likely(source, target, settings)


def _find_likely(source: TableProfile, target: TableProfile, settings: MappingSettings) -> KeyFound:
    """Rows matched by values that are written differently, where others that are not agree too."""
    for matched in align_likely(source, target)[:LIKELY_TRIED]:
        support = support_of(source, target, (), matched)
        if support >= settings.likely_support:
            return KeyFound((), 0.0, support, matched)
    return NO_KEY


def _candidates(
    source: TableProfile, target: TableProfile, source_id: tuple[str, ...], settings: MappingSettings
) -> list[tuple[float, tuple[Pair, ...], float]]:
    """Pairs of columns that may join the sides, the likeliest first; the fewer records it names the less."""
    found: list[tuple[float, tuple[Pair, ...], float]] = []
    telling_ones = [
        (one, max(id_likeness(one, source), 0.9 if (one.name,) == source_id else 0.0))
        for one in source.columns.values()
        if one.kind != DATE and one.unique >= settings.unique_share and len(one.counts) >= 2
    ]
    for (one, prior), other in itertools.product(telling_ones, target.columns.values()):
        if other.unique < LEAST_UNIQUE or prior < (0.6 if source_id else 0.1):
            continue
        overlap = max(contained(one, other), contained(other, one))
        if overlap >= settings.key_overlap:
            found.append((prior * one.filled, ((one.name, other.name),), overlap))
    if len(source_id) > 1 and (pairs := _composite_pairs(source, target, source_id)):
        found.append((0.9, pairs, 1.0))
    return sorted(found, key=lambda entry: (-entry[0] * entry[2], entry[1]))


def _composite_pairs(source: TableProfile, target: TableProfile, source_id: tuple[str, ...]) -> tuple[Pair, ...]:
    pairs: list[Pair] = []
    for name in source_id:
        one = source.columns[name]
        rest = [c for c in target.columns.values() if c.name not in {t for _, t in pairs} and c.kind == one.kind]
        same_name = [column for column in rest if column.name.lower() == name.lower()]
        ranked = sorted((-contained(one, c) - contained(c, one), c.name) for c in same_name or rest)
        if not ranked or ranked[0][0] > -1.0:
            return ()
        pairs.append((name, ranked[0][1]))
    return tuple(pairs)
