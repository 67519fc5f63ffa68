"""What would have to change for the second to win: the smallest change of one weight, and of one level.

Both systems are compared by what is known (an unknown level counts 0). With weights w and levels a of the first, b of
the second, the first leads by D = Σ w·(a − b). Changing one weight by x changes D by x·(a − b), so the lead is gone at
x = −D / (a − b), whatever the other weights are; beyond that the second is ahead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from implement.engine.choice.weighing import HIGHEST_LEVEL

Levels = Mapping[str, int | None]


@dataclass(frozen=True)
class WeightChange:
    """The second is ahead once this weight has passed `tie`; both also as shares of all weights."""

    criterion_id: str
    now: Fraction
    tie: Fraction
    share_now: Fraction
    share_at_tie: Fraction

    @property
    def change(self) -> Fraction:
        """By how much the weight has to change, negative where it has to fall."""
        return self.tie - self.now


@dataclass(frozen=True)
class LevelChange:
    """The second is ahead once it reaches this level in one criterion."""

    criterion_id: str
    now: int
    then: int

    @property
    def steps(self) -> int:
        """How many levels it has to gain."""
        return self.then - self.now


def find_weight_changes(first: Levels, second: Levels, weights: Mapping[str, Fraction]) -> list[WeightChange]:
    """Every change of a single weight that puts the second ahead, the smallest first.

    Weights stay at or above zero: what would have to fall below it does not help. Empty where no weight can do it.
    """
    lead = _lead(first, second, weights)
    total = sum(weights.values(), Fraction(0))
    changes = []
    for criterion_id, now in weights.items():
        gap = _level(first, criterion_id) - _level(second, criterion_id)
        if gap == 0 or lead < 0:
            continue
        tie = now - lead / gap
        if tie > 0 or (tie == 0 and gap < 0):
            share_now = now / total if total else Fraction(0)
            share_at_tie = tie / (total + tie - now) if total + tie - now else Fraction(0)
            changes.append(WeightChange(criterion_id, now, tie, share_now, share_at_tie))
    return sorted(changes, key=lambda one: (abs(one.change), one.criterion_id))


def find_level_changes(first: Levels, second: Levels, weights: Mapping[str, Fraction]) -> list[LevelChange]:
    """Every single level of the second that would put it ahead, the fewest steps first."""
    lead = _lead(first, second, weights)
    changes = []
    for criterion_id, weight in weights.items():
        now = _level(second, criterion_id)
        then = now + int(lead // weight) + 1 if weight else HIGHEST_LEVEL + 1
        if lead >= 0 and then <= HIGHEST_LEVEL:
            changes.append(LevelChange(criterion_id, now, then))
    return sorted(changes, key=lambda one: (one.steps, -weights[one.criterion_id], one.criterion_id))


def _lead(first: Levels, second: Levels, weights: Mapping[str, Fraction]) -> Fraction:
    gaps = (weight * (_level(first, name) - _level(second, name)) for name, weight in weights.items())
    return sum(gaps, Fraction(0))


def _level(levels: Levels, criterion_id: str) -> int:
    return levels.get(criterion_id) or 0
