"""How far the evidence could be off: seeded draws of each concern, whose sum gives the interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.concerns import Concern, stand_out
from implement.engine.resistance.settings import ResistanceSettings
from implement.engine.usage.posteriors import ends_of, seed_of

Values = npt.NDArray[np.float64]
_NORMAL_OF_LOGIT = 1.702
_LEAST_CHANCE = 1e-6
_PACES = frozenset(("use", "read", "rhythm", "struggle", "drop", "steer"))


_BY_ROLE = frozenset(("use", "read", "rhythm", "narrow", "steer"))


@dataclass(frozen=True)
class Known:
    """What is known of the people besides their events."""

    absences: bool
    roles: bool


@dataclass(frozen=True)
class Spread:
    """What the draws need of every signal, people by signals."""

    logit: Values
    usual: Values
    scale: Values
    z: Values
    content: Values
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
        content = np.array([figure for each in concerns for figure in (each.k, each.n, each.level)]).T
        return cls(
            np.log(chance / (1 - chance)), np.array([each.usual for each in concerns]).T,
            _NORMAL_OF_LOGIT * np.sqrt(weight + weight**2) * np.array(wider),
            np.array([each.z for each in concerns]).T, content, withheld,
        )  # fmt: skip

    def interval(self, row: int, settings: ResistanceSettings) -> tuple[float, float]:
        """Where the sum of z would lie in weeks like these: the low end from what stands out now, the high end from
        everything, withheld signals included.
        """
        chance = np.random.default_rng(seed_of(*self.content[row].tolist()))
        noise = chance.normal(size=(settings.draws, self.logit.shape[1])) * self.scale[row]
        drawn = stand_out(1 / (1 + np.exp(-(self.logit[row] + noise))), self.usual[row])
        unknown = chance.random((settings.draws, max(1, self.withheld)))
        hidden = np.where(unknown < settings.withheld_chance, unknown / settings.withheld_chance, 0.0)
        beyond = hidden.sum(axis=1) if self.withheld else np.zeros(settings.draws)
        low, _ = ends_of(drawn[:, self.z[row] > 0].sum(axis=1), settings.low_quantile, settings.high_quantile)
        _, high = ends_of(drawn.sum(axis=1) + beyond, settings.low_quantile, settings.high_quantile)
        whole = float(self.z[row].sum())
        return min(low, whole), max(high, whole)
