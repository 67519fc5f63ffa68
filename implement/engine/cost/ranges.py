"""Figures that are not known exactly: low, likely, high."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


class UnsoundRange(ValueError):
    """Low, likely and high do not stand in this order, or are below zero."""


@dataclass(frozen=True)
class Range:
    """A figure as low, likely and high; a point where all three are the same."""

    low: Fraction
    likely: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.likely <= self.high:
            raise UnsoundRange

    @property
    def mean(self) -> Fraction:
        """The mean of a triangular distribution over the range: (low + likely + high) / 3."""
        return (self.low + self.likely + self.high) / 3

    @property
    def variance(self) -> Fraction:
        """The variance of a triangular distribution over the range."""
        low, likely, high = self.low, self.likely, self.high
        return (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18


def multiply(ranges: Iterable[Range]) -> Range:
    """The product, all factors at their low, at their likely, at their high."""
    product = Range(Fraction(1), Fraction(1), Fraction(1))
    for one in ranges:
        product = Range(product.low * one.low, product.likely * one.likely, product.high * one.high)
    return product


def combine(ranges: Iterable[Range]) -> Range:
    """The sum if everything turned out low, likely, or high at once: the outermost that can happen."""
    every = list(ranges)
    low, likely, high = (sum((getattr(one, end) for one in every), Fraction(0)) for end in ("low", "likely", "high"))
    return Range(low, likely, high)
