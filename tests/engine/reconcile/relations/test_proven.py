"""What children prove of a record that did not arrive under its own name."""

from pathlib import Path

import pytest

from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import CLIENT_HEAD, Table, build_clients, build_deals, listed, run_transfer, write_table

CLIENTS = build_clients()
OLD_ENTRIES = [[f"X{client[0]}", client[1], "Oslo", client[3], "1999-01-14"] for client in CLIENTS[:6]]
STRANGERS = [[f"X{n}", f"Quux {n} Ltd", "Oslo", f"0555{n}111", "1999-01-14"] for n in range(6)]
HEAD = ["number", "client_id", "title", "amount"]


def _transfer(folder: Path, gone: Table, homes: list[str], beside: str = "") -> Reconciliation:
    """Clients of which some are gone; the two deals of each now name these homes, and a client beside it if asked."""
    deals = [[deal[0], deal[1], deal[2], deal[4]] for deal in build_deals(CLIENTS)]
    old = [[f"E{n:04}", client[0], f"Deal {n}", f"{n}7.50"] for n, client in enumerate([*gone, *gone])]
    moved = [[deal[0], home, *deal[2:]] for deal, home in zip(old, homes, strict=True)]
    accounts = [[f"A{907 * n % 1009:04}", *client] for n, client in enumerate(CLIENTS, start=1)]
    named = {account[1]: account[0] for account in accounts}
    if beside:
        named |= {f"{beside};{name}": f"{now};{named[beside]}" for name, now in named.items()}
        for deal in [*deals, *old, *moved]:
            deal[1] = f"{beside};{deal[1]}"
    write_table(folder / "old" / "clients.csv", CLIENT_HEAD, [*CLIENTS, *gone])
    write_table(folder / "old" / "deals.csv", HEAD, [*deals, *old])
    arrived = [[deal[0], named[deal[1]], *deal[2:]] for deal in [*deals, *moved]]
    write_table(folder / "new" / "accounts.csv", ["id", "legacy_id", *CLIENT_HEAD[1:]], accounts)
    write_table(folder / "new" / "deals.csv", [HEAD[0], "account_id", *HEAD[2:]], arrived)
    return run_transfer(folder / "old", folder / "new")


def test_records_whose_children_went_to_their_namesake_are_merged(tmp_path: Path) -> None:  # M29
    homes = [client[0] for client in CLIENTS[:6]]
    found = listed(_transfer(tmp_path, OLD_ENTRIES, [*homes, *homes]))
    assert sorted(found) == sorted((client[0], "merged", "") for client in OLD_ENTRIES)


def test_lists_of_records_prove_it_as_well(tmp_path: Path) -> None:  # M29
    homes = [client[0] for client in CLIENTS[:6]]
    found = listed(_transfer(tmp_path, OLD_ENTRIES, [*homes, *homes], beside=CLIENTS[9][0]))
    assert sorted(found) == sorted((client[0], "merged", "") for client in OLD_ENTRIES)


@pytest.mark.parametrize(("gone", "second"), [(OLD_ENTRIES, 6), (STRANGERS, 0)])
def test_children_with_several_homes_or_that_of_a_stranger_prove_nothing(
    tmp_path: Path, gone: Table, second: int
) -> None:
    homes = [client[0] for client in [*CLIENTS[:6], *CLIENTS[second : second + 6]]]
    found = listed(_transfer(tmp_path, gone, homes))
    wrong = [(f"E{n:04}", "wrong_relation", "client_id") for n in range(12)]
    assert sorted(found) == sorted([*((client[0], "dropped", "") for client in gone), *wrong])
