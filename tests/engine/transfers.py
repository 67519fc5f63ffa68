"""A small invented firm, written to files before and after its transfer, and reconciled."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import Mapping, propose_mapping
from implement.engine.reconcile import Reconciliation, reconcile, stage

Table = list[list[str]]
CLIENT_HEAD = ["client_id", "name", "city", "phone", "since"]
DEAL_HEAD = ["deal_id", "client_id", "title", "stage", "amount", "opened"]
CITIES = ["Köln", "Łódź", "Leeds", "Bergamo", "Utrecht"]
STAGES = ["Won", "Lost", "Offer", "Talk"]


def build_clients(count: int = 60) -> Table:
    """Clients with ids, names, cities, phones and ISO dates."""
    chance = random.Random(1)
    return [
        [f"C{i:04}", f"{_word(chance)} {_word(chance)} GmbH", chance.choice(CITIES),
         f"0{chance.randrange(10**8, 10**9)}",
         f"20{chance.randrange(10, 25)}-{chance.randrange(1, 13):02}-{chance.randrange(13, 29)}"]
        for i in range(count)
    ]  # fmt: skip


def build_deals(clients: Table, count: int = 150) -> Table:
    """Deals that name a client each."""
    chance = random.Random(2)
    return [
        [f"D{i:05}", chance.choice(clients)[0], f"{_word(chance)} for {_word(chance)}", chance.choice(STAGES),
         f"{chance.randrange(100, 99999)}.{chance.randrange(10, 100)}",
         f"2024-{chance.randrange(1, 13):02}-{chance.randrange(13, 29)}"]
        for i in range(count)
    ]  # fmt: skip


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(pair) for pair in ["BDFGKLMN", "aeiou", "bdfgklmn", "aeiou", "rstxz"])


def write_table(path: Path, head: Sequence[str], rows: Table, *, separator: str = ",", encoding: str = "utf-8") -> Path:
    """Write one table as delimited text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=separator)
        writer.writerow(head)
        writer.writerows(rows)
    return path


def run_transfer(source: Path, target: Path) -> Reconciliation:
    """Propose a mapping and reconcile the two sides."""
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        return reconcile(sides[0], sides[1], propose_mapping(sides[0], sides[1], backend), backend)


def propose(source: Path, target: Path) -> Mapping:
    """Propose a mapping only."""
    with open_backend() as backend:
        return propose_mapping(read_tables(source, backend), read_tables(target, backend), backend)


def listed(found: Reconciliation) -> list[tuple[str, str, str]]:
    """Source id, class and field of each finding that is about a record."""
    rows = found.findings.to_pylist()
    return [(r["source_id"], r["class"], r["field"]) for r in rows if r["source_id"] or r["target_id"]]


def counted(found: Reconciliation) -> dict[str, int]:
    """How many findings each class has over all tables."""
    counts: dict[str, int] = {}
    for fate in found.findings.column("class").to_pylist():
        counts[fate] = counts.get(fate, 0) + 1
    return counts
