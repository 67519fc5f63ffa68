"""What the pilot's room keeps, by subject."""

from implement.stages.pilot.tables.changes import ChangeRead, ChangeRequest, TaskConflict
from implement.stages.pilot.tables.support import BookEntry, BookVersion, ScriptUse, SupportQuestion
from implement.stages.pilot.tables.training import Enrolment, FunctionShowing, Lesson, QuizTry
from implement.stages.pilot.tables.values import ValueMessage, ValueTiming
from implement.stages.pilot.tables.waves import SupportPlan, WavePromise

__all__ = [
    "BookEntry",
    "BookVersion",
    "ChangeRead",
    "ChangeRequest",
    "Enrolment",
    "FunctionShowing",
    "Lesson",
    "QuizTry",
    "ScriptUse",
    "SupportPlan",
    "SupportQuestion",
    "TaskConflict",
    "ValueMessage",
    "ValueTiming",
    "WavePromise",
]
