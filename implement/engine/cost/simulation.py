"""The total as a range people can plan with: seeded trials in which each figure falls somewhere in its range.

Method: every figure is drawn from a triangular distribution between low and high with its peak at likely, the same
number of seats or hours for every part that uses it; parts are multiplied and added up, trial by trial. Given are the
values below which 10, 50 and 90 of 100 trials lie. Simply adding all lows and all highs would state a range so wide
that it never happens; adding only likely figures hides that costs run over more often than under.
"""

from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from implement.engine.cost.model import Model
from implement.engine.cost.ranges import Range
from implement.engine.cost.totals import RISE, Figures, lay_out, missing_factors

Draws = NDArray[np.float64]


@dataclass(frozen=True)
class SimulationSettings:
    """How many trials, from which seed, over how many months, and between which shares of trials the range lies."""

    trials: int = 4_000
    seed: int = 20_240
    months: int = 36
    low_share: float = 0.1
    high_share: float = 0.9


@dataclass(frozen=True)
class Spread:
    """A range of minor units in which eight of ten trials lie, and the middle one."""

    low_minor: int
    middle_minor: int
    high_minor: int


@dataclass(frozen=True)
class Trial:
    """All trials of one offer: `by_month[trial, month]` in minor units; `spread` of the total over all months."""

    by_month: Draws = field(repr=False)
    spread: Spread
    middle_by_month: tuple[int, ...]


def simulate(model: Model, figures: Figures, settings: SimulationSettings) -> Trial:
    """Try the cost of an offer many times; parts with missing figures are left out.

    A figure has the same draws in every offer that shares it, so that offers differ only where they differ.
    """
    drawn = {name: draw(name, one, settings) for name, one in figures.items()}
    by_month = np.zeros((settings.trials, settings.months))
    still = np.zeros(settings.trials)
    for part in model.parts:
        if missing_factors(part, figures):
            continue
        amount = np.ones(settings.trials)
        for name in part.factors:
            amount = amount * drawn[name]
        rise = drawn.get(RISE, still) if part.rises else still
        for month, year in lay_out(part, settings.months):
            by_month[:, month - 1] += amount * (1 + rise) ** year
    middle = np.median(np.cumsum(by_month, axis=1), axis=0)
    return Trial(by_month, spread(by_month.sum(axis=1), settings), tuple(round(float(one)) for one in middle))


def draw(name: str, one: Range, settings: SimulationSettings) -> Draws:
    """The trials of one figure; the same name and seed give the same draws."""
    chance = np.random.default_rng([settings.seed, crc32(name.encode())])
    position = chance.random(settings.trials)
    low, likely, high = float(one.low), float(one.likely), float(one.high)
    if high == low:
        return np.full(settings.trials, low)
    peak = (likely - low) / (high - low)
    rising = low + np.sqrt(position * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - position) * (high - low) * (high - likely))
    return np.where(position < peak, rising, falling)


def spread(totals: Draws, settings: SimulationSettings) -> Spread:
    """The range of trials, in whole minor units."""
    low, middle, high = np.quantile(totals, [settings.low_share, 0.5, settings.high_share])
    return Spread(round(float(low)), round(float(middle)), round(float(high)))
