"""Drift: what happened to the transferred records after the cutover (M135)."""

from implement.engine.drift.columns import DriftColumns
from implement.engine.drift.findings import CHANGES, FILLED, LOSSES, SCHEMA, DriftFinding, drift_table, write_drift_csv
from implement.engine.drift.since import Drift, DriftTotals, Records, find_drift, lost_records
from implement.engine.drift.sums import DriftCount, FewHands, count_drift, find_few_hands, sum_groups

__all__ = [
    "CHANGES",
    "FILLED",
    "LOSSES",
    "SCHEMA",
    "Drift",
    "DriftColumns",
    "DriftCount",
    "DriftFinding",
    "DriftTotals",
    "FewHands",
    "Records",
    "count_drift",
    "drift_table",
    "find_drift",
    "find_few_hands",
    "lost_records",
    "sum_groups",
    "write_drift_csv",
]
