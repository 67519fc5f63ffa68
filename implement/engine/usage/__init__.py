"""Usage: who works in the CRM, measured against what could be expected of them."""

from implement.engine.usage.attribution import Exclusion, find_exclusions
from implement.engine.usage.coding import CodedLog, code_log
from implement.engine.usage.days import UserDays, add_user_days, merge_user_days, roll_up
from implement.engine.usage.exposure import Exposure, measure_exposure
from implement.engine.usage.rows import RowsBehind
from implement.engine.usage.scores import Part, UsageScore, score_usage
from implement.engine.usage.settings import DEFAULT_SETTINGS, UsageSettings, UsageWeights
from implement.engine.usage.weekly import WeeklyUse, weekly_use, weekly_use_of_teams

__all__ = [
    "DEFAULT_SETTINGS",
    "CodedLog",
    "Exclusion",
    "Exposure",
    "Part",
    "RowsBehind",
    "UsageScore",
    "UsageSettings",
    "UsageWeights",
    "UserDays",
    "WeeklyUse",
    "add_user_days",
    "code_log",
    "find_exclusions",
    "measure_exposure",
    "merge_user_days",
    "roll_up",
    "score_usage",
    "weekly_use",
    "weekly_use_of_teams",
]
