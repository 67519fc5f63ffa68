"""Faults of whole records and of their relations: merged, dropped, rekeyed, moved, torn, duplicated, extra."""

from collections.abc import Iterable, Sequence

import numpy as np

from tests.evaluators.transfer.arrivals import BORN_HERE, DANGLING, NOWHERE, Arrival, Arrivals
from tests.evaluators.transfer.legacy import build_firm
from tests.evaluators.transfer.sheets import Random, Rows, Sheet, cells

MAIN_TABLES = ("accounts", "contacts", "deals", "activities")
DROP_SHARES = {"accounts": 0.08, "contacts": 0.3, "deals": 0.32, "activities": 0.3}
TWIN_SIGNATURES = {
    "accounts": ("name", "postcode", "phone", "website", "city"),
    "contacts": ("first_name", "last_name", "email", "phone", "postcode"),
}


def share_out(count: int, shares: dict[str, float]) -> dict[str, int]:
    """Split a count over tables, at least one each."""
    whole = sum(shares.values())
    return {name: max(1, round(count * share / whole)) for name, share in shares.items()}


def free_rows(arrival: Arrival, count: int, random: Random, spare: Iterable[int] = ()) -> Rows:
    """So many rows with no fate yet, in random order."""
    free = arrival.alive & ~arrival.busy
    free[list(spare)] = False
    return random.permutation(np.flatnonzero(free))[:count]


def note_twins(arrivals: Arrivals) -> None:
    """Find the records that were entered twice in the source."""
    for name, columns in TWIN_SIGNATURES.items():
        arrival = arrivals[name]
        first_entry: dict[tuple[str, ...], int] = {}
        listed = zip(*(arrival.sheet.columns[column] for column in columns), strict=True)
        for row, signature in enumerate(listed):
            first = first_entry.setdefault(signature, row)
            if first != row:
                arrival.twins.append((first, row))


def twin_rows(arrival: Arrival) -> set[int]:
    """Rows that are one of two entries of the same record."""
    return {row for pair in arrival.twins for row in pair}


