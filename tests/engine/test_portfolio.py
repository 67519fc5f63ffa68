"""What belongs to whom is read from an export of the CRM, whatever its columns are called."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import read_tables
from implement.engine.portfolio import Portfolio, read_portfolio

DEALS = """Deal ID;Kunde;Betreuer;Phase;Betrag;Abschlussdatum
D-1;Acme;Bob;Gewonnen;1.200,50;03.02.2026
D-2;Acme;Bob;Angebot;900,00;
D-3;Big;Ann;Verloren;;01.03.2026
D-4;Tiny;Ann;Angebot;;
"""
TASKS = "Task No;Owner;Due\nT1;Bob;2026-01-01\nT2;Ann;2026-01-02\n"


@pytest.fixture
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


def read(backend: Backend, folder: Path, **files: str) -> Portfolio:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return read_portfolio(read_tables(folder, backend).tables, backend)


def test_a_deal_says_owner_client_state_money_and_day(backend: Backend, tmp_path: Path) -> None:
    deals = {one.key: one for one in read(backend, tmp_path, deals=DEALS).deals}
    won = deals["D-1"]
    assert (won.client, won.owner, won.state, won.amount) == ("Acme", "Bob", "won", Decimal("1200.50"))
    assert won.ended == date(2026, 2, 3)
    assert [deals[key].state for key in ("D-2", "D-3", "D-4")] == ["open", "lost", "open"]
    assert deals["D-4"].amount is None


def test_other_tables_say_whose_their_records_are(backend: Backend, tmp_path: Path) -> None:
    found = read(backend, tmp_path, deals=DEALS, tasks=TASKS)
    told = [(one.table, one.key, one.owner) for one in found.records]
    assert told == [("tasks", "T1", "Bob"), ("tasks", "T2", "Ann")]
    assert found.owners == {"Ann", "Bob"}
