"""What the transfer room keeps, by subject; rows of tables and findings lie as Parquet in the store."""

from implement.stages.transfer.tables.approvals import LeftBehindApproval
from implement.stages.transfer.tables.cases import Case, CaseSighting, CaseStep
from implement.stages.transfer.tables.cutover import CutoverDecision, CutoverStep
from implement.stages.transfer.tables.drift import DriftRun, DriftTotal
from implement.stages.transfer.tables.health import Ailment, HealthCheck
from implement.stages.transfer.tables.repairs import RepairFile
from implement.stages.transfer.tables.runs import (
    Discrepancy,
    MappingVersion,
    RunInput,
    RunRisk,
    RunTotal,
    TransferFile,
    TransferRun,
    TransferTable,
)
from implement.stages.transfer.tables.sign_offs import SignOff
from implement.stages.transfer.tables.sources import ControlTotal, HeldTotal, TransferSource

__all__ = [
    "Ailment",
    "Case",
    "CaseSighting",
    "CaseStep",
    "ControlTotal",
    "CutoverDecision",
    "CutoverStep",
    "Discrepancy",
    "DriftRun",
    "DriftTotal",
    "HealthCheck",
    "HeldTotal",
    "LeftBehindApproval",
    "MappingVersion",
    "RepairFile",
    "RunInput",
    "RunRisk",
    "RunTotal",
    "SignOff",
    "TransferFile",
    "TransferRun",
    "TransferSource",
    "TransferTable",
]
