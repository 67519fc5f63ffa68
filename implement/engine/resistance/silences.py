"""Long silences: they are the dormancy's to tell, and say nothing about how work is recorded."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from implement.engine.resistance.settings import SilenceSettings
from implement.engine.usage.exposure import Exposure

Marks = npt.NDArray[np.bool_]


def leave_out_silences(exposure: Exposure, settings: SilenceSettings) -> Exposure:
    """The same exposure without the days of silences far longer than the own pace explains.

    Days off lie within a silence like any others, so that a day off added to one takes nothing back.
    """
    weekday = (np.arange(exposure.present.shape[1]) + exposure.first_day.weekday()) % 7
    silent = np.zeros_like(exposure.present)
    for row in range(len(exposure.people)):
        present, active = exposure.present[row], exposure.active[row]
        works = np.isin(weekday, np.unique(weekday[present]))
        columns = np.flatnonzero(works | active)
        pace = (present & active).sum() / max(1, int(present.sum()))
        silent[row, columns[_long_runs(~active[columns], _longest_usual(float(pace), settings))]] = True
    kept = exposure.present & ~silent
    return replace(exposure, present=kept, expected=exposure.expected * kept)


def _longest_usual(pace: float, settings: SilenceSettings) -> float:
    """The longest run of quiet working days that chance alone would bring now and then."""
    if pace <= 0:
        return 0.0
    chance = float(np.log(settings.rare_chance) / np.log(max(1 - pace, 1e-9)))
    return max(settings.least_days, chance)


def _long_runs(quiet: Marks, longest: float) -> Marks:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    found = np.zeros_like(quiet)
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= longest:
            found[start:end] = True
    return found
