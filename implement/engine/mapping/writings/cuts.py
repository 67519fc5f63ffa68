"""Ids of which one side keeps only the beginning: `0065Y000000DpGcQAK` without the letters that only check it.

Each is as long as any other on either side, and what is kept tells them all apart; texts that were cut off are not
so, and damaged.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from implement.engine.mapping.plan import TEXT, ColumnMapping
from implement.engine.mapping.writings.codes import is_code

LEAST_KEPT = 8
"""Fewer letters may begin ids that have nothing to do with each other."""
LEAST_IDS = 5
SAME_LENGTH = 0.9
LEAST_SAME = 0.6
"""So many of the ids must begin as they do on the other side."""
LEAST_APART = 0.98
Pairs = Sequence[tuple[str, str]]
Lengths = tuple[int, int]
NOTHING: tuple[Lengths, float] = (0, 0), 0.0


def same_beginnings(pairs: Pairs) -> float:
    """The share of pairs of ids of which one is the beginning of the other, each kept as far as the others."""
    return _find_cut(pairs)[1]


def with_cut(mapping: ColumnMapping, pairs: Pairs) -> ColumnMapping | None:
    """The column compared by what both sides keep of its ids, if one of them keeps the beginnings alone."""
    (length, there), share = _find_cut(pairs) if mapping.kind == TEXT else NOTHING
    if share < LEAST_SAME:
        return None
    if length > there:
        return replace(mapping, rewritten=True, source_writing=replace(mapping.source_writing, cut=there))
    return replace(mapping, rewritten=True, target_writing=replace(mapping.target_writing, cut=length))


def _find_cut(pairs: Pairs) -> tuple[Lengths, float]:
    """How long the ids of either side are, and how many begin alike; nothing where these are no such ids."""
    lengths = Counter((len(one), len(other)) for one, other in pairs)
    usual, times = max(lengths.items(), key=lambda found: (found[1], found[0]), default=((0, 0), 0))
    kept = min(usual)
    if usual[0] == usual[1] or kept < LEAST_KEPT or times < max(LEAST_IDS, SAME_LENGTH * len(pairs)):
        return NOTHING
    same = [one[:kept] for one, other in pairs if one[:kept] == other[:kept]]
    if len(set(same)) < LEAST_APART * len(same) or not all(map(is_code, same)):
        return NOTHING
    return usual, len(same) / len(pairs)
