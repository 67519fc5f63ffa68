"""Weigh criteria by requirements and score systems: from what is surely known up to what is still possible."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HIGHEST_LEVEL = 4


@dataclass(frozen=True)
class Part:
    """What one criterion adds: its weight as a share of all, the level (None: not known), and the points 0–1 it adds
    at least and at most.
    """

    criterion_id: str
    weight: Fraction
    level: int | None
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Score:
    """How well a system fits, 0–1: `low` counts only what is known, `high` what is not known at its best."""

    system_id: str
    parts: tuple[Part, ...]

    @property
    def low(self) -> Fraction:
        """What is sure."""
        return sum((part.low for part in self.parts), Fraction(0))

    @property
    def high(self) -> Fraction:
        """What is still possible."""
        return sum((part.high for part in self.parts), Fraction(0))

    @property
    def unknown(self) -> tuple[Part, ...]:
        """The criteria on which nothing is known, the heaviest first."""
        return tuple(sorted((p for p in self.parts if p.level is None and p.weight), key=lambda p: -p.weight))


def weigh_criteria(required: Iterable[tuple[str, int]], own: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The weight of each criterion: the points of the requirements that need it, unless set by hand with a reason.

    `required` names criterion and points of each requirement.
    """
    weights: dict[str, Fraction] = {}
    for criterion_id, points in required:
        weights[criterion_id] = weights.get(criterion_id, Fraction(0)) + points
    return {**weights, **own}


def score_system(system_id: str, levels: Mapping[str, int | None], weights: Mapping[str, Fraction]) -> Score:
    """Add up weight × level of 4 over all weights; without any weight every score is 0."""
    total = sum(weights.values(), Fraction(0))
    parts = []
    for criterion_id, weight in weights.items():
        level = levels.get(criterion_id)
        share = weight / total if total else Fraction(0)
        low = share * (level or 0) / HIGHEST_LEVEL
        high = share if level is None else low
        parts.append(Part(criterion_id, share, level, low, high))
    return Score(system_id, tuple(parts))


def rank_scores(scores: Sequence[Score]) -> list[Score]:
    """The best first: by what is sure, then by what is possible, then by name."""
    return sorted(scores, key=lambda score: (-score.low, -score.high, score.system_id))
