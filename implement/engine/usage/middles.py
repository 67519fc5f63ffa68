"""The middle score of a group with its likely range: which people happen to be in it, and how sure each score is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20_240_901
DEVIATIONS_OF_A_SIDE = 1.645
"""From the 5th percentile of a normal distribution to its middle."""


@dataclass(frozen=True)
class MiddleSettings:
    """How many draws, and which share of them the range holds."""

    draws: int = 400
    sureness: float = 0.90


DEFAULT_MIDDLE = MiddleSettings()


def likely_middle(
    scores: Sequence[tuple[float, float, float]], settings: MiddleSettings = DEFAULT_MIDDLE
) -> tuple[float, float] | None:
    """From where to where the median of scores (each with its own low and high) likely lies; None without any.

    Draws people anew with replacement and each drawn score from its own range; the seed is fixed, so the same scores
    give the same range.
    """
    if not scores:
        return None
    middles, lows, highs = np.array(sorted(scores), dtype=float).T
    chance = np.random.default_rng(SEED)
    drawn = chance.integers(0, len(middles), (settings.draws, len(middles)))
    spread = ((highs - lows) / 2 / DEVIATIONS_OF_A_SIDE)[drawn]
    values = np.clip(middles[drawn] + chance.standard_normal(drawn.shape) * spread, 0.0, 100.0)
    outside = (1 - settings.sureness) / 2
    low, high = np.quantile(np.median(values, axis=1), (outside, 1 - outside))
    return float(low), float(high)
