"""How likely a habit is worse than the peers' by the margin, and how far that stands out in the firm."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.peers import measure_levels, measure_strengths, median_of_others
from implement.engine.resistance.settings import ResistanceSettings
from implement.engine.resistance.signals import Counted, Signal
from implement.engine.usage.posteriors import beta_cdf, gamma_cdf

Values = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Concern:
    """One signal for everybody: k of n, the peers' level, how likely it is worse, how far that stands out (z).

    `weight` is the share of the evidence in the posterior, from 0 (only the prior) to 1.
    """

    name: str
    k: Values
    n: Values
    level: Values
    concern: Values
    z: Values
    usual: Values
    weight: Values
    first_days: tuple[date, ...]


def judge_signal(
    counted: Counted, seen: Marks, judged: Marks, roles: npt.NDArray[np.str_], settings: ResistanceSettings
) -> Concern:
    """Weigh one signal for everybody against the others of their role."""
    level = measure_levels(counted, seen, roles, settings.peers)
    strength = measure_strengths(counted, seen, settings.peers)
    if counted.share_of_days is not None:
        level = _as_their_days(level, counted.share_of_days, settings.peers.least_share)
    is_told = judged & (counted.n > 0) & ~np.isnan(level) & (level > 0)
    safe = np.where(is_told, level, 0.5)
    nothing = np.zeros_like(counted.k)
    chance = _chance_worse(counted.signal, counted.k, counted.n, safe, strength, settings)
    at_first = _chance_worse(counted.signal, nothing, nothing, safe, strength, settings)
    usual = np.maximum(usual_concern(chance, is_told, settings), at_first)
    z = np.where(is_told, stand_out(chance, usual), 0.0)
    return Concern(
        counted.signal.name, counted.k, np.where(is_told, counted.n, 0.0), safe, np.where(is_told, chance, 0.0), z,
        usual, _share_of_evidence(counted, safe, strength, settings), (counted.first_day,) * len(z),
    )  # fmt: skip


def usual_concern(chance: Values, is_told: Marks, settings: ResistanceSettings) -> Values:
    """What is usual in the firm: the median of the others, never below the least."""
    middle = np.nan_to_num(median_of_others(np.where(is_told, chance, np.nan), is_told))
    return np.maximum(settings.least_common_concern, middle)


def stand_out(chance: Values, usual: Values) -> Values:
    """How far a concern stands out from what is usual: z between 0 and 1."""
    found: Values = np.clip((chance - usual) / np.maximum(1e-9, 1 - usual), 0.0, 1.0)
    return found


def _chance_worse(
    signal: Signal, k: Values, n: Values, level: Values, strength: Values, settings: ResistanceSettings
) -> Values:
    k, n = k / signal.divisor, n / signal.divisor
    if signal.is_pace:
        shape, rate = settings.count_prior + k, settings.count_prior / level + n
        if signal.is_worse_low:
            return gamma_cdf(settings.low_pace_factor * level, shape, rate)
        return 1 - gamma_cdf(settings.high_pace_factor * level, shape, rate)
    a, b = level * strength + k, (1 - level) * strength + n - k
    if signal.is_worse_low:
        return beta_cdf(level - signal.margin, a, b)
    return 1 - beta_cdf(level + signal.margin, a, b)


def _share_of_evidence(counted: Counted, level: Values, strength: Values, settings: ResistanceSettings) -> Values:
    n = counted.n / counted.signal.divisor
    prior = settings.count_prior / level if counted.signal.is_pace else strength
    return n / (n + prior)


def _as_their_days(level: Values, share_of_days: Values, least: float) -> Values:
    """Move a level by what a person's own days explain, in odds against what is usual."""
    share = np.clip(share_of_days, least, 1 - least)
    usual = float(np.nanmedian(share)) if (~np.isnan(share)).any() else 0.5
    odds = level / (1 - level) * share / (1 - share) * (1 - usual) / usual
    return np.where(np.isnan(share), level, odds / (1 + odds))
