"""An invented firm whose new system has its own columns, writing and ids, and what an import does there."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import propose_mapping
from implement.engine.reconcile import Reconciliation, reconcile, stage
from implement.engine.repair import DELETE, INSERT, Repair, RepairTable, build_repair
from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, build_clients, build_deals, write_table

Row = dict[str, str]
CLIENTS = build_clients()
DEALS = build_deals(CLIENTS)
STAGES = {"Won": "Gewonnen", "Lost": "Verloren", "Offer": "Angebot", "Talk": "Gespräch"}


@dataclass
class Crm:
    """The new system: its tables, and ids that it gives itself."""

    tables: dict[str, list[Row]]
    own_ids: bool = True

    def write(self, folder: Path) -> Path:
        """Export every table."""
        for name, rows in self.tables.items():
            write_table(folder / f"{name}.csv", list(rows[0]), [list(row.values()) for row in rows], separator=";")
        return folder

    def take(self, tables: Sequence[RepairTable]) -> None:
        """Import tables one after the other, as any CRM does."""
        for table in tables:
            for row in table.rows.to_pylist():
                self._take(table, row)

    def _take(self, table: RepairTable, row: Row) -> None:
        rows = self.tables[table.target]
        if table.kind == INSERT:
            numbered = {"Id": f"N{len(rows) + 1000}"} if self.own_ids else {}
            rows.append({**dict.fromkeys(rows[0], ""), **numbered, **row})
            return
        named = [place for place, one in enumerate(rows) if all(one[name] == row[name] for name in table.key)]
        assert len(named) == 1, (table.target, row)
        if table.kind == DELETE:
            del rows[named[0]]
        else:
            rows[named[0]].update(row)


def a_crm(*, own_ids: bool = True) -> Crm:
    """All clients and deals, moved without a loss; with own ids the deals name their clients by those."""
    ids = {row[0]: f"K{place:03}" for place, row in enumerate(CLIENTS)}
    clients = [
        {**({"Id": ids[row[0]]} if own_ids else {}), "Legacy id": row[0], "Firma": row[1], "Ort": row[2],
         "Telefon": row[3], "Seit": turn(row[4])}
        for row in CLIENTS
    ]  # fmt: skip
    deals = [
        {**({"Id": f"V{place:04}"} if own_ids else {}), "Legacy id": row[0],
         "Firma": ids[row[1]] if own_ids else row[1], "Titel": row[2], "Phase": STAGES[row[3]],
         "Summe": row[4].replace(".", ","), "Begonnen": turn(row[5])}
        for place, row in enumerate(DEALS)
    ]  # fmt: skip
    return Crm({"clients": clients, "deals": deals}, own_ids)


def turn(day: str) -> str:
    """A day as the new system writes it."""
    year, month, number = day.split("-")
    return f"{number}.{month}.{year}"


def write_source(folder: Path) -> Path:
    """Export the old system."""
    write_table(folder / "clients.csv", CLIENT_HEAD, CLIENTS)
    write_table(folder / "deals.csv", DEAL_HEAD, DEALS)
    return folder


def compare(source: Path, target: Path) -> tuple[Reconciliation, Repair]:
    """Reconcile two exports and build the repair."""
    with open_backend() as backend:
        one, other = (stage(read_tables(path, backend), backend) for path in (source, target))
        mapping = propose_mapping(one, other, backend)
        found = reconcile(one, other, mapping, backend)
        return found, build_repair(found.findings, one, other, mapping, backend)


def read_crm(folder: Path, *, own_ids: bool = False, separator: str = ";") -> Crm:
    """Take exported tables for a CRM."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            tables[path.stem] = list(csv.DictReader(stream, delimiter=separator))
    return Crm(tables, own_ids)
