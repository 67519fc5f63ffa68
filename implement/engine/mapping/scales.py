"""Numbers that one side counts in a unit ten, a hundred or a thousand times as large: cents and euros."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

LEAST_SHARE = 0.6
LEAST_ROWS = 5
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


def same_scale(written: Sequence[str], found: Sequence[str]) -> float:
    """The share of filled pairs that differ by one power of ten alone."""
    return find_shift(written, found)[1]


def shifted(number: str, power: int) -> str:
    """A canonical number times a power of ten, canonical again."""
    value = _number(number)
    return f"{(value * Decimal(10) ** power).normalize():f}" if value else number


@lru_cache(maxsize=30_000)
def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
