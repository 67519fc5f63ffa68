"""Value at risk: the open and won money behind records that were dropped or torn."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import nsmallest
from typing import Self

import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.causes.stages import is_closed, is_won, speak_of_deals
from implement.engine.intake import fetch_rows, sample_rows
from implement.engine.mapping.looking.profile import kind_of
from implement.engine.mapping.names import concepts_of
from implement.engine.mapping.plan import NUMBER
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.reconcile.classes import DROPPED, TORN_RELATION
from implement.engine.reconcile.fates.outcome import TableOutcome

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
    amount, stage, comma = columns
    table = outcome.source.table
    groups = [name for name in table.columns if _tells_whose(name) or name == stage]
    rows = fetch_rows(table.relation, lost.column("source_row").to_numpy(), sorted({amount, stage, *groups}), backend)
    amounts = [_amount(cell, comma) for cell in rows.column(amount).to_pylist()]
    cells = {name: rows.column(name).fill_null("").to_pylist() for name in groups}
    closed, won = ({cell for cell in set(cells[stage]) if told(cell)} for told in (is_closed, is_won))
    return ValueAtRisk(
        outcome.mapping.source,
        amount,
        stage,
        Money.of([value for value, cell in zip(amounts, cells[stage], strict=True) if cell not in closed]),
        Money.of([value for value, cell in zip(amounts, cells[stage], strict=True) if cell in won]),
        {name: _sum_by(cells[name], amounts) for name in groups},
    )


def _sum_by(cells: Sequence[str], amounts: Sequence[Decimal | None]) -> dict[str, Money]:
    """The money by the values of a column, the most first; of very many values those with most."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    records, without = Counter(cells), Counter[str]()
    for cell, amount in zip(cells, amounts, strict=True):
        if amount is None:
            without[cell] += 1
        else:
            sums[cell] += amount
    most = nsmallest(MOST_LISTED, records, key=lambda cell: (-sums[cell], -records[cell], cell))
    return {cell: Money(records[cell], sums[cell], without[cell]) for cell in most}


def _tells_whose(name: str) -> bool:
    return bool(concepts_of(name) & {"owner", "company", "contact"})


def _amount(cell: str | None, comma: bool) -> Decimal | None:
    number = read_number(cell, comma) if cell else None
    return Decimal(number) if number is not None else None


def _money_columns(outcome: TableOutcome, backend: Backend) -> tuple[str, str, bool] | None:
    """The column of amounts, the column of stages, and whether amounts have a decimal comma."""
    table = outcome.source.table
    sample = sample_rows(table, SAMPLE_ROWS, backend)
    stage = amount = None
    for name in sorted(table.columns):
        cells = Counter(cell for cell in sample.column(name).to_pylist() if cell)
        if stage is None and 1 < len(cells) <= STAGES_AT_MOST and speak_of_deals(cells):
            stage = name
        if amount is None and "amount" in concepts_of(name):
            kind, writing = kind_of(cells)
            amount = (name, writing.comma) if kind == NUMBER else None
    return (amount[0], stage, amount[1]) if stage and amount else None
