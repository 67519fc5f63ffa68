"""Clients that did not arrive, ranked by the open money of their deals, with the day of the last contact."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW, Intake, SourceTable
from implement.engine.lean import at_hand
from implement.engine.mapping.composite import hold_source
from implement.engine.mapping.looking.profile import kind_of
from implement.engine.mapping.names import concepts_of
from implement.engine.mapping.plan import DATE, Reference, TableMapping
from implement.engine.mapping.plan import Mapping as TransferMapping
from implement.engine.mapping.writings.dates import read_date
from implement.engine.reconcile.classes import DROPPED
from implement.engine.value_at_risk.deals import OPEN, WON, DealAtRisk, find_deal_columns, read_deals
from implement.engine.value_at_risk.sums import Sums, main_currency, rank, sum_deals

MOST_LISTED = 200
Row = Mapping[str, str | None]


@dataclass(frozen=True)
class LostClient:
    """A client that did not arrive: its deals in the source, and when and where it was last spoken of."""

    source_row: int
    key: str
    name: str
    open: Sums
    won: Sums
    last_contact: date | None = None
    last_contact_in: str = ""
    """Table and column of that day."""


@dataclass(frozen=True)
class LostClients:
    """The lost clients of one table, those with most open money first; `count` is how many there are in all."""

    table: str
    count: int
    clients: tuple[LostClient, ...]


@dataclass(frozen=True)
class _Sources:
    """The source's tables with their mappings."""

    tables: Mapping[str, SourceTable]
    mapping: TransferMapping
    backend: Backend

    def fetch(self, relation: ir.Table) -> list[Row]:
        """Bring rows into memory."""
        return list(self.backend.connection.to_pyarrow(relation).to_pylist())

    def named(self, name: str, column: str, keys: Iterable[str]) -> ir.Table:
        """The rows of a table whose column holds one of the keys."""
        relation = self.tables[name].relation
        asked = at_hand({"asked": sorted(set(keys))}, {"asked": "string"})
        return relation.semi_join(asked, relation[column] == asked["asked"])


def find_lost_clients(
    findings: ir.Table, source: Intake, mapping: TransferMapping, backend: Backend, *, until: date | None = None
) -> tuple[LostClients, ...]:
    """Find the clients that deals name and that were dropped; days after `until` are plans, not contacts."""
    sources = _Sources({table.name: table for table in hold_source(source, mapping).tables}, mapping, backend)
    found = []
    for deals, reference in _client_references(sources):
        lost = _fetch_lost(findings, reference, sources)
        if lost:
            found.append(_rank_clients(lost, deals, reference, sources, until))
    return tuple(found)


def _client_references(sources: _Sources) -> list[tuple[TableMapping, Reference]]:
    """For each table of clients the first table of deals that names them, and by which column."""
    found: dict[str, tuple[TableMapping, Reference]] = {}
    for table in sources.mapping.tables:
        known = sources.tables.get(table.source)
        columns = find_deal_columns(known, table, sources.backend) if known else None
        for reference in table.references:
            if columns is not None and reference.column == columns.client and reference.parent in sources.tables:
                found.setdefault(reference.parent, (table, reference))
    return list(found.values())


def _fetch_lost(findings: ir.Table, reference: Reference, sources: _Sources) -> list[Row]:
    table, known = sources.tables[reference.parent], sources.mapping.table(reference.parent)
    if known is not None and known.target is None:
        return [] if known.left_behind else sources.fetch(table.relation.order_by(ROW))
    dropped = findings.filter((findings["table"] == reference.parent) & (findings["class"] == DROPPED))
    rows = table.relation.semi_join(dropped, table.relation[ROW] == dropped["source_row"])
    return sources.fetch(rows.order_by(ROW))


