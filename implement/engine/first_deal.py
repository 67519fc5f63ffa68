"""How long people take from their account to the first complete deal, with those who are not there yet (M108).

The curve is that of Kaplan and Meier (1958); its limits are those of Brookmeyer and Crowley (1982) on the log-log scale
with Greenwood's variance, so that whoever still learns is neither left out nor counted as fast.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from implement.engine.suppression import LEAST_PEOPLE


@dataclass(frozen=True)
class FirstDealSettings:
    """The norm of one month (M108), the normal quantile of the limits, and how many people must stand behind it."""

    norm_days: int = 30
    quantile: float = 1.96
    least_people: int = LEAST_PEOPLE


@dataclass(frozen=True)
class Waited:
    """Days from the account to the first complete deal; to today where there is none yet."""

    days: int
    is_done: bool


@dataclass(frozen=True)
class FirstDeal:
    """The median in days with its limits (None: not reached yet), and the share done within the norm with its own."""

    people: int
    done: int
    median: int | None
    low: int | None
    high: int | None
    within_norm: float
    within_low: float
    within_high: float


@dataclass(frozen=True)
class _Step:
    days: int
    open_share: float
    low: float
    high: float


def measure_first_deals(rows: Sequence[Waited], settings: FirstDealSettings | None = None) -> FirstDeal | None:
    """The typical time and the share within the norm; None where too few people stand behind it."""
    settings = settings or FirstDealSettings()
    if len(rows) < settings.least_people:
        return None
    steps = _follow(rows, settings.quantile)
    at_norm = [one for one in steps if one.days <= settings.norm_days]
    last = at_norm[-1] if at_norm else _Step(0, 1.0, 1.0, 1.0)
    return FirstDeal(
        people=len(rows),
        done=sum(one.is_done for one in rows),
        median=_first_at_half([(one.days, one.open_share) for one in steps]),
        low=_first_at_half([(one.days, one.low) for one in steps]),
        high=_first_at_half([(one.days, one.high) for one in steps]),
        within_norm=1 - last.open_share,
        within_low=1 - last.high,
        within_high=1 - last.low,
    )


def _follow(rows: Sequence[Waited], quantile: float) -> list[_Step]:
    """The share of people who are still without a deal, after each day on which somebody had the first."""
    ended = Counter(one.days for one in rows if one.is_done)
    steps, share, variance = [], 1.0, 0.0
    for days in sorted(ended):
        at_risk, done = sum(one.days >= days for one in rows), ended[days]
        share *= 1 - done / at_risk
        variance += done / (at_risk * (at_risk - done)) if at_risk > done else 0.0
        steps.append(_Step(days, share, *_limits(share, variance, quantile)))
    return steps


def _limits(share: float, variance: float, quantile: float) -> tuple[float, float]:
    """The limits of a share that is open, on the log-log scale; an exhausted curve has none but itself."""
    if not 0 < share < 1:
        return share, share
    width = quantile * sqrt(variance) / log(share)
    low, high = sorted((share ** exp(width), share ** exp(-width)))
    return low, high


def _first_at_half(curve: Sequence[tuple[int, float]]) -> int | None:
    return next((days for days, share in curve if share <= 1 / 2), None)
