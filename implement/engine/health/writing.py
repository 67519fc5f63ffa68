"""Health as a file: one line per finding, and one per row behind it."""

import csv
from pathlib import Path

from implement.engine.health.finding import HealthReport

COLUMNS = ("table", "column", "kind", "count", "of", "parent", "row", "value", "other")


def write_health_csv(report: HealthReport, path: Path) -> None:
    """Write every row behind every finding, in the order in which the findings are told."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for finding in report.findings:
            said = (finding.table, finding.column, finding.kind, finding.count, finding.of, finding.parent)
            behind = finding.behind
            for row in zip(behind.rows.tolist(), behind.values, behind.others, strict=True):
                writer.writerow((*said, *row))
