"""What the hall keeps: accounts, the firm and its rollout, people, gates, and the building blocks of all rooms."""

from implement.rollout.tables.accounts import (
    ApiToken,
    LinkToken,
    LoginAttempt,
    LoginSession,
    Membership,
    RequestKey,
    User,
)
from implement.rollout.tables.blocks import (
    Acknowledgement,
    LogRow,
    Look,
    Message,
    OutboxMail,
    Regulation,
    RegulationVersion,
    Signature,
    Task,
    ViewSwitch,
)
from implement.rollout.tables.calendar import ClosedDay, TeamMeeting
from implement.rollout.tables.closing import ClosingReport
from implement.rollout.tables.company import Aim, Company, Rollout, Wave
from implement.rollout.tables.gates import Criterion, GateDecision, GateDocument
from implement.rollout.tables.people import Absence, Person, Team
from implement.rollout.tables.retention import Disposal, DoomedFile, RetentionPeriod
from implement.rollout.tables.usage import UsageDay

__all__ = [
    "Absence",
    "Acknowledgement",
    "Aim",
    "ApiToken",
    "ClosedDay",
    "ClosingReport",
    "Company",
    "Criterion",
    "Disposal",
    "DoomedFile",
    "GateDecision",
    "GateDocument",
    "LinkToken",
    "LogRow",
    "LoginAttempt",
    "LoginSession",
    "Look",
    "Membership",
    "Message",
    "OutboxMail",
    "Person",
    "Regulation",
    "RegulationVersion",
    "RequestKey",
    "RetentionPeriod",
    "Rollout",
    "Signature",
    "Task",
    "Team",
    "TeamMeeting",
    "UsageDay",
    "User",
    "ViewSwitch",
    "Wave",
]