def merge_twins(arrivals: Arrivals, count: int, random: Random) -> None:
    """Let second entries be merged into the first ones; their children follow."""
    for name, share in share_out(count, {"contacts": 0.67, "accounts": 0.33}).items():
        arrival = arrivals[name]
        for place in random.permutation(len(arrival.twins))[: min(share, len(arrival.twins) * 4 // 5)]:
            first, second = arrival.twins[place]
            if not arrival.busy[first] and not arrival.busy[second]:
                _absorb(arrivals, arrival, first, second)


def _absorb(arrivals: Arrivals, arrival: Arrival, first: int, second: int) -> None:
    arrival.alive[second] = False
    arrival.absorbed_by[second] = first
    arrival.spoil(second, "merged")
    arrival.busy[first] = True


def lead_children_to_takers(arrivals: Arrivals) -> None:
    """Let the children of merged records refer to the record that took it in."""
    for child, column, parent in relations(arrivals):
        standing_for = np.arange(parent.row_count + 2)
        for gone, taker in parent.absorbed_by.items():
            standing_for[gone] = taker
        standing_for[NOWHERE], standing_for[DANGLING] = NOWHERE, DANGLING
        child.points[column] = standing_for[child.points[column]]


def relations(arrivals: Arrivals) -> list[tuple[Arrival, str, Arrival]]:
    """Every reference column with its table and the table it refers to."""
    return [
        (arrival, column, arrivals[parent])
        for arrival in arrivals.values()
        for column, parent in arrival.sheet.references.items()
    ]


def drop_records(arrivals: Arrivals, count: int, random: Random) -> None:
    """Let records never arrive; what refers to them will be torn."""
    for name, share in share_out(count, DROP_SHARES).items():
        for row in free_rows(arrivals[name], share, random, twin_rows(arrivals[name])):
            arrivals[name].drop(int(row))


def rekey_records(arrivals: Arrivals, count: int, random: Random, swap: bool) -> None:
    """Let records arrive under another's legacy id (two exchanged) or under one that never was."""
    for name, share in share_out(count, dict.fromkeys(MAIN_TABLES, 1.0)).items():
        arrival = arrivals[name]
        rows = [int(row) for row in free_rows(arrival, share + share % 2, random, twin_rows(arrival))]
        half = len(rows) // 4 * 2 if swap else 0
        for one, other in zip(rows[:half:2], rows[1:half:2], strict=True):
            arrival.legacy[one], arrival.legacy[other] = arrival.legacy[other], arrival.legacy[one]
        for row in rows[half:]:
            arrival.legacy[row] = unknown_key(arrival.sheet, random)
        for row in rows:
            arrival.spoil(row, "rekeyed")


def unknown_key(sheet: Sheet, random: Random) -> str:
    """A key written like the table's own that the source never had."""
    pattern = str(sheet.keys[-1])
    digits = str(random.integers(10**5, 10**6))
    stem = pattern.rstrip("0123456789")
    return f"{stem}{9}{digits}{len(sheet.name)}"


def break_relations(arrivals: Arrivals, count: int, random: Random, stacked: bool) -> None:
    """Tear references (empty or leading nowhere) and lead others to a wrong record, `count` of each."""
    routes = [route for route in relations(arrivals) if route[0].name in MAIN_TABLES and not route[2].sheet.natural_key]
    shares = share_out(count, {str(place): route[0].row_count ** 0.5 for place, route in enumerate(routes)})
    for place, share in shares.items():
        child, column, parent = routes[int(place)]
        rows = rows_with_reference(child, column, 2 * share, random, stacked)
        for row in rows[:share]:
            child.points[column][row] = DANGLING if random.random() < 0.4 else NOWHERE
        lead_astray(child, column, parent, rows[share:], random)
        for row in rows:
            child.spoiled_fields.add((int(row), column))
            child.busy[row] = True


def rows_with_reference(child: Arrival, column: str, count: int, random: Random, stacked: bool) -> list[int]:
    """Free rows whose reference is filled; stacked faults may share a row but not a field."""
    usable = child.alive & (child.points[column] >= 0) & (child.origin != BORN_HERE)
    if not stacked:
        usable &= ~child.busy
    rows = random.permutation(np.flatnonzero(usable))
    chosen = [int(row) for row in rows[: count * 2 + 50] if (int(row), column) not in child.spoiled_fields]
    return chosen[:count]


def lead_astray(child: Arrival, column: str, parent: Arrival, rows: Sequence[int], random: Random) -> None:
    """Let references lead to another record that did arrive."""
    arrived = np.flatnonzero(parent.alive)
    twins = twin_rows(parent)
    for row in rows:
        right = int(child.points[column][row])
        others = [int(other) for other in random.choice(arrived, 12) if int(other) != right and int(other) not in twins]
        child.points[column][row] = others[0]


def duplicate_records(arrivals: Arrivals, count: int, random: Random) -> None:
    """Add second copies of records, half of them without the legacy id."""
    for name, share in share_out(count, dict.fromkeys(MAIN_TABLES, 1.0)).items():
        arrival = arrivals[name]
        rows = free_rows(arrival, share, random, twin_rows(arrival))
        copies = arrival.append_copies(rows)
        for row, copy in zip(rows.tolist(), copies.tolist(), strict=True):
            arrival.copy_of[copy], arrival.copied_as[row] = row, copy
            arrival.spoil(copy, "duplicated")
            arrival.busy[row] = True
            if random.random() < 0.5:
                arrival.legacy[copy] = ""


def add_extras(arrivals: Arrivals, count: int, random: Random, seed: int, languages: Sequence[str]) -> None:
    """Add records born in the new system, referring to records that arrived."""
    strangers = build_firm(max(200, count * 2), seed + 7919, languages)
    for name, share in share_out(count, dict.fromkeys(MAIN_TABLES, 1.0)).items():
        arrival, stranger = arrivals[name], strangers[name]
        rows = random.choice(stranger.row_count, share, replace=False)
        new = arrival.append_copies(np.zeros(share, dtype=np.int64))
        for column in stranger.columns:
            if column != stranger.key and column not in stranger.references:
                arrival.columns[column][new] = stranger.columns[column][rows]
        for column, parent in arrival.sheet.references.items():
            arrived = np.flatnonzero(arrivals[parent].alive)
            arrival.points[column][new] = random.choice(arrived, share)
        arrival.origin[new] = BORN_HERE
        arrival.legacy[new] = cells("" for _ in new)
        for row in new.tolist():
            arrival.spoil(row, "extra")
