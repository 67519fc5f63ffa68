"""How often values occur in the whole table, asked once per column however many findings are explained."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.causes.settings import CauseSettings
from implement.engine.causes.stages import speak_of_deals
from implement.engine.intake import SourceTable


@dataclass
class Background:
    """The source table the findings are about, the parents its columns name, and the parents that did not arrive."""

    table: SourceTable
    parents: Mapping[str, tuple[SourceTable, str]]
    """Column → parent table and its key column."""
    gone: Mapping[str, frozenset[str]]
    """Column → ids of parents that did not arrive."""
    backend: Backend
    settings: CauseSettings
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _orphans: dict[str, Counter[str]] = field(default_factory=dict)

    def counts(self, column: str) -> Counter[str]:
        """The most frequent values of a column, each with its records; blank cells count as empty text."""
        if column not in self._counts:
            relation = self.table.relation
            grouped = relation.group_by(value=relation[column].fill_null("")).aggregate(rows=ibis._.count())
            frequent = grouped.order_by([ibis.desc("rows"), "value"]).limit(self.settings.values_known)
            self._counts[column] = self._fetch(frequent)
        return self._counts[column]

    def speaks_of_deals(self, column: str) -> bool:
        """Say whether a column holds the stages of deals."""
        counts = self.counts(column)
        return len(counts) <= self.settings.values_counted and speak_of_deals(counts)

    def orphans(self, column: str, named: Sequence[str]) -> Counter[str]:
        """The values of a reference column that name no parent even in the source, each with its records.

        None, where all of those that are `named` have one: the others need not be looked for.
        """
        if column not in self._orphans:
            asked = ibis.memtable(pa.table({"value": pa.array(named, pa.string())}))
            lost = self._without_parent(asked.filter(ibis._.value != ""), column).limit(1)
            any_lost = self.backend.connection.to_pyarrow(lost).num_rows
            self._orphans[column] = self._count_orphans(column) if any_lost else Counter()
        return self._orphans[column]

    def _count_orphans(self, column: str) -> Counter[str]:
        values = self.table.relation.select(value=self.table.relation[column]).filter(ibis._.value.notnull())
        grouped = self._without_parent(values, column).group_by("value").aggregate(rows=ibis._.count())
        return self._fetch(grouped.order_by("value").limit(self.settings.values_known))

    def _without_parent(self, values: ir.Table, column: str) -> ir.Table:
        parent, key = self.parents[column]
        return values.anti_join(parent.relation.select(key=parent.relation[key]), [("value", "key")])

    def _fetch(self, counted: ir.Table) -> Counter[str]:
        found = self.backend.connection.to_pyarrow(counted)
        return Counter(dict(zip(found.column("value").to_pylist(), found.column("rows").to_pylist(), strict=True)))
