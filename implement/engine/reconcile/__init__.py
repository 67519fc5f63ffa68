"""Reconciliation: what became of every record on its way from the old system into the new one."""

from implement.engine.reconcile.classes import BENIGN, CLASSES, VALUE_LOST, is_harmful
from implement.engine.reconcile.drill import Candidate, Desk, Tables, open_desk
from implement.engine.reconcile.evidence import FieldEvidence, LinkEvidence, judge_sureness
from implement.engine.reconcile.fates.outcome import TableTotals
from implement.engine.reconcile.findings import write_findings_csv, write_findings_parquet
from implement.engine.reconcile.risk import ValueAtRisk
from implement.engine.reconcile.run import Reconciliation, reconcile
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS, ReconcileSettings
from implement.engine.reconcile.tables.counterparts import find_counterparts
from implement.engine.reconcile.tables.parts import mark_rows, mark_words
from implement.engine.reconcile.tables.staging import stage

__all__ = [
    "BENIGN",
    "CLASSES",
    "DEFAULT_RECONCILE_SETTINGS",
    "VALUE_LOST",
    "Candidate",
    "Desk",
    "FieldEvidence",
    "LinkEvidence",
    "ReconcileSettings",
    "Reconciliation",
    "TableTotals",
    "Tables",
    "ValueAtRisk",
    "find_counterparts",
    "is_harmful",
    "judge_sureness",
    "mark_rows",
    "mark_words",
    "open_desk",
    "reconcile",
    "stage",
    "write_findings_csv",
    "write_findings_parquet",
]
