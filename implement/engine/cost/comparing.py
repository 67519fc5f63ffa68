"""Cheap now, dear every month: where the offer that begins cheaper becomes the dearer one (M90)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Crossing:
    """Up to `month` the first offer has cost less, from then on the second; `gap_minor` is the gap at the end."""

    month: int
    gap_minor: int


def find_crossing(cheaper_now: Sequence[int], other: Sequence[int]) -> Crossing | None:
    """The first month, from 1, from which the sums paid so far stay above the other's; None where they never do."""
    above = [mine > theirs for mine, theirs in zip(cheaper_now, other, strict=True)]
    if not above or not above[-1] or above[0]:
        return None
    last_below = max(month for month, is_above in enumerate(above) if not is_above)
    return Crossing(last_below + 2, cheaper_now[-1] - other[-1])
