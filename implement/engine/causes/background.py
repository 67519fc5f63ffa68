"""How often values occur in the whole table, asked once per column however many findings are explained."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

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

    def orphans(self, column: str) -> Counter[str]:
        """The values of a reference column that name no parent even in the source, each with its records."""
        if column not in self._orphans:
            parent, key = self.parents[column]
            relation, known = self.table.relation, parent.relation
            named = relation.select(value=relation[column]).filter(ibis._.value.notnull())
            lost = named.anti_join(known.select(key=known[key]), [("value", "key")])
            grouped = lost.group_by("value").aggregate(rows=ibis._.count())
            self._orphans[column] = self._fetch(grouped.order_by("value").limit(self.settings.values_known))
        return self._orphans[column]

    def _fetch(self, counted: ir.Table) -> Counter[str]:
        found = self.backend.connection.to_pyarrow(counted)
        return Counter(dict(zip(found.column("value").to_pylist(), found.column("rows").to_pylist(), strict=True)))