def _rank_clients(
    lost: Sequence[Row], deals: TableMapping, reference: Reference, sources: _Sources, until: date | None
) -> LostClients:
    theirs = _deals_of([row[reference.parent_column] or "" for row in lost], deals, reference, sources)
    main = main_currency(deal for found in theirs.values() for deal in found)
    name = _name_column(sources.tables[reference.parent])
    clients = [_client(row, row[reference.parent_column] or "", name, theirs) for row in lost]
    ordered = sorted(clients, key=lambda one: (*rank(one.open, one.won, main), one.key))[:MOST_LISTED]
    contacts = _last_contacts([one.key for one in ordered], reference.parent, sources, until)
    return LostClients(reference.parent, len(lost), tuple(_with_contact(one, contacts) for one in ordered))


def _client(row: Row, key: str, name: str, theirs: Mapping[str, list[DealAtRisk]]) -> LostClient:
    parts = [sum_deals(deal for deal in theirs.get(key, ()) if deal.state == state) for state in (OPEN, WON)]
    return LostClient(int(row[ROW] or 0), key, (row[name] or "") if name else key, parts[0], parts[1])


def _with_contact(client: LostClient, contacts: Mapping[str, tuple[date, str]]) -> LostClient:
    last, where = contacts.get(client.key, (None, ""))
    return LostClient(client.source_row, client.key, client.name, client.open, client.won, last, where)


def _name_column(table: SourceTable) -> str:
    return next((name for name in table.columns if "name" in concepts_of(name)), "")


def _deals_of(
    keys: Sequence[str], deals: TableMapping, reference: Reference, sources: _Sources
) -> dict[str, list[DealAtRisk]]:
    """All deals of these clients in the source, arrived or not."""
    columns = find_deal_columns(sources.tables[deals.source], deals, sources.backend)
    assert columns is not None
    found: dict[str, list[DealAtRisk]] = defaultdict(list)
    for deal in read_deals(sources.fetch(sources.named(deals.source, reference.column, keys)), columns):
        found[deal.client].append(deal)
    return found


def _last_contacts(
    keys: Sequence[str], clients: str, sources: _Sources, until: date | None
) -> dict[str, tuple[date, str]]:
    """The latest day in any table that names the client, itself or through one table between them."""
    last: dict[str, tuple[date, str]] = {}
    for child, reference in _children(clients, sources):
        rows = sources.fetch(sources.named(child.source, reference.column, keys))
        owners = {row[reference.column] or "": row[reference.column] or "" for row in rows}
        _note_days(last, child, reference.column, owners, rows, until)
        for grandchild, through in _children(child.source, sources):
            if grandchild.source not in (child.source, clients):
                whose = {row[through.parent_column] or "": row[reference.column] or "" for row in rows}
                below = sources.fetch(sources.named(grandchild.source, through.column, whose))
                _note_days(last, grandchild, through.column, whose, below, until)
    return last


def _children(parent: str, sources: _Sources) -> list[tuple[TableMapping, Reference]]:
    return [
        (table, reference)
        for table in sources.mapping.tables
        for reference in table.references
        if reference.parent == parent and table.source != parent and table.source in sources.tables
    ]


def _note_days(
    last: dict[str, tuple[date, str]],
    table: TableMapping,
    column: str,
    whose: Mapping[str, str],
    rows: Sequence[Row],
    until: date | None,
) -> None:
    """Keep each client's latest day and where it stands."""
    for name, order in _date_columns(table, rows):
        for row in rows:
            day, client = _read_day(row[name], order), whose.get(row[column] or "")
            if day is None or client is None or (until is not None and day > until):
                continue
            if client not in last or (day, f"{table.source}.{name}") > last[client]:
                last[client] = (day, f"{table.source}.{name}")


def _date_columns(table: TableMapping, rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Columns of days with how they are written, birthdays left out."""
    found = []
    for name in sorted(rows[0]) if rows else []:
        known = table.column(name)
        if name == ROW or "birth" in concepts_of(name):
            continue
        if known is not None and known.kind == DATE:
            found.append((name, known.source_writing.order))
        elif known is None or known.target is None:
            kind, writing = kind_of(Counter(cell for row in rows if (cell := row[name])))
            found += [(name, writing.order)] if kind == DATE else []
    return found


def _read_day(cell: str | None, order: str) -> date | None:
    text = read_date(cell, order) if cell else None
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
