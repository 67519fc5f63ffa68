"""What open deals that hold no value are likely to bring, judged by how the other deals of their table ended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from implement.engine.backend import Backend
from implement.engine.intake import Intake, SourceTable
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.value_at_risk.deals import (
    LOST,
    OPEN,
    WON,
    DealAtRisk,
    DealColumns,
    DealsAtRisk,
    read_currency,
    state_of,
)

LEAST_ENDED = 20
"""Fewer ended deals say nothing of those that are open."""


@dataclass(frozen=True)
class Outlook:
    """Open deals of one currency without a value, the share of ended deals that was won, and what those brought."""

    currency: str
    deals: int
    share_won: float
    mean_won: Decimal

    @property
    def amount(self) -> Decimal:
        """What the deals bring if they end as the others did: an expected value, not a sum."""
        return self.deals * Decimal(self.share_won) * self.mean_won


def find_all_outlooks(
    tables: Iterable[DealsAtRisk], source: Intake, backend: Backend
) -> dict[str, tuple[Outlook, ...]]:
    """By the name of each table of deals what its open deals at risk without a value are likely to bring."""
    known = {table.name: table for table in source.tables}
    asked = ((one, known[one.columns.table]) for one in tables)
    return {table.name: find_outlooks(one.deals, one.columns, table, backend) for one, table in asked}


def find_outlooks(
    deals: Sequence[DealAtRisk], columns: DealColumns, table: SourceTable, backend: Backend
) -> tuple[Outlook, ...]:
    """For the open deals at risk without a value what they are likely to bring, currency by currency."""
    waiting = Counter(deal.currency for deal in deals if deal.state == OPEN and deal.amount is None)
    if not waiting:
        return ()
    ended, won, brought = _count_ended(columns, table, backend)
    return tuple(
        Outlook(currency, count, (ended[WON, currency] / known), brought[currency] / won[currency])
        for currency, count in sorted(waiting.items())
        if (known := ended[WON, currency] + ended[LOST, currency]) >= LEAST_ENDED and won[currency]
    )


def _count_ended(
    columns: DealColumns, table: SourceTable, backend: Backend
) -> tuple[Counter[tuple[str, str]], Counter[str], dict[str, Decimal]]:
    """Deals by state and currency, and by currency the won ones with a value and their sum."""
    named = [name for name in (columns.stage, columns.amount, columns.currency) if name]
    counted = table.relation.group_by(named).aggregate(_deals=table.relation.count())
    ended, won = Counter[tuple[str, str]](), Counter[str]()
    brought: dict[str, Decimal] = {}
    for row in backend.connection.to_pyarrow(counted).to_pylist():
        state, currency, times = state_of(row[columns.stage] or ""), read_currency(row, columns), int(row["_deals"])
        ended[state, currency] += times
        number = read_number(row[columns.amount] or "", columns.comma) if row[columns.amount] else None
        if state == WON and number is not None:
            won[currency] += times
            brought[currency] = brought.get(currency, Decimal(0)) + times * Decimal(number)
    return ended, won, brought
