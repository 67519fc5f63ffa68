"""Intake: find the tables in files of any encoding, separator and kind, and list what cannot be used."""

from implement.engine.intake.child import read_tables_in_child
from implement.engine.intake.faults import FAULT_TEXTS, LINE_OF_TOTALS, SKIP_TEXTS, Fault, Skipped
from implement.engine.intake.limits import DEFAULT_LIMITS, UPLOAD_LIMITS, IntakeLimits
from implement.engine.intake.manifest import IntakeManifest, as_foreign_keys, load_manifest, read_manifest
from implement.engine.intake.picking import fetch_rows, fetch_rows_with, find_values, keep_some, map_parts, map_rows
from implement.engine.intake.profiles import profile_source
from implement.engine.intake.reading import read_tables
from implement.engine.intake.sampling import sample_rows
from implement.engine.intake.tables import ROW, ForeignKey, Intake, SourceTable

__all__ = [
    "DEFAULT_LIMITS",
    "FAULT_TEXTS",
    "LINE_OF_TOTALS",
    "ROW",
    "SKIP_TEXTS",
    "UPLOAD_LIMITS",
    "Fault",
    "ForeignKey",
    "Intake",
    "IntakeLimits",
    "IntakeManifest",
    "Skipped",
    "SourceTable",
    "as_foreign_keys",
    "fetch_rows",
    "fetch_rows_with",
    "find_values",
    "keep_some",
    "load_manifest",
    "map_parts",
    "map_rows",
    "profile_source",
    "read_manifest",
    "read_tables",
    "read_tables_in_child",
    "sample_rows",
]
