"""What the adoption room keeps, by subject."""

from implement.stages.adoption.tables.bypasses import Bypass, BypassNote
from implement.stages.adoption.tables.calls import CountedCalls
from implement.stages.adoption.tables.control import TeamCheck, TeamControl
from implement.stages.adoption.tables.examples import ExampleConsent
from implement.stages.adoption.tables.functions import CrmField, CrmFunction
from implement.stages.adoption.tables.handover import Handover, HandoverItem
from implement.stages.adoption.tables.promises import Baseline, TypedFigure
from implement.stages.adoption.tables.pulse import PulseMark, PulseRound, PulseTally
from implement.stages.adoption.tables.remarks import ReasonRemark
from implement.stages.adoption.tables.remedies import StartedRemedy
from implement.stages.adoption.tables.shown import CountedStaff, ShownFigures
from implement.stages.adoption.tables.usage import (
    BookedOrder,
    Evaluation,
    EventBatch,
    LeftOut,
    LogPart,
    PersonScore,
    UsageBasis,
    UsageUpload,
    UserDecision,
)

__all__ = [
    "Baseline",
    "BookedOrder",
    "Bypass",
    "BypassNote",
    "CountedCalls",
    "CountedStaff",
    "CrmField",
    "CrmFunction",
    "Evaluation",
    "EventBatch",
    "ExampleConsent",
    "Handover",
    "HandoverItem",
    "LeftOut",
    "LogPart",
    "PersonScore",
    "PulseMark",
    "PulseRound",
    "PulseTally",
    "ReasonRemark",
    "ShownFigures",
    "StartedRemedy",
    "TeamCheck",
    "TeamControl",
    "TypedFigure",
    "UsageBasis",
    "UsageUpload",
    "UserDecision",
]
