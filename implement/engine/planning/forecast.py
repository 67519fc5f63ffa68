"""When the plan will likely end, from how long its finished steps took.

Method: the pace of a step is its real over its planned duration. The logarithm of the pace is taken as normal, with one
mean for the whole rollout and a spread from step to step. What is known of both before anything is finished (mean: as
planned, spread: a third) counts like `prior_steps` finished steps and is corrected by the finished ones (a conjugate
normal-inverse-gamma model). Then the open steps are tried many times: a mean and a spread are drawn from what is known,
a pace for each step, running steps keep what they have done, steps wait for each other as planned. Given are the days
before which the plan ends in 10, 50 and 90 of 100 trials. So few finished steps give a wide range, many a narrow one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from implement.engine.planning.schedule import Step, lay_out_steps, sort_steps

Draws = NDArray[np.float64]


@dataclass(frozen=True)
class ForecastSettings:
    """What is believed before the first step is finished, how many trials from which seed, and the range given."""

    prior_steps: float = 4.0
    prior_spread: float = 0.33
    trials: int = 2_000
    seed: int = 61_106
    low_share: float = 0.1
    high_share: float = 0.9


@dataclass(frozen=True)
class Progress:
    """What has become of a step, in working days from the start: when it began, when it was over (None: it runs), and
    which share of it is done.
    """

    first: int
    end: int | None
    done_share: float


@dataclass(frozen=True)
class Forecast:
    """The end in working days from the start (the offset of the day after the last): planned, and likely from–to.

    `pace` is the middle pace of the finished steps (1: as planned), `n` how many there are.
    """

    planned: int
    low: int
    middle: int
    high: int
    pace: float
    n: int


def forecast_end(
    steps: Sequence[Step], progress: Mapping[str, Progress], today: int, settings: ForecastSettings
) -> Forecast:
    """Forecast the end; `today` is the offset of today, before which nothing open can be over."""
    planned = max((one.end for one in lay_out_steps(steps).values()), default=0)
    paces = [
        log(max(done.end - done.first, 0.5) / step.days)
        for step in steps
        if step.days and (done := progress.get(step.id)) is not None and done.end is not None
    ]
    ends = _try_steps(steps, progress, today, _draw_paces(paces, len(steps), settings))
    low, middle, high = np.quantile(ends, [settings.low_share, 0.5, settings.high_share])
    pace = exp(float(np.median(paces))) if paces else 1.0
    low_day, middle_day, high_day = (int(np.ceil(one - 1e-9)) for one in (low, middle, high))
    return Forecast(planned, low_day, middle_day, high_day, pace, len(paces))


def _draw_paces(paces: Sequence[float], count: int, settings: ForecastSettings) -> Draws:
    """The pace of each step in each trial, `[step, trial]`."""
    chance = np.random.default_rng(settings.seed)
    prior, n = settings.prior_steps, len(paces)
    mean = float(np.mean(paces)) if n else 0.0
    strength, middle = prior + n, n * mean / (prior + n)
    squares = sum((pace - mean) ** 2 for pace in paces)
    shape = (prior + n) / 2
    scale = (prior * settings.prior_spread**2 + squares + prior * n * mean**2 / strength) / 2
    variance = scale / chance.gamma(shape, 1.0, settings.trials)
    means = middle + np.sqrt(variance / strength) * chance.standard_normal(settings.trials)
    return np.exp(means + np.sqrt(variance) * chance.standard_normal((count, settings.trials)))


def _try_steps(steps: Sequence[Step], progress: Mapping[str, Progress], today: int, paces: Draws) -> Draws:
    """The end of the plan in each trial."""
    still = np.zeros(paces.shape[1])
    ends: dict[str, Draws] = {}
    for number, step in enumerate(sort_steps(steps)):
        done = progress.get(step.id)
        if done is not None and done.end is not None:
            ends[step.id] = np.full_like(still, done.end)
            continue
        begin = still + today
        for before in step.after:
            begin = np.maximum(begin, ends[before])
        left = 1.0 if done is None else 1.0 - done.done_share
        ends[step.id] = begin + step.days * paces[number] * left
    return np.max(np.stack(list(ends.values())), axis=0) if ends else still
