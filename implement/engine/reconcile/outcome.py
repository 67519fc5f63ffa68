"""What reconciling one table found, kept for its children, its causes and its totals."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.classes import BENIGN
from implement.engine.reconcile.equal import EqualRows
from implement.engine.reconcile.fates import Fates
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.rows import Side


@dataclass
class TableOutcome:
    """One reconciled table: its sides, the rows settled at once, the fates of the others and the findings."""

    mapping: TableMapping
    source: Side
    target: Side
    equal: EqualRows
    fates: Fates
    findings: list[Finding] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    """Source ids no longer found under their id → the id they go by now, empty for dropped ones."""
    torn_equal: int = 0
    """Rows arrived as they were whose parent did not."""


@dataclass(frozen=True)
class TableTotals:
    """The figures of one table; `arrived` counts source records found in the target, changed or not."""

    table: str
    target: str | None
    source_rows: int
    target_rows: int
    arrived: int
    unchanged: int
    changed: int
    classes: Mapping[str, int]


def count_totals(outcome: TableOutcome) -> TableTotals:
    """Count what happened to the records of one table."""
    classes: dict[str, int] = {}
    changed: set[int] = set()
    for finding in outcome.findings:
        classes[finding.fate] = classes.get(finding.fate, 0) + 1
        if finding.source_row and finding.target_row and finding.fate not in BENIGN and finding.fate != "duplicated":
            changed.add(finding.source_row)
    arrived = outcome.equal.arrived + len(outcome.fates.linked)
    return TableTotals(
        outcome.mapping.source,
        outcome.mapping.target,
        outcome.source.table.row_count,
        outcome.target.table.row_count,
        arrived,
        arrived - len(changed),
        len(changed),
        classes,
    )
