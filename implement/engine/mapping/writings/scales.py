"""Numbers that one side counts in a unit ten, a hundred or a thousand times as large: cents and euros."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from implement.engine.mapping.writings.remembered import CELLS_REMEMBERED

LEAST_SHARE = 0.6
LEAST_ROWS = 5
LEAST_GAIN = 0.5
"""So much more of two columns must be shared in another unit, where no rows are matched."""
LEAST_NUMBERS = 3
_SHIFTS = {Decimal(10) ** power: power for power in (-3, -2, -1, 1, 2, 3)}


def find_shift(written: Sequence[str], found: Sequence[str]) -> tuple[int, float]:
    """By which power of ten most of the first numbers become the second, and the share of those; 0 where none does."""
    pairs = [(a, b) for one, other in zip(written, found, strict=True) if (a := _number(one)) and (b := _number(other))]
    if len(pairs) < LEAST_ROWS:
        return 0, 0.0
    shifts = Counter(_SHIFTS.get(other / one) for one, other in pairs)
    shift, times = max(shifts.items(), key=lambda entry: (entry[1], entry[0] or 0))
    share = times / len(pairs)
    return (shift, share) if shift is not None and share >= LEAST_SHARE else (0, 0.0)


def find_shift_of_all(first: Mapping[str, int], second: Mapping[str, int]) -> int:
    """The power of ten by which the numbers of one column become those of another, equally often; 0 where none does."""
    one, other = (
        {n: times for text, times in side.items() if (n := _number(text)) is not None and n} for side in (first, second)
    )
    if min(len(one), len(other)) < LEAST_NUMBERS:
        return 0
    shared = {power: _shared({n * unit: times for n, times in one.items()}, other) for unit, power in _SHIFTS.items()}
    best = max(shared, key=lambda power: (shared[power], power))
    return best if shared[best] >= LEAST_SHARE and shared[best] >= LEAST_GAIN + _shared(one, other) else 0


def _shared(one: Mapping[Decimal, int], other: Mapping[Decimal, int]) -> float:
    total, others = sum(one.values()), sum(other.values())
    return sum(min(times / total, other.get(number, 0) / others) for number, times in one.items())


def same_scale(written: Sequence[str], found: Sequence[str]) -> float:
    """The share of filled pairs that differ by one power of ten alone."""
    return find_shift(written, found)[1]


def shifted(number: str, power: int) -> str:
    """A canonical number times a power of ten, canonical again."""
    value = _number(number)
    return f"{(value * Decimal(10) ** power).normalize():f}" if value else number


@lru_cache(maxsize=CELLS_REMEMBERED)
def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
