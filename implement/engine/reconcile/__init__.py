"""Reconciliation: what became of every record on its way from the old system into the new one.

From top to bottom, each asking only what stands below it:

    run, because, risk          the course of it; causes and value at risk
    drill, evidence             how sure a link is, and why
    tables/                     where the records of each source table are
    fields/                     what became of the fields of linked records
    relations/                  what became of references, and what children prove
    fates/                      what became of records: found again, dropped, merged, duplicated, extra
    links/                      which of the rows left over belong together
    arrived/                    rows in memory, and those set aside because they arrived as they were
    cells/                      what happened to a cell, and to many at once
    findings, classes, settings what is told, by which words, the thresholds
"""

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
