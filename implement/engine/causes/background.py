"""How often values occur in the whole table, asked once per column however many findings are explained."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.causes.coded import are_among
from implement.engine.causes.settings import CauseSettings
from implement.engine.causes.stages import speak_of_deals
from implement.engine.coded import Flags
from implement.engine.intake import SourceTable, find_values


@dataclass
class Background:
    """The source table the findings are about, the parents its columns name, and the parents that did not arrive."""

    table: SourceTable
    parents: Mapping[str, Sequence[tuple[SourceTable, str]]]
    """Column → the parent tables, of any of which it may name a record, and the key column of each."""
    gone: Mapping[tuple[str, str], frozenset[str]]
    """Column and parent table → ids of parents that did not arrive."""
    backend: Backend
    settings: CauseSettings
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _orphans: dict[str, Counter[str]] = field(default_factory=dict)
    _gone: dict[tuple[str, str], Flags] = field(default_factory=dict)

    def total(self, column: str, value: str) -> int:
        """How many records have this value; 0 where it is none of the most frequent ones."""
        return (self._blanks(column) if value == "" else 0) or self.counts(column)[value]

    def _blanks(self, column: str) -> int:
        """How many cells are blank, as was seen in reading; 0 where that may be less than of many values."""
        if self.table.nulls is None:
            return 0
        blank = self.table.nulls[self.table.columns.index(column)]
        return blank if self.table.row_count < self.settings.values_known * (blank + 1) else 0

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

    def are_gone(self, column: str, parent: str, named: pa.Array) -> Flags:
        """Which of the values of a reference column that are `named` refer to parents that did not arrive."""
        asked = column, parent
        if asked not in self._gone:
            self._gone[asked] = are_among(named, self.gone.get(asked, frozenset()))
        return self._gone[asked]

    def orphans(self, column: str, named: pa.Array) -> Counter[str]:
        """The values of a reference column that name no parent even in the source, each with its records.

        None, where all of those that are `named` have one: the others need not be looked for.
        """
        if column not in self._orphans:
            named = named.filter(pc.not_equal(named, ""))
            known = [find_values(named, one.relation, key, self.backend) for one, key in self.parents[column]]
            are_known = len(pa.chunked_array(known, pa.string()).unique()) == len(named)
            self._orphans[column] = Counter() if are_known else self._count_orphans(column)
        return self._orphans[column]

    def _count_orphans(self, column: str) -> Counter[str]:
        parents = self.parents[column]
        keys = reduce(ir.Table.union, [parent.relation.select(key=parent.relation[key]) for parent, key in parents])
        values = self.table.relation.select(value=self.table.relation[column]).filter(ibis._.value.notnull())
        lost = values.anti_join(keys, [("value", "key")]).group_by("value").aggregate(rows=ibis._.count())
        return self._fetch(lost.order_by("value").limit(self.settings.values_known))

    def _fetch(self, counted: ir.Table) -> Counter[str]:
        found = self.backend.connection.to_pyarrow(counted)
        return Counter(dict(zip(found.column("value").to_pylist(), found.column("rows").to_pylist(), strict=True)))
