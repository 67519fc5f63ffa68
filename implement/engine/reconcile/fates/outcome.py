"""What reconciling one table found, kept for its children, its causes and its totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.arrived.equal import EqualRows
from implement.engine.reconcile.arrived.parents import ParentLinks
from implement.engine.reconcile.arrived.rows import Side
from implement.engine.reconcile.classes import BENIGN, DUPLICATED
from implement.engine.reconcile.fates.decided import Fates
from implement.engine.reconcile.findings import Finding, findings_table
from implement.engine.reconcile.links.pairing import PlainPairs
from implement.engine.reconcile.links.weights import Judge

_IS_OF_CHANGED = (
    (pc.field("source_row") > 0) & (pc.field("target_row") > 0) & ~pc.field("class").isin([*BENIGN, DUPLICATED])
)


@dataclass
class TableOutcome:
    """One reconciled table: its sides, the rows settled at once, the fates of the others and the findings."""

    mapping: TableMapping
    source: Side
    target: Side
    equal: EqualRows
    plain: PlainPairs
    fates: Fates
    judge: Judge
    findings: pa.Table = field(default_factory=lambda: findings_table([]))
    gone: dict[str, str] = field(default_factory=dict)
    """Source ids no longer found under their id → the id they go by now, empty for dropped ones."""
    merged: dict[str, str] = field(default_factory=dict)
    """Source ids of merged records → the id of the record that stands for them now."""
    links: dict[tuple[str, str, bool], ParentLinks] = field(default_factory=dict)
    """Key column of the source and of the target, and whether letters and digits alone count → what the target calls
    each arrived record, and its source id."""

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings that were told one by one."""
        self.add_table(findings_table(findings))

    def add_table(self, findings: pa.Table) -> None:
        """Add findings that were told column by column."""
        self.findings = pa.concat_tables([self.findings, findings])

    def forget_parents(self) -> None:
        """Give up what the target calls the parents; when all tables are done, no row is looked up any more."""
        self.links.clear()
        self.target = replace(self.target, lookups=())

    @property
    def arrived(self) -> int:
        """How many source records were found in the target, changed or not."""
        return self.equal.arrived + len(self.plain) + len(self.fates.linked)

    def settled_links(self) -> ir.Table:
        """Row numbers of both sides that belong together, but for the pairs in `fates`."""
        return self.equal.settled.pairs().union(self.plain.links())

    def settled_links_of(self, source_rows: Numbers, same: str = "") -> ir.Table:
        """Those of these rows; where a column is named, those that agree in it."""
        asked = np.isin(self.plain.source_rows, source_rows)
        if same:
            asked &= self.plain.same[same]
        return self.equal.settled.pairs_of(source_rows).union(self.plain.links(asked))


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
    fates = outcome.findings.column("class").value_counts()
    classes = dict(zip(fates.field("values").to_pylist(), fates.field("counts").to_pylist(), strict=True))
    changed = len(pc.unique(outcome.findings.filter(_IS_OF_CHANGED).column("source_row")))
    arrived = outcome.arrived
    return TableTotals(
        outcome.mapping.source,
        outcome.mapping.target,
        outcome.source.table.row_count,
        outcome.target.table.row_count,
        arrived,
        arrived - changed,
        changed,
        classes,
    )
