"""What meetings change: the days from giving a task to doing it, before the first meeting and since (M121).

Lead times are lopsided, so middles are compared: the shift is the median of all differences between one task after and
one before (Hodges and Lehmann 1963), its interval that of the rank-sum test by the normal approximation (Lehmann,
Nonparametrics, 1975, chapter 2). A task still open counts with its age, which it will at least reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt
from statistics import NormalDist, median


@dataclass(frozen=True)
class EffectSettings:
    """How many tasks a side needs, at most takes, and how sure the interval is."""

    least_tasks: int = 8
    most_tasks: int = 400
    sureness: float = 0.90


DEFAULT_EFFECT = EffectSettings()


@dataclass(frozen=True)
class LeadTimeEffect:
    """Middle days before and after, and the shift with its interval; without figures one side has too few tasks."""

    tasks_before: int
    tasks_after: int
    before: float | None = None
    after: float | None = None
    shift: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_clear(self) -> bool:
        """True when the interval does not hold "no change"."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def compare_lead_times(
    before: Sequence[float], after: Sequence[float], settings: EffectSettings = DEFAULT_EFFECT
) -> LeadTimeEffect:
    """Compare days per task, each side in the order of time; of very many the latest before and the first after."""
    old, new = before[-settings.most_tasks :], after[: settings.most_tasks]
    if min(len(old), len(new)) < settings.least_tasks:
        return LeadTimeEffect(len(old), len(new))
    differences = sorted(late - early for late in new for early in old)
    count = len(differences)
    spread = sqrt(count * (len(old) + len(new) + 1) / 12)
    quantile = NormalDist().inv_cdf((1 + settings.sureness) / 2)
    place = max(floor(count / 2 - quantile * spread), 0)
    return LeadTimeEffect(
        len(old), len(new), median(old), median(new), median(differences), differences[place],
        differences[count - 1 - place],
    )  # fmt: skip
