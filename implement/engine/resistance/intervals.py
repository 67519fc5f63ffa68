"""How far the evidence could be off: each concern moved in even steps, whose sums give the interval.

The steps are the same for everybody and go through each signal's whole distribution, shuffled against those of the
other signals (a Latin hypercube): a hundred tell as much as thousands of single draws, and nobody's depend on others'.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.concerns import Concern, stand_out
from implement.engine.resistance.settings import ResistanceSettings

Values = npt.NDArray[np.float64]
_NORMAL_OF_LOGIT = 1.702
_LEAST_CHANCE = 1e-6
_PACES = frozenset(("use", "read", "rhythm", "struggle", "drop", "steer"))
_BY_ROLE = frozenset(("use", "read", "rhythm", "narrow", "steer"))
_SEED = 20_250_601


@dataclass(frozen=True)
class Known:
    """What is known of the people besides their events."""

    absences: bool
    roles: bool


@dataclass(frozen=True)
class Spread:
    """What the steps need of every signal, people by signals."""

    logit: Values
    usual: Values
    scale: Values
    z: Values
    withheld: int

    @classmethod
    def lay_out(
        cls, concerns: Sequence[Concern], withheld: int, known: Known, settings: ResistanceSettings
    ) -> "Spread":
        """Put the signals side by side; what rests on absences or roles that are not known is less sure."""
        chance = np.clip(np.array([each.concern for each in concerns]).T, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
        weight = np.array([each.weight for each in concerns]).T
        wider = [
            (1.0 if known.absences or each.name not in _PACES else settings.spread_without_absences)
            * (1.0 if known.roles or each.name not in _BY_ROLE else settings.spread_without_roles)
            for each in concerns
        ]
        return cls(
            np.log(chance / (1 - chance)), np.array([each.usual for each in concerns]).T,
            _NORMAL_OF_LOGIT * np.sqrt(weight + weight**2) * np.array(wider),
            np.array([each.z for each in concerns]).T, withheld,
        )  # fmt: skip

    def intervals(self, settings: ResistanceSettings) -> tuple[Values, Values]:
        """Where everybody's sum of z would lie in weeks like these: the low end from what stands out now, the high end
        from everything, withheld signals included.
        """
        size, signals = self.z.shape
        steps = shuffled_steps(settings.draws, signals + self.withheld)
        everything, now = (np.zeros((size, settings.draws)) for _ in range(2))
        for column in range(signals):
            rows, drawn = self._move(column, np.array([NormalDist().inv_cdf(step) for step in steps[column]]))
            everything[rows] += drawn
            now[rows] += drawn * (self.z[rows, column] > 0)[:, None]
        for unknown in steps[signals:]:
            everything += np.where(unknown < settings.withheld_chance, unknown / settings.withheld_chance, 0.0)
        whole = self.z.sum(axis=1)
        low = np.quantile(now, settings.low_quantile, axis=1, method="hazen")
        high = np.quantile(everything, settings.high_quantile, axis=1, method="hazen")
        return np.minimum(low, whole), np.maximum(high, whole)

    def _move(self, column: int, noise: Values) -> tuple[npt.NDArray[np.intp], Values]:
        """One signal's z at every step, for those whom any step lets stand out."""
        logit, usual, scale = (each[:, column] for each in (self.logit, self.usual, self.scale))
        rows = np.flatnonzero(logit + noise.max() * scale > np.log(usual / (1 - usual)))
        moved = logit[rows, None] + noise * scale[rows, None]
        return rows, stand_out(1 / (1 + np.exp(-moved)), usual[rows, None])


@lru_cache(maxsize=64)
def shuffled_steps(count: int, signals: int) -> Values:
    """So many even steps from 0 to 1 for each signal, each signal's in an order of its own; always the same."""
    even = np.tile((np.arange(count) + 0.5) / count, (signals, 1))
    return np.random.default_rng(_SEED).permuted(even, axis=1)
