"""Children of a merged record follow its survivor, their second copies too."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, Table, build_clients, listed, run_transfer, write_table

CLIENTS = build_clients()
TWINS = [[f"T{client[0]}", *client[1:]] for client in CLIENTS[:5]]
OWNERS = [*TWINS, *CLIENTS, *CLIENTS[::2]]
VISITS = [
    [f"V{n:03}", owner[0], f"Guest {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}", f"0{7919 * (n + 31) % 90000}"]
    for n, owner in enumerate(OWNERS)
]


def _arrived(copied: int) -> Table:
    """The visits under the target's own ids alone, the first ones twice."""
    moved = [[f"A{visit[1].removeprefix('T')}", *visit[2:]] for visit in [*VISITS, *VISITS[:copied]]]
    return sorted([f"{7907 * (place + 1) % 10007:05}", *visit] for place, visit in enumerate(moved))


@pytest.mark.parametrize("copied", [0, 8])
def test_second_copies_of_a_merged_records_children_are_duplicated(tmp_path: Path, copied: int) -> None:  # M29
    write_table(tmp_path / "old" / "clients.csv", CLIENT_HEAD, [*CLIENTS, *TWINS])
    write_table(tmp_path / "old" / "visits.csv", ["code", "client_id", "guest", "phone"], VISITS)
    clients = [[f"A{client[0]}", *client] for client in CLIENTS]
    write_table(tmp_path / "new" / "accounts.csv", ["id", "legacy_id", *CLIENT_HEAD[1:]], clients)
    write_table(tmp_path / "new" / "contacts.csv", ["id", "account_id", "name", "phone"], _arrived(copied))
    told = [(twin[0], "merged", "") for twin in TWINS] + [(visit[0], "duplicated", "") for visit in VISITS[:copied]]
    assert sorted(listed(run_transfer(tmp_path / "old", tmp_path / "new"))) == sorted(told)
