"""Has a pace fallen: the last weeks against the own earlier ones, and against what the whole firm did meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.settings import TrendSettings
from implement.engine.usage.days import UserDays
from implement.engine.usage.exposure import Exposure, count_by_day
from implement.engine.usage.posteriors import beta_cdf

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Trends:
    """Per person the likeliest change point: how likely the pace has halved since, and records and days after it.

    `k` of `expected` is what was recorded since that day, `earlier` the own pace before it. `lost` is how likely the
    pace is lower since a change point near a vain search for a lost record.
    """

    concern: Values
    column: npt.NDArray[np.intp]
    k: Values
    expected: Values
    earlier: Values
    lost: Values


def measure_trends(
    user_days: UserDays, exposure: Exposure, lost_searches: Mapping[str, tuple[date, ...]], settings: TrendSettings
) -> Trends | None:
    """Try change points week by week, all with the last four weeks after them; None where the log is too short.

    As every stretch after a change point holds all of the last four weeks, leave in them can only ease the concern.
    """
    size = exposure.present.shape[1]
    points = [size - days for days in range(settings.recent_days, settings.earliest_days + 1, settings.step_days)]
    points = [point for point in points if point >= settings.recent_days]
    if not points:
        return None
    records = count_by_day(user_days, "records", exposure.people, exposure.first_day, size)
    stretches = [_Stretch.split(records, exposure, point, settings) for point in points]
    concerns = np.array([each.chance_below(settings.fallen_to, settings) for each in stretches])
    best = np.argmax(concerns, axis=0)
    lower = np.array([each.chance_below(settings.lower_than, settings) for each in stretches])
    near = _near_searches(exposure, lost_searches, points, settings)
    columns = np.arange(len(exposure.people))
    k, expected, pace = (
        np.array([getattr(each, name) for each in stretches])[best, columns] for name in ("k", "expected", "pace")
    )
    lost = np.where(near, lower, 0.0).max(axis=0)
    return Trends(concerns[best, columns], np.array(points, np.intp)[best], k, expected, pace, lost)


@dataclass(frozen=True)
class _Stretch:
    """Everybody's records after a change point against those before it; `movement` is the firm's own ratio."""

    k: Values
    expected: Values
    earlier_k: Values
    earlier_expected: Values
    is_long: npt.NDArray[np.bool_]
    movement: float

    @classmethod
    def split(cls, records: Values, exposure: Exposure, point: int, settings: TrendSettings) -> "_Stretch":
        k, earlier_k = records[:, point:].sum(axis=1), records[:, :point].sum(axis=1)
        expected, earlier = exposure.expected[:, point:].sum(axis=1), exposure.expected[:, :point].sum(axis=1)
        days = np.minimum(exposure.present[:, point:].sum(axis=1), exposure.present[:, :point].sum(axis=1))
        is_long = (days >= settings.least_present_days) & (earlier_k > 0) & (earlier > 0) & (expected > 0)
        ratio = (k / np.maximum(expected, 1e-9))[is_long] / (earlier_k / np.maximum(earlier, 1e-9))[is_long]
        movement = float(np.median(ratio)) if len(ratio) else 1.0
        return cls(k, expected, earlier_k, earlier, is_long, max(movement, 0.05))

    @property
    def pace(self) -> Values:
        """The own earlier pace, moved as the firm has moved."""
        return self.movement * self.earlier_k / np.maximum(self.earlier_expected, 1e-9)

    def chance_below(self, factor: float, settings: TrendSettings) -> Values:
        """P(pace after / pace before < factor), the firm's movement taken out; counts are divided as they cluster."""
        whole = (self.k + self.earlier_k) / np.maximum(self.expected + self.earlier_expected, 1e-9)
        prior = settings.prior_events / np.maximum(whole, 1e-9)
        shape, rate = settings.prior_events + self.k / settings.dispersion, prior + self.expected / settings.dispersion
        earlier_shape = settings.prior_events + self.earlier_k / settings.dispersion
        earlier_rate = prior + self.earlier_expected / settings.dispersion
        odds = factor * self.movement * rate / np.maximum(earlier_rate, 1e-9)
        return np.where(self.is_long, beta_cdf(odds / (1 + odds), shape, earlier_shape), 0.0)


def _near_searches(
    exposure: Exposure, lost_searches: Mapping[str, tuple[date, ...]], points: list[int], settings: TrendSettings
) -> npt.NDArray[np.bool_]:
    """Which change points lie near a vain search for a lost record, points by people."""
    near = np.zeros((len(points), len(exposure.people)), bool)
    for row, person in enumerate(exposure.people):
        columns = np.array([(day - exposure.first_day).days for day in lost_searches.get(person.user, ())])
        if len(columns):
            near[:, row] = (np.abs(np.array(points)[:, None] - columns) <= settings.search_days).any(axis=1)
    return near
