"""The plan of faults: which classes, how many of each, stacked or not, and the planting of those in single fields."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.evaluators.transfer.arrivals import BORN_HERE, Arrival, Arrivals
from tests.evaluators.transfer.damage import DAMAGES, SWAPPED_PAIRS, Damage, misread_rarely
from tests.evaluators.transfer.fates import (
    MAIN_TABLES,
    add_extras,
    break_relations,
    drop_records,
    duplicate_records,
    lead_children_to_takers,
    merge_twins,
    rekey_records,
    share_out,
)
from tests.evaluators.transfer.sheets import Random

LEAST_PER_CLASS = 40
SHARE_PER_CLASS = 0.004
TRIES_PER_FAULT = 40


@dataclass(frozen=True)
class FaultPlan:
    """How much is planted; `keys` says what the target keeps of the legacy ids: all, half, none, same (as its own)."""

    keys: str = "all"
    stacked: bool = False
    times: int = 1
    rare_encodings: bool = False
    languages: Sequence[str] = ("de", "pl", "ru", "en")
    seed: int = 1

    def per_class(self, arrivals: Arrivals) -> int:
        """Instances of each class to plant."""
        rows = sum(arrivals[name].row_count for name in MAIN_TABLES)
        return self.times * max(LEAST_PER_CLASS, int(rows * SHARE_PER_CLASS))


def plant_faults(arrivals: Arrivals, plan: FaultPlan, random: Random) -> None:
    """Plant every class of fault, records first, then relations, fields, copies and newcomers."""
    count = plan.per_class(arrivals)
    merge_twins(arrivals, count, random)
    lead_children_to_takers(arrivals)
    drop_records(arrivals, count, random)
    if plan.keys != "none":
        rekey_records(arrivals, count, random, swap=plan.keys != "same")
    break_relations(arrivals, count, random, plan.stacked)
    for fault, (damage, kinds) in DAMAGES.items():
        spoil_values(arrivals, fault, count, plan, random, _chosen(fault, damage, plan), kinds)
    swap_fields(arrivals, count, plan, random)
    duplicate_records(arrivals, count, random)
    add_extras(arrivals, count, random, plan.seed, plan.languages)


def _chosen(fault: str, damage: Damage, plan: FaultPlan) -> Damage:
    return misread_rarely if fault == "mojibake" and plan.rare_encodings else damage


def spoil_values(
    arrivals: Arrivals, fault: str, count: int, plan: FaultPlan, random: Random, damage: Damage, kinds: tuple[str, ...]
) -> None:
    """Plant one class of damage over all columns of the kinds it can strike."""
    columns = {
        f"{name}|{column}": arrivals[name].row_count ** 0.5
        for name in MAIN_TABLES
        for column, kind in arrivals[name].sheet.kinds.items()
        if kind in kinds and damageable(arrivals[name], column, damage, random)
    }
    for address, share in share_out(count, columns).items():
        name, column = address.split("|")
        spoil_column(arrivals[name], column, fault, share, plan, random, damage)


def damageable(arrival: Arrival, column: str, damage: Damage, random: Random) -> bool:
    """Whether the damage can strike at least some cells of a column."""
    cells_of_column, kind = arrival.sheet.columns[column], arrival.sheet.kinds[column]
    sample = random.integers(0, len(cells_of_column), 60)
    return any(_struck(damage, cells_of_column[row], kind, cells_of_column, random) for row in sample)


def _struck(damage: Damage, value: str, kind: str, column: object, random: Random) -> bool:
    after = damage(value, kind, column, random)  # type: ignore[arg-type]
    return after is not None and after != value


def spoil_column(
    arrival: Arrival, column: str, fault: str, count: int, plan: FaultPlan, random: Random, damage: Damage
) -> None:
    """Plant one class of damage in so many cells of one column."""
    values, kind = arrival.columns[column], arrival.sheet.kinds[column]
    left = count
    for row in candidates(arrival, random, count * TRIES_PER_FAULT, plan.stacked):
        if left == 0:
            return
        if (row, column) in arrival.spoiled_fields:
            continue
        after = damage(values[row], kind, arrival.sheet.columns[column], random)
        if after is None or after == values[row]:
            continue
        values[row] = after
        arrival.spoil(row, fault, (column,))
        left -= 1


def candidates(arrival: Arrival, random: Random, most: int, stacked: bool) -> list[int]:
    """Rows that may still be spoiled, in random order."""
    usable = arrival.alive & (arrival.origin != BORN_HERE)
    if not stacked:
        usable &= ~arrival.busy
    rows = random.permutation(np.flatnonzero(usable))[:most]
    return [int(row) for row in rows]


def swap_fields(arrivals: Arrivals, count: int, plan: FaultPlan, random: Random) -> None:
    """Exchange the values of two fields of a record."""
    shares = share_out(count, {str(place): 1.0 for place in range(len(SWAPPED_PAIRS))})
    for place, share in shares.items():
        name, one, other = SWAPPED_PAIRS[int(place)]
        _swap_in(arrivals[name], one, other, share, plan, random)


def _swap_in(arrival: Arrival, one: str, other: str, count: int, plan: FaultPlan, random: Random) -> None:
    first, second = arrival.columns[one], arrival.columns[other]
    left = count
    for row in candidates(arrival, random, count * TRIES_PER_FAULT, plan.stacked):
        taken = {(row, one), (row, other)} & arrival.spoiled_fields
        if left == 0:
            return
        if taken or not first[row] or not second[row] or first[row] == second[row]:
            continue
        first[row], second[row] = second[row], first[row]
        arrival.spoil(row, "fields_swapped", (one, other))
        left -= 1
