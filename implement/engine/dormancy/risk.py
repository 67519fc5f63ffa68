"""The risk that a person falls silent, without training: own pace of active days, shrunk to the firm's."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from implement.engine.usage.exposure import Exposure

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DormancySettings:
    """How far back days count, how far ahead is asked, and where one band ends."""

    half_life_days: float = 28.0
    ahead_days: int = 28
    weight_of_missed_days: float = 3.0
    least_variance: float = 0.001
    quiet_risk: float = 0.1
    quiet_missed_days: float = 3.0
    at_risk: float = 0.5
    at_risk_missed_days: float = 6.0
    silent_days: int = 28
    silent_present_days: int = 10


DEFAULT_DORMANCY = DormancySettings()


@dataclass(frozen=True)
class SilenceRisk:
    """Per person: P(no active day ahead), the rank value, own pace, working days silent and active days so missed."""

    probability: Values
    rank: Values
    pace: Values
    present_days_silent: Values

    @property
    def chance(self) -> Values:
        """The rank value read as a chance: what was silent so far makes silence ahead likelier than the pace alone."""
        odds = np.exp(np.clip(self.rank, -50, 50))
        chance: Values = odds / (1 + odds)
        return chance

    @property
    def missed_days(self) -> Values:
        """The active days one would have expected since the last one."""
        return self.present_days_silent * self.pace


def measure_silence(exposure: Exposure, settings: DormancySettings = DEFAULT_DORMANCY) -> SilenceRisk:
    """Measure everybody's risk; days on which a person was active count as exposed, whatever the calendar says.

    rank = logit(P) + 3·ln(1 + active days missed). With plain days silent instead of missed ones the rank was worse for
    people who come seldom; with the missed days it stays near the better of recency and recent active days on each log.
    """
    exposed = exposure.present | exposure.active
    weight = 0.5 ** (np.arange(exposed.shape[1])[::-1] / settings.half_life_days)
    seen, could = (exposure.active * weight).sum(axis=1), (exposed * weight).sum(axis=1)
    shape, rate = _firm_prior(seen, could, settings)
    ahead = working_days_ahead(exposure, settings)
    log_risk = (shape + seen) * np.log((rate + could) / (rate + could + ahead))
    logit = log_risk - np.log(-np.expm1(np.minimum(log_risk, -1e-12)))
    pace = (shape + seen) / (rate + could)
    silent = present_days_silent(exposure)
    rank = logit + settings.weight_of_missed_days * np.log1p(silent * pace)
    return SilenceRisk(np.exp(log_risk), rank, pace, silent)


def working_days_ahead(exposure: Exposure, settings: DormancySettings) -> float:
    """The working days in the span ahead, by the firm's usual week."""
    recent = exposure.present[:, exposure.window(settings.ahead_days * 2)]
    share = recent.mean(axis=1)
    usual = float(np.median(share[share > 0])) if (share > 0).any() else 5 / 7
    return usual * settings.ahead_days


def present_days_silent(exposure: Exposure) -> Values:
    """Working days there since the last active one; those never active have been silent since they could begin."""
    size = exposure.present.shape[1]
    after = np.arange(size)[None, :] > last_active_column(exposure)[:, None]
    silent: Values = (exposure.present & after).sum(axis=1).astype(np.float64)
    return silent


def last_active_column(exposure: Exposure) -> npt.NDArray[np.int64]:
    """The column of the last active day; −1 for those never active."""
    size = exposure.active.shape[1]
    return np.where(exposure.active.any(axis=1), size - 1 - np.argmax(exposure.active[:, ::-1], axis=1), -1)


def _firm_prior(seen: Values, could: Values, settings: DormancySettings) -> tuple[float, float]:
    """Gamma prior of the firm's share of active days, from its mean and variance over people."""
    share = seen[could > 0] / could[could > 0]
    if len(share) == 0 or share.mean() == 0:
        return 1.0, 1.0
    mean, variance = float(share.mean()), max(float(share.var()), settings.least_variance)
    return mean**2 / variance, mean / variance
