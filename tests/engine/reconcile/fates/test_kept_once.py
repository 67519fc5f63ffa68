"""Second entries of what the target keeps once are merged, though they differ in the day they were made."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, Table, build_clients, listed, run_transfer, write_table

CLIENTS = build_clients(120)


def _again(clients: Table, *, city: str = "") -> Table:
    """Second entries without phone, made on another day, in another city if asked."""
    return [[f"T{client[0]}", client[1], city or client[2], "", f"1999-{client[4][5:]}"] for client in clients]


def _fates(folder: Path, gone: Table, kept: Table) -> list[tuple[str, str]]:
    """What is told of clients of which some did not arrive, the target having ids of its own alone."""
    arrived = [*CLIENTS, *kept]
    write_table(folder / "old" / "clients.csv", CLIENT_HEAD, [*arrived, *gone])
    accounts = sorted([f"{7907 * (n + 1) % 10007:05}", *client[1:]] for n, client in enumerate(arrived))
    write_table(folder / "new" / "accounts.csv", ["id", *CLIENT_HEAD[1:]], accounts)
    return [(name, fate) for name, fate, _ in listed(run_transfer(folder / "old", folder / "new"))]


def test_second_entries_of_what_the_target_keeps_once_are_merged(tmp_path: Path) -> None:  # M29
    gone = _again(CLIENTS[:8])
    assert sorted(_fates(tmp_path, gone, [])) == [(client[0], "merged") for client in gone]


@pytest.mark.parametrize(("gone", "kept"), [(8, 3), (8, 8), (2, 0)])
def test_where_others_arrived_twice_or_few_did_not_they_are_lost(tmp_path: Path, gone: int, kept: int) -> None:
    lost = _again(CLIENTS[:gone])
    assert sorted(_fates(tmp_path, lost, _again(CLIENTS[50 : 50 + kept]))) == [(one[0], "dropped") for one in lost]


def test_what_another_name_contradicts_is_no_second_entry(tmp_path: Path) -> None:
    lost = _again(CLIENTS[:8], city="Oslo")
    assert sorted(_fates(tmp_path, lost, [])) == [(one[0], "dropped") for one in lost]
