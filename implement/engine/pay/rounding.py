"""Money meets whole minor units once: how an exact amount is rounded, and how its parts add up to it."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from math import lcm


class Rounding(StrEnum):
    """What becomes of exactly half a minor unit; a regulation fixes one of them."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


def round_amount(amount: Fraction, rounding: Rounding) -> int:
    """The nearest whole number to an amount that is not negative."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    if 2 * rest == amount.denominator:
        return whole + (1 if rounding is Rounding.HALF_UP else whole % 2)
    return whole + (2 * rest > amount.denominator)


def share_out(amount: Fraction, rounded: int, shares: Sequence[int]) -> list[int]:
    """Whole parts of a rounded amount in proportion to `shares`, by largest remainder; they add up to `rounded`.

    Each part is `amount` · share / all shares, cut down; what is then left goes, one each, to the parts that lost most,
    among equals to the earlier. Without any share every part is 0.
    """
    whole = sum(shares) * amount.denominator
    if whole == 0:
        return [0] * len(shares)
    cut = [divmod(amount.numerator * share, whole) for share in shares]
    parts = [part for part, _ in cut]
    by_loss = sorted(range(len(cut)), key=lambda place: -cut[place][1])
    for place in by_loss[: rounded - sum(parts)]:
        parts[place] += 1
    return parts


def over_one_denominator(numbers: Sequence[Fraction]) -> tuple[list[int], int]:
    """The numerators of numbers over their least common denominator, and that denominator."""
    whole = lcm(*[number.denominator for number in numbers])
    return [number.numerator * (whole // number.denominator) for number in numbers], whole
