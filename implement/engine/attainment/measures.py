"""Attainment: the actual as a share of the target; 1 is the whole target."""

from fractions import Fraction


def measure_attainment(actual: Fraction, target: Fraction) -> Fraction:
    """The share of the target that was reached; the target is above 0."""
    return Fraction(actual, target)


def measure_lower_is_better(actual: Fraction, target: Fraction) -> Fraction:
    """Attainment where less is better: 1 on the target, more below it, never less than 0."""
    return max(Fraction(0), 2 - Fraction(actual, target))
