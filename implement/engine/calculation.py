"""Money a year as a product of named figures, so that somebody else comes to the same amount."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class NamedFigure:
    """One factor of a calculation: what it counts, and its value; a share is 0–1 and shown in per cent."""

    label: str
    value: Fraction
    is_share: bool = False


def multiply(figures: Sequence[NamedFigure]) -> Fraction | None:
    """What the figures come to; None without any, for nothing times nothing is not known, it is not zero."""
    if not figures:
        return None
    product = Fraction(1)
    for one in figures:
        product *= one.value
    return product
