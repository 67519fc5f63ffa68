"""Intake: find the tables in files of any encoding, separator and kind, and list what cannot be used."""

from implement.engine.intake.faults import FAULT_TEXTS, SKIP_TEXTS, Fault, Skipped
from implement.engine.intake.limits import DEFAULT_LIMITS, IntakeLimits
from implement.engine.intake.reading import read_tables
from implement.engine.intake.tables import ROW, Intake, SourceTable

__all__ = [
    "DEFAULT_LIMITS",
    "FAULT_TEXTS",
    "ROW",
    "SKIP_TEXTS",
    "Fault",
    "Intake",
    "IntakeLimits",
    "Skipped",
    "SourceTable",
    "read_tables",
]
