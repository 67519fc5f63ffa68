"""Faults that no list names: recycled ids, ids shifted within a chunk, names in other letters."""

import numpy as np

from tests.evaluators.names import transliterate
from tests.evaluators.transfer.arrivals import BORN_HERE, Arrival, Arrivals
from tests.evaluators.transfer.fates import free_rows, twin_rows
from tests.evaluators.transfer.sheets import Random


def recycle_ids(arrivals: Arrivals, random: Random) -> None:
    """Records born in the new system carry the legacy ids of records that were dropped."""
    for arrival in arrivals.values():
        gone = [fault.row for fault in arrival.spoiled if fault.fault == "dropped"]
        born = np.flatnonzero(arrival.origin == BORN_HERE)
        for new, old in zip(random.permutation(born)[: len(born) * 2 // 3], gone, strict=False):
            arrival.legacy[new] = arrival.sheet.keys[old]


def shift_ids(arrivals: Arrivals, random: Random) -> None:
    """In one chunk of a table every record carries its neighbour's legacy id."""
    for name in ("contacts", "deals"):
        arrival = arrivals[name]
        rows = np.sort(free_rows(arrival, 25, random, twin_rows(arrival)))
        arrival.legacy[rows] = np.roll(arrival.legacy[rows], 1)
        for row in rows.tolist():
            arrival.spoil(row, "rekeyed")


def rewrite_letters(arrivals: Arrivals, random: Random) -> None:
    """Some names arrive in plain Latin letters: another writing, no loss."""
    for name, columns in {"contacts": ("last_name", "city"), "accounts": ("name",)}.items():
        for column in columns:
            _rewrite_some(arrivals[name], column, random)


def _rewrite_some(arrival: Arrival, column: str, random: Random) -> None:
    for row in free_rows(arrival, max(10, arrival.row_count // 50), random).tolist():
        plain = transliterate(arrival.columns[column][row])
        if plain != arrival.columns[column][row]:
            arrival.columns[column][row] = plain
            arrival.spoil(row, "reformatted", (column,))
