"""What an audit keeps, by subject: the frozen packs, who was asked what, answers, evidence, own findings, workflows."""

from implement.stages.audit.tables.answers import AuditAnswer, AuditEvidence
from implement.stages.audit.tables.audits import Audit, AuditPack, OwnPack
from implement.stages.audit.tables.diary import AuditBaseline, Diary, DiaryDay
from implement.stages.audit.tables.findings import OwnFinding
from implement.stages.audit.tables.lists import DealList
from implement.stages.audit.tables.people import AuditPerson, AuditRequest
from implement.stages.audit.tables.reports import AuditReport
from implement.stages.audit.tables.workflows import Workflow, WorkflowStep

__all__ = [
    "Audit",
    "AuditAnswer",
    "AuditBaseline",
    "AuditEvidence",
    "AuditPack",
    "AuditPerson",
    "AuditReport",
    "AuditRequest",
    "DealList",
    "Diary",
    "DiaryDay",
    "OwnFinding",
    "OwnPack",
    "Workflow",
    "WorkflowStep",
]
