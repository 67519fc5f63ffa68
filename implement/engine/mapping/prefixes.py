"""Values that one side writes with something before them: trunk and country codes, `https://`, a mark of its own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.at_once import loosen_all
from implement.engine.mapping.plan import LOOSE, ColumnMapping

LEAST_TAIL = 6
"""So many letters and digits at the end must be the same."""
LONGEST_PREFIX = 12
LEAST_SHARE = 0.03
"""A prefix that stands before fewer of the values is no habit."""
EXPLAINED_SHARE = 0.6
Pairs = Sequence[tuple[str, str]]


def same_tails(written: Sequence[str], found: Sequence[str]) -> float:
    """The share of filled pairs that differ at most by what stands before a long common end."""
    pairs = [(one, other) for one, other in zip(written, found, strict=True) if one and other]
    if len(pairs) < LEAST_TAIL:
        return 0.0
    return sum(split_heads(one, other) is not None for one, other in pairs) / len(pairs)


def split_heads(one: str, other: str) -> tuple[str, str] | None:
    """What stands before the common end of two values, if that is nearly all of the shorter one."""
    size = 0
    while size < min(len(one), len(other)) and one[-1 - size] == other[-1 - size]:
        size += 1
    heads = one[: len(one) - size], other[: len(other) - size]
    if size < LEAST_TAIL or min(map(len, heads)) > 2 or max(map(len, heads)) > LONGEST_PREFIX:
        return None
    return heads


def with_prefixes(mapping: ColumnMapping, pairs: Pairs) -> ColumnMapping | None:
    """The column compared without what either side puts before its values, if that explains most of the pairs."""
    loose = list(zip(loosen_all([a for a, _ in pairs]), loosen_all([b for _, b in pairs]), strict=True))
    heads = Counter(heads for one, other in loose if (heads := split_heads(one, other)) is not None)
    usual = {pair for pair, times in heads.items() if times >= max(2, LEAST_SHARE * len(pairs))}
    explained = sum(heads[pair] for pair in usual)
    if usual <= {("", "")} or explained < EXPLAINED_SHARE * len(pairs):
        return None
    ours, theirs = (_joined({pair[side] for pair in usual}) for side in (0, 1))
    return replace(
        mapping,
        kind=LOOSE,
        rewritten=True,
        source_writing=replace(mapping.source_writing, prefixes=ours),
        target_writing=replace(mapping.target_writing, prefixes=theirs),
    )


def _joined(prefixes: set[str]) -> str:
    return "|".join(sorted(prefixes - {""}, key=lambda prefix: (-len(prefix), prefix)))
