"""The deals that were dropped or torn: which columns say amount, stage, client and owner, and what each deal says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.causes.stages import is_closed, is_lost, is_won, speak_of_deals
from implement.engine.intake import ROW, Intake, SourceTable, sample_rows
from implement.engine.mapping.composite import hold_source
from implement.engine.mapping.looking.profile import kind_of
from implement.engine.mapping.names import concepts_of
from implement.engine.mapping.plan import NUMBER, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.writings.numbers import read_number
from implement.engine.reconcile.classes import DROPPED, TORN_RELATION

Row = Mapping[str, str | None]
SAMPLE_ROWS = 2_000
STAGES_AT_MOST = 60
OPEN, WON, LOST = "open", "won", "lost"


@dataclass(frozen=True)
class DealColumns:
    """Which columns of a table of deals say what; empty where no column says it. `key` names the deal."""

    table: str
    amount: str
    comma: bool
    stage: str
    currency: str
    client: str
    owner: str
    key: tuple[str, ...]

    @property
    def named(self) -> list[str]:
        """All columns that are read."""
        return list(dict.fromkeys(n for n in (self.amount, self.stage, self.currency, self.client, self.owner) if n))


@dataclass(frozen=True)
class DealAtRisk:
    """One dropped or torn deal as the source had it; `amount` is None where it holds no value."""

    source_row: int
    name: str
    fate: str
    client: str
    owner: str
    stage: str
    state: str
    currency: str
    amount: Decimal | None


@dataclass(frozen=True)
class DealsAtRisk:
    """The dropped and torn deals of one table, in the order of its rows."""

    columns: DealColumns
    deals: tuple[DealAtRisk, ...]


def find_deals_at_risk(
    findings: ir.Table, source: Intake, mapping: TransferMapping, backend: Backend
) -> tuple[DealsAtRisk, ...]:
    """Read the dropped and torn deals of every table that speaks of deals; a table without a counterpart whole."""
    tables = {table.name: table for table in hold_source(source, mapping).tables}
    found = []
    for table in mapping.tables:
        columns = find_deal_columns(tables[table.source], table, backend) if table.source in tables else None
        if columns is not None:
            rows = _rows_at_risk(findings, table, tables[table.source], backend)
            found.append(DealsAtRisk(columns, tuple(read_deals(rows, columns))))
    return tuple(found)


def count_deals_of_owners(source: Intake, mapping: TransferMapping, backend: Backend) -> Counter[str]:
    """How many deals each owner had in the old system; empty where no table names owners."""
    tables, counted = {table.name: table for table in hold_source(source, mapping).tables}, Counter[str]()
    for table in mapping.tables:
        columns = find_deal_columns(tables[table.source], table, backend) if table.source in tables else None
        if columns is not None and columns.owner:
            relation = tables[table.source].relation
            grouped = relation.group_by(owner=relation[columns.owner]).aggregate(deals=relation.count())
            for row in backend.connection.to_pyarrow(grouped).to_pylist():
                counted[row["owner"] or ""] += int(row["deals"])
    return counted


def find_deal_columns(table: SourceTable, mapping: TableMapping, backend: Backend) -> DealColumns | None:
    """Find amount and stage by name and values; None when the table does not speak of deals."""
    sample = sample_rows(table, SAMPLE_ROWS, backend)
    counts = {name: Counter(c for c in sample.column(name).to_pylist() if c) for name in sorted(table.columns)}
    stage = next((name for name, cells in counts.items() if _are_stages(cells)), "")
    amounts = [(name, kind_of(cells)) for name, cells in counts.items() if "amount" in concepts_of(name)]
    amount = next(((name, writing.comma) for name, (kind, writing) in amounts if kind == NUMBER), None)
    if not stage or amount is None:
        return None
    client = _choose(table, mapping, "company") or _choose(table, mapping, "contact")
    currency, owner = _choose(table, mapping, "currency"), _choose(table, mapping, "owner")
    return DealColumns(table.name, *amount, stage, currency, client, owner, mapping.source_id)


def read_deals(rows: Iterable[Row], columns: DealColumns) -> Iterable[DealAtRisk]:
    """The rows as deals."""
    for row in rows:
        stage = row[columns.stage] or ""
        number = read_number(row[columns.amount] or "", columns.comma) if row[columns.amount] else None
        yield DealAtRisk(
            source_row=int(row[ROW] or 0),
            name="|".join(row[name] or "" for name in columns.key) or str(row[ROW]),
            fate=row.get("fate") or "",
            client=(row[columns.client] or "") if columns.client else "",
            owner=(row[columns.owner] or "") if columns.owner else "",
            stage=stage,
            state=state_of(stage),
            currency=read_currency(row, columns),
            amount=Decimal(number) if number is not None else None,
        )


def read_currency(row: Row, columns: DealColumns) -> str:
    """The currency a row states, blank where it states none."""
    return (row[columns.currency] or "").strip().upper() if columns.currency else ""


def state_of(stage: str) -> str:
    """Open, won or lost; a stage that only says that the deal has ended is no money any more."""
    if is_won(stage):
        return WON
    return LOST if is_lost(stage) or is_closed(stage) else OPEN


def _are_stages(cells: Counter[str]) -> bool:
    return 1 < len(cells) <= STAGES_AT_MOST and speak_of_deals(cells)


def _choose(table: SourceTable, mapping: TableMapping, concept: str) -> str:
    """The column that speaks of the concept; one that refers to another table comes first, or several together."""
    referring = {reference.column: concepts_of(reference.parent) for reference in mapping.relations}
    together = [name for name, parent in referring.items() if name not in table.columns and concept in parent]
    found = [name for name in table.columns if concept in concepts_of(name) and name not in mapping.source_id]
    return min(together + found, key=lambda name: name not in referring, default="")


def _rows_at_risk(findings: ir.Table, table: TableMapping, source: SourceTable, backend: Backend) -> list[Row]:
    """The rows with what happened to them; a record both dropped and torn counts once."""
    relation = source.relation
    if table.target is None:
        rows = relation.mutate(fate=ibis.literal(DROPPED)) if not table.left_behind else relation.limit(0)
        return list(backend.connection.to_pyarrow(rows.order_by(ROW)).to_pylist())
    risky = findings.filter(
        (findings["table"] == table.source)
        & findings["class"].isin([DROPPED, TORN_RELATION])
        & (findings["source_row"] > 0)
    )
    fates = risky.group_by(source_row=risky["source_row"]).aggregate(fate=risky["class"].min())
    rows = relation.inner_join(fates, relation[ROW] == fates["source_row"]).drop("source_row")
    return list(backend.connection.to_pyarrow(rows.order_by(ROW)).to_pylist())
