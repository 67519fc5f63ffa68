"""Value at risk: the open and won money behind records that were dropped or torn."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

import ibis
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.causes.stages import is_closed, is_won, speak_of_deals
from implement.engine.intake import ROW, pick_rows, sample_rows
from implement.engine.mapping.names import concepts_of
from implement.engine.mapping.plan import NUMBER
from implement.engine.mapping.profile import kind_of
from implement.engine.mapping.writing import read_number
from implement.engine.reconcile.classes import DROPPED, TORN_RELATION
from implement.engine.reconcile.outcome import TableOutcome

Row = Mapping[str, str | None]
SAMPLE_ROWS = 2_000
STAGES_AT_MOST = 60
MOST_LISTED = 100


@dataclass(frozen=True)
class Money:
    """A sum over records; those without a value are counted apart, never taken for zero."""

    records: int = 0
    amount: Decimal = Decimal(0)
    without_value: int = 0

    @classmethod
    def of(cls, amounts: Sequence[Decimal | None]) -> Self:
        """The sum of some records."""
        known = [amount for amount in amounts if amount is not None]
        return cls(len(amounts), sum(known, Decimal(0)), len(amounts) - len(known))

    @property
    def said(self) -> str:
        """The sum in words: what is not known is said."""
        if self.records and self.records == self.without_value:
            return "not known (no value)"
        note = f" ({self.without_value:,} without value)" if self.without_value else ""
        return f"{self.amount:,.2f}{note}"


@dataclass(frozen=True)
class ValueAtRisk:
    """Money behind the dropped and torn deals of one table, open and won, and by stage, owner and client."""

    table: str
    amount_column: str
    stage_column: str
    open: Money = Money()
    won: Money = Money()
    by: Mapping[str, Mapping[str, Money]] = field(default_factory=dict)
    """Column (stage, owner, client) → value → money."""


def weigh_risk(outcome: TableOutcome, backend: Backend) -> ValueAtRisk | None:
    """Sum the money of dropped and torn deals; None when the table does not speak of deals."""
    columns = _money_columns(outcome, backend)
    if columns is None:
        return None
    lost = outcome.findings.filter(pc.field("class").isin([DROPPED, TORN_RELATION]) & (pc.field("source_row") > 0))
    rows = sorted(pc.unique(lost.column("source_row")).to_pylist())
    amount, stage, comma = columns
    groups = [name for name in outcome.source.table.columns if _tells_whose(name) or name == stage]
    asked = list(dict.fromkeys([amount, stage, *groups]))
    found = [(row, _amount(row[amount], comma)) for row in _fetch(outcome, rows, asked, backend)]
    return ValueAtRisk(
        outcome.mapping.source,
        amount,
        stage,
        Money.of([value for row, value in found if not is_closed(row[stage] or "")]),
        Money.of([value for row, value in found if is_won(row[stage] or "")]),
        {name: _ranked(_sum_by(name, found)) for name in groups},
    )


def _sum_by(name: str, found: Sequence[tuple[Row, Decimal | None]]) -> dict[str, Money]:
    amounts: dict[str, list[Decimal | None]] = defaultdict(list)
    for row, value in found:
        amounts[row[name] or ""].append(value)
    return {key: Money.of(values) for key, values in amounts.items()}


def _ranked(sums: Mapping[str, Money]) -> dict[str, Money]:
    ordered = sorted(sums.items(), key=lambda entry: (-entry[1].amount, -entry[1].records, entry[0]))
    return dict(ordered[:MOST_LISTED])


def _tells_whose(name: str) -> bool:
    return bool(concepts_of(name) & {"owner", "company", "contact"})


def _amount(cell: str | None, comma: bool) -> Decimal | None:
    number = read_number(cell, comma) if cell else None
    return Decimal(number) if number is not None else None


def _fetch(outcome: TableOutcome, rows: Sequence[int], columns: list[str], backend: Backend) -> list[Row]:
    if not rows:
        return []
    asked = ibis.memtable({ROW: list(rows)}, schema={ROW: "int64"})
    picked = pick_rows(outcome.source.table.relation, asked, columns, backend)
    return list(backend.connection.to_pyarrow(picked).to_pylist())


def _money_columns(outcome: TableOutcome, backend: Backend) -> tuple[str, str, bool] | None:
    """The column of amounts, the column of stages, and whether amounts have a decimal comma."""
    table = outcome.source.table
    sample = sample_rows(table, SAMPLE_ROWS, backend)
    stage = amount = None
    for name in sorted(table.columns):
        cells = Counter(cell for cell in sample.column(name).to_pylist() if cell)
        if stage is None and 1 < len(cells) <= STAGES_AT_MOST and speak_of_deals(cells):
            stage = name
        kind, writing = kind_of(cells)
        if amount is None and kind == NUMBER and "amount" in concepts_of(name):
            amount = (name, writing.comma)
    return (amount[0], stage, amount[1]) if stage and amount else None
