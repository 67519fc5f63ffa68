"""What money stands behind lost deals and clients, with figures worked out by hand. M29"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis
import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import propose_mapping
from implement.engine.reconcile import reconcile, stage
from implement.engine.value_at_risk import (
    DealsAtRisk,
    LostClients,
    find_deals_at_risk,
    find_lost_clients,
    group_deals,
    sum_deals,
)
from tests.engine.transfers import build_clients, write_table

Found = tuple[tuple[DealsAtRisk, ...], tuple[LostClients, ...]]
CLIENTS = [row[:3] for row in build_clients(40)]
CLIENT_HEAD = ["client_id", "name", "city"]
DEAL_HEAD = ["deal_id", "client_id", "owner", "title", "stage", "amount", "currency"]
CALL_HEAD = ["call_id", "client_id", "subject", "called"]
GONE = {"C0003", "C0007"}


def deal(number: int) -> list[str]:
    """Open ones have stage Offer; every tenth has no value; every eighth is in złoty."""
    stage = ("Won", "Lost", "Offer")[number % 3]
    amount = "" if number % 10 == 0 else f"{number * 100}.50"
    currency = "PLN" if number % 8 == 0 else "EUR"
    return [
        f"D{number:04}",
        f"C{number % 40:04}",
        f"Owner {number % 6}",
        f"Machine part {number}",
        stage,
        amount,
        currency,
    ]


DEALS = [deal(number) for number in range(240)]
CALLS = [
    [f"A{n:04}", f"C{n % 40:04}", f"Call number {n}", f"{n % 28 + 1:02}.{n % 12 + 1:02}.{2021 + n % 3}"]
    for n in range(400)
]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Two clients were dropped with everything of theirs."""
    write_sides(tmp_path)
    with open_backend() as backend:
        source, target = (stage(read_tables(tmp_path / side, backend), backend) for side in ("old", "new"))
        mapping = propose_mapping(source, target, backend)
        findings = ibis.memtable(reconcile(source, target, mapping, backend).findings)
        deals = find_deals_at_risk(findings, source, mapping, backend)
        return deals, find_lost_clients(findings, source, mapping, backend, until=date(2023, 6, 30))


def write_sides(folder: Path) -> None:
    tables = {"clients": (CLIENT_HEAD, CLIENTS, 0), "deals": (DEAL_HEAD, DEALS, 1), "calls": (CALL_HEAD, CALLS, 1)}
    for name, (head, rows, column) in tables.items():
        write_table(folder / "old" / f"{name}.csv", head, rows)
        write_table(folder / "new" / f"{name}.csv", head, [row for row in rows if row[column] not in GONE])


def theirs(client: str, *states: str) -> list[list[str]]:
    return [row for row in DEALS if row[1] == client and row[4] in states]


def euros(rows: Sequence[Sequence[str]]) -> Decimal:
    return sum((Decimal(row[5]) for row in rows if row[5] and row[6] == "EUR"), Decimal(0))


def test_open_and_won_money_stand_apart(found: Found) -> None:
    deals = found[0][0].deals
    stakes = {stake.value: stake for stake in group_deals(deals, lambda one: one.client)}
    assert set(stakes) == GONE
    for client, stake in stakes.items():
        assert stake.open.amount("EUR") == euros(theirs(client, "Offer"))
        assert stake.won.amount("EUR") == euros(theirs(client, "Won"))


def test_currencies_are_never_added_up(found: Found) -> None:
    sums = sum_deals(found[0][0].deals)
    lost = [row for row in DEALS if row[1] in GONE]
    zloty = sum(Decimal(row[5]) for row in lost if row[5] and row[6] == "PLN")
    assert dict(sums.amounts) == {"EUR": euros(lost)} | ({"PLN": zloty} if zloty else {})


def test_deals_without_a_value_are_counted_apart(found: Found) -> None:
    sums = sum_deals(found[0][0].deals)
    lost = [row for row in DEALS if row[1] in GONE]
    assert (sums.deals, sums.without_value) == (len(lost), sum(not row[5] for row in lost))


def test_lost_clients_stand_by_open_money_with_their_last_contact(found: Found) -> None:
    lost = found[1][0]
    assert (lost.table, lost.count) == ("clients", 2)
    ranked = sorted(GONE, key=lambda client: -euros(theirs(client, "Offer")))
    assert [client.key for client in lost.clients] == ranked
    calls = {client: [read(row[3]) for row in CALLS if row[1] == client] for client in GONE}
    last = {client: max(day for day in days if day <= date(2023, 6, 30)) for client, days in calls.items()}
    assert {client.key: client.last_contact for client in lost.clients} == last
    assert {client.last_contact_in for client in lost.clients} == {"calls.called"}


def read(cell: str) -> date:
    day, month, year = (int(part) for part in cell.split("."))
    return date(year, month, day)
