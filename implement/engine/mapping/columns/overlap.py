"""How alike the values of two columns are, without knowing which rows belong together."""

import math

from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import DATE, NUMBER


def contained(one: ColumnProfile, other: ColumnProfile) -> float:
    """The share of one column's distinct values that the other holds too, from sketches picked alike."""
    return _share(_values_shared(one, other), one, other)


def _share(met: int, one: ColumnProfile, other: ColumnProfile) -> float:
    asked = other.sketch if one.sketch_step < other.sketch_step else one.sketch
    return met / len(asked) if asked else 0.0


def _values_shared(one: ColumnProfile, other: ColumnProfile) -> int:
    return len(one.sketch & other.sketch) if _may_share(one, other) else 0


def _may_share(one: ColumnProfile, other: ColumnProfile) -> bool:
    """Values of other lengths are other values."""
    return not one.lengths.isdisjoint(other.lengths)


def value_similarity(one: ColumnProfile, other: ColumnProfile) -> float:
    """Compare two columns by their values from 0 to 1: the same values equally often are 1."""
    if not one.counts or not other.counts:
        return 0.0
    met = _values_shared(one, other)
    shares = _share(met, one, other), _share(met, other, one)
    shared = max(
        _shared_frequency(one, other),
        0.9 * min(shares) if one.sketch_step > 1 else 0.0,
        0.8 * max(shares) if min(len(one.counts), len(other.counts)) > 20 else 0.0,
    )
    if shared < 0.5 and one.kind == other.kind:
        shared = max(shared, 0.5 * _same_range(one, other))
    return shared * (1.0 if one.kind == other.kind else 0.9)


def _shared_frequency(one: ColumnProfile, other: ColumnProfile) -> float:
    if not _may_share(one, other):
        return 0.0
    (first, total), (second, others) = ((side.counts, side.total) for side in (one, other))
    if len(first) > len(second):
        first, total, second, others = second, others, first, total
    both = filter(second.__contains__, first)
    return sum(min(first[value] / total, second[value] / others) for value in both)


def _same_range(one: ColumnProfile, other: ColumnProfile) -> float:
    """The overlap of the middle ranges of two columns of numbers or dates."""
    if one.kind == NUMBER:
        first, second = one.middle, other.middle
        low, high = max(first[0], second[0]), min(first[1], second[1])
        widest = max(first[1], second[1]) - min(first[0], second[0])
        return max(0.0, high - low) / widest if widest else float(first == second)
    if one.kind == DATE:
        return float(one.days[0][:4] <= other.days[1][:4] <= one.days[2][:4]) * 0.6
    return 0.0


def telling(column: ColumnProfile, table: TableProfile) -> float:
    """How much a shared value of this column says, in bits."""
    if not column.counts:
        return 0.0
    return min(-math.log2(column.concentration), math.log2(max(2, table.row_count)))
