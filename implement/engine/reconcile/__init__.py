"""Reconciliation: what became of every record on its way from the old system into the new one."""

from implement.engine.reconcile.classes import BENIGN, CLASSES, is_harmful
from implement.engine.reconcile.drill import FieldPair, show_record
from implement.engine.reconcile.findings import write_findings_csv, write_findings_parquet
from implement.engine.reconcile.outcome import TableTotals
from implement.engine.reconcile.risk import ValueAtRisk
from implement.engine.reconcile.run import Reconciliation, reconcile
from implement.engine.reconcile.settings import DEFAULT_RECONCILE_SETTINGS, ReconcileSettings
from implement.engine.reconcile.staging import stage

__all__ = [
    "BENIGN",
    "CLASSES",
    "DEFAULT_RECONCILE_SETTINGS",
    "FieldPair",
    "ReconcileSettings",
    "Reconciliation",
    "TableTotals",
    "ValueAtRisk",
    "is_harmful",
    "reconcile",
    "show_record",
    "stage",
    "write_findings_csv",
    "write_findings_parquet",
]
