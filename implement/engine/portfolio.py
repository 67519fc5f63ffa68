"""The deals of a CRM's export: whose they are, of which client, with what money, open or ended, and when."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from implement.engine.backend import Backend
from implement.engine.intake import ROW, SourceTable
from implement.engine.mapping.looking.profile import kind_of
from implement.engine.mapping.names import concepts_of, looks_like_id
from implement.engine.mapping.plan import DATE, TableMapping
from implement.engine.mapping.writings.dates import read_date
from implement.engine.value_at_risk.deals import SAMPLE_ROWS, find_deal_columns, read_deals

CLOSING_STEMS = ("clos", "abschlu", "zamkni", "закры")
"""Beginnings of words for closing, which compound names hide in their middle."""


@dataclass(frozen=True)
class CrmDeal:
    """One deal as an export of the CRM has it; `ended` is the day in its closing column, whatever its state."""

    table: str
    key: str
    client: str
    owner: str
    stage: str
    state: str
    currency: str
    amount: Decimal | None
    ended: date | None


@dataclass(frozen=True)
class OwnedRecord:
    """A record of another table that names its owner: a client, a task."""

    table: str
    key: str
    owner: str


@dataclass(frozen=True)
class Portfolio:
    """Everything in an export that belongs to somebody."""

    deals: tuple[CrmDeal, ...] = ()
    records: tuple[OwnedRecord, ...] = ()

    @property
    def owners(self) -> frozenset[str]:
        """Everybody who owns something."""
        named = {deal.owner for deal in self.deals} | {record.owner for record in self.records}
        return frozenset(named - {""})


def read_portfolio(tables: Sequence[SourceTable], backend: Backend) -> Portfolio:
    """Read deals from the tables that speak of deals, and whose records the other tables hold."""
    deals: list[CrmDeal] = []
    records: list[OwnedRecord] = []
    for table in tables:
        found = _read_deals(table, backend)
        if found is None:
            records += _read_owned(table, backend)
        else:
            deals += found
    return Portfolio(tuple(deals), tuple(records))


def _read_deals(table: SourceTable, backend: Backend) -> list[CrmDeal] | None:
    sample = _sample(table, backend)
    key = _find_key(sample, table.columns)
    columns = find_deal_columns(table, TableMapping(table.name, None, source_id=(key,) if key else ()), backend)
    if columns is None or not columns.owner:
        return None
    ended, order = _find_closing(sample)
    rows = backend.connection.to_pyarrow(table.relation.order_by(ROW)).to_pylist()
    return [
        CrmDeal(
            table.name, one.name, one.client, one.owner, one.stage, one.state, one.currency, one.amount,
            _read_day(row[ended], order) if ended else None,
        )
        for row, one in zip(rows, read_deals(rows, columns), strict=True)
    ]  # fmt: skip


def _read_owned(table: SourceTable, backend: Backend) -> list[OwnedRecord]:
    owner = next((name for name in table.columns if "owner" in concepts_of(name)), "")
    key = _find_key(_sample(table, backend), table.columns)
    if not owner or not key or owner == key:
        return []
    rows = backend.connection.to_pyarrow(table.relation.select(key, owner)).to_pylist()
    return [OwnedRecord(table.name, row[key], row[owner]) for row in rows if row[key] and row[owner]]


def _sample(table: SourceTable, backend: Backend) -> dict[str, Counter[str]]:
    step = max(1, table.row_count // SAMPLE_ROWS)
    rows = backend.connection.to_pyarrow(table.relation.filter(table.relation[ROW] % step == 0))
    return {name: Counter(cell for cell in rows.column(name).to_pylist() if cell) for name in table.columns}


def _find_key(sample: dict[str, Counter[str]], columns: Sequence[str]) -> str:
    """The column that names each record once: one that looks like an id, else one that speaks of a name."""
    once = [name for name in columns if sample[name] and max(sample[name].values()) == 1]
    named = [name for name in once if looks_like_id(name)] or [n for n in once if "name" in concepts_of(n)]
    return named[0] if named else ""


def _find_closing(sample: dict[str, Counter[str]]) -> tuple[str, str]:
    """The column of days that speaks of closing, and how it writes them."""
    for name, cells in sample.items():
        if concepts_of(name) & {"closed", "end"} or any(stem in name.casefold() for stem in CLOSING_STEMS):
            kind, writing = kind_of(cells)
            if kind == DATE:
                return name, writing.order
    return "", ""


def _read_day(cell: str | None, order: str) -> date | None:
    text = read_date(cell, order) if cell else None
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
