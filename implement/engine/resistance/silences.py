"""Long silences: they are the dormancy's to tell, and say nothing about how work is recorded."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.settings import SilenceSettings
from implement.engine.usage.exposure import Exposure

Marks = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]


def leave_out_silences(exposure: Exposure, settings: SilenceSettings) -> Exposure:
    """The same exposure without the days of silences far longer than the own pace explains.

    Days off lie within a silence like any others, so that a day off added to one takes nothing back.
    """
    weekday = (np.arange(exposure.present.shape[1]) + exposure.first_day.weekday()) % 7
    present, active = exposure.present, exposure.active
    own_days = np.array([present[:, weekday == day].any(axis=1) for day in range(7)]).T
    pace = (present & active).sum(axis=1) / np.maximum(1, present.sum(axis=1))
    quiet = own_days[:, weekday] & ~active
    silent = quiet & (_lengths_of_runs(quiet, active) >= _longest_usual(pace, settings)[:, None])
    kept = exposure.present & ~silent
    return replace(exposure, present=kept, expected=exposure.expected * kept)


def _longest_usual(pace: Values, settings: SilenceSettings) -> Values:
    """The longest run of quiet working days that chance alone would bring now and then."""
    chance = np.log(settings.rare_chance) / np.log(np.clip(1 - pace, 1e-9, 1 - 1e-9))
    return np.where(pace <= 0, 0.0, np.maximum(settings.least_days, chance))


def _lengths_of_runs(quiet: Marks, active: Marks) -> Values:
    """For each day how many quiet days lie between the active days before and after it."""
    run = np.cumsum(active, axis=1) + (np.arange(len(active)) * (active.shape[1] + 1))[:, None]
    lengths: Values = np.bincount(run.ravel(), weights=quiet.ravel(), minlength=1)[run]
    return lengths
