"""Dormancy: who falls silent in the next four weeks."""

from implement.engine.dormancy.bands import BANDS, Dormancy, judge_dormancy
from implement.engine.dormancy.risk import DEFAULT_DORMANCY, DormancySettings, SilenceRisk, measure_silence

__all__ = [
    "BANDS",
    "DEFAULT_DORMANCY",
    "Dormancy",
    "DormancySettings",
    "SilenceRisk",
    "judge_dormancy",
    "measure_silence",
]
