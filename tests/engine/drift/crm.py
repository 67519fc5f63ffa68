"""A small CRM as it was exported at the cutover, and as it stands some weeks later."""

from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.drift import Drift, Records, find_drift
from implement.engine.intake import read_tables
from implement.engine.mapping import propose_mapping
from implement.engine.reconcile import stage
from tests.engine.transfers import CITIES, STAGES, Table, write_table

DEALS = ["Id", "Client Id", "Title", "Stage", "Amount", "Owner Id", "Last Modified By Id", "Last Modified Date"]
CLIENTS = ["Id", "Name", "City", "Phone"]
USERS = ["Id", "Full Name"]
PEOPLE = [["U1", "Alice Berg"], ["U2", "Bob Quist"], ["U3", "Cem Aydin"], ["U9", "Data Loader"]]
CUTOVER = "2025-03-03 06:00:00"


def clients_then(count: int = 30) -> Table:
    """The clients at the cutover."""
    return [[f"A{n:04}", f"Firm {_word(n)} Ltd", CITIES[n % 5], f"0{177_000_000 + n * 7919}"] for n in range(count)]


def deals_then(count: int = 90) -> Table:
    """The deals at the cutover, all loaded by one technical user."""
    return [
        [f"D{n:05}", f"A{n * 7 % 30:04}", f"{_word(n * 3 + 1)} for {_word(n + 5)}", STAGES[n % 4],
         f"{n * 137 % 9000 + 100}.50", PEOPLE[n % 3][0], "U9", CUTOVER]
        for n in range(count)
    ]  # fmt: skip


def _word(number: int) -> str:
    return "".join(part[number // step % len(part)] for part, step in (("BDFGKLMN", 1), ("aeiou", 2), ("lmnrst", 5),
                                                                        ("aeiou", 7), ("bdgkx", 3)))  # fmt: skip


def touch(row: list[str], column: str, value: str, by: str = "U1", on: str = "2025-03-20 10:15:00") -> None:
    """Somebody changes a field of a deal."""
    row[DEALS.index(column)] = value
    row[-2:] = [by, on]


def write_crm(folder: Path, deals: Table, clients: Table | None = None) -> Path:
    """Write an export."""
    write_table(folder / "deals.csv", DEALS, deals)
    write_table(folder / "clients.csv", CLIENTS, clients_then() if clients is None else clients)
    write_table(folder / "users.csv", USERS, PEOPLE)
    return folder


def drift_of(then: Path, now: Path, born_since: Records | None = None) -> Drift:
    """What happened between two exports."""
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (then, now)]
        mapping = propose_mapping(sides[0], sides[1], backend)
        return find_drift(sides[0], sides[1], mapping, backend, born_since=born_since)
