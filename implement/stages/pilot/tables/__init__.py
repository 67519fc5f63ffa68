"""What the pilot's room keeps, by subject."""

from implement.stages.pilot.tables.chains import (
    OpenHours,
    OrderChain,
    OrderClock,
    OrderFollowing,
    OrderStep,
    Rehearsal,
)
from implement.stages.pilot.tables.changes import ChangeRead, ChangeRequest, TaskConflict
from implement.stages.pilot.tables.exits import ExitReport
from implement.stages.pilot.tables.support import BookEntry, BookVersion, ScriptUse, SupportPerson, SupportQuestion
from implement.stages.pilot.tables.tests import Defect, Scenario, Trial
from implement.stages.pilot.tables.training import Enrolment, FunctionShowing, Lesson, QuizTry
from implement.stages.pilot.tables.values import ValueMessage, ValueTiming
from implement.stages.pilot.tables.waves import SupportPlan, WavePromise

__all__ = [
    "BookEntry",
    "BookVersion",
    "ChangeRead",
    "ChangeRequest",
    "Defect",
    "Enrolment",
    "ExitReport",
    "FunctionShowing",
    "Lesson",
    "OpenHours",
    "OrderChain",
    "OrderClock",
    "OrderFollowing",
    "OrderStep",
    "QuizTry",
    "Rehearsal",
    "Scenario",
    "ScriptUse",
    "SupportPerson",
    "SupportPlan",
    "SupportQuestion",
    "TaskConflict",
    "Trial",
    "ValueMessage",
    "ValueTiming",
    "WavePromise",
]
