"""Resistance: what in the way work is recorded stands out, signal by signal; never one number with use."""

from implement.engine.resistance.habits import NO_HABITS, Habits, count_habits
from implement.engine.resistance.judging import ALL_SIGNALS, NOT_JUDGED, Evidence, Reason, Resistance, judge_resistance
from implement.engine.resistance.kinds import KIND_SIGNALS, Fit
from implement.engine.resistance.settings import DEFAULT_RESISTANCE, ResistanceSettings

__all__ = [
    "ALL_SIGNALS",
    "DEFAULT_RESISTANCE",
    "KIND_SIGNALS",
    "NOT_JUDGED",
    "NO_HABITS",
    "Evidence",
    "Fit",
    "Habits",
    "Reason",
    "Resistance",
    "ResistanceSettings",
    "count_habits",
    "judge_resistance",
]
