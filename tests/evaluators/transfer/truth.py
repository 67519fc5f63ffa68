"""What a perfect answer would report, with every equivalent way to say it."""

from dataclasses import dataclass

import numpy as np

from tests.evaluators.transfer.arrivals import BORN_HERE, Arrival, Arrivals, Spoiled, true_parent
from tests.evaluators.transfer.fates import relations
from tests.evaluators.transfer.landing import Landed, Style
from tests.evaluators.transfer.sheets import AMOUNT, DATE, PHONE, TIMESTAMP

Address = tuple[str, str, str]  # source id, target id, field


@dataclass(frozen=True)
class Planted:
    """One instance of the truth: its table, class and all addresses under which it may be reported."""

    table: str
    fault: str
    accepted: frozenset[Address]
    pattern: str = ""

    @property
    def address(self) -> Address:
        """One of the accepted addresses, always the same."""
        return min(self.accepted)


@dataclass(frozen=True)
class Truth:
    """All instances of records, and the findings expected once for a whole column or table."""

    instances: tuple[Planted, ...]
    columns: frozenset[tuple[str, str, str]]  # table, class, field
    optional_columns: frozenset[tuple[str, str, str]] = frozenset()  # legacy keys that the target does not keep


def tell_truth(arrivals: Arrivals, landed: dict[str, Landed], style: Style, mapped: set[tuple[str, str]]) -> Truth:
    """Everything that was planted or follows from it."""
    instances: list[Planted] = []
    for name, arrival in arrivals.items():
        arrived = [fault for fault in arrival.spoiled if not fault.fields or arrival.alive[fault.row]]
        instances += [_instance(arrival, landed[name], fault) for fault in arrived]
    instances += _broken_relations(arrivals, landed)
    keys = [] if style.keys != "none" else [one for one in arrivals.values() if not one.sheet.natural_key]
    optional = frozenset((one.name, "value_lost", one.sheet.key) for one in keys)
    return Truth(tuple(instances), frozenset(_whole_columns(arrivals, style, mapped)), optional)


def target_names(arrival: Arrival, landed: Landed, row: int) -> set[str]:
    """Every id by which a target row, or its twin copy, may be called."""
    family = {row, arrival.copy_of.get(row, row), arrival.copied_as.get(row, row)}
    names = {landed.own[member] for member in family} | {landed.legacy[member] for member in family}
    if landed.is_nameless:
        names |= {f"{landed.name}{suffix}:{landed.place[member]}" for member in family for suffix in ("", ".csv")}
    return {str(name) for name in names if name}


def _instance(arrival: Arrival, landed: Landed, fault: Spoiled) -> Planted:
    source = "" if arrival.origin[fault.row] == BORN_HERE else str(arrival.sheet.keys[arrival.origin[fault.row]])
    if fault.fault == "dropped":
        targets = {""}
    elif fault.fault == "merged":
        targets = target_names(arrival, landed, arrival.absorbed_by[fault.row])
    else:
        targets = target_names(arrival, landed, fault.row)
    fields = set(fault.fields) | ({"|".join(sorted(fault.fields))} if len(fault.fields) > 1 else set()) or {""}
    accepted = frozenset((source, target, name) for target in targets for name in fields)
    return Planted(arrival.name, fault.fault, accepted, fault.pattern)


def _broken_relations(arrivals: Arrivals, landed: dict[str, Landed]) -> list[Planted]:
    found = []
    for child, column, parent in relations(arrivals):
        expected, now = true_parent(arrivals, child, column), child.points[column]
        first_of = np.arange(parent.row_count)
        for copy, first in parent.copy_of.items():
            first_of[copy] = first
        reaches = (now >= 0) & parent.alive[now]
        should = child.alive & (expected >= 0)
        should[list(child.copy_of)] = False
        wrong = should & reaches & (first_of[now] != expected)
        for fault, rows in (("torn_relation", should & ~reaches), ("wrong_relation", wrong)):
            for row in np.flatnonzero(rows).tolist():
                pattern = child.pattern_of.get((row, column), "")
                instance = _instance(child, landed[child.name], Spoiled(row, fault, (column,), pattern))
                found.append(instance)
    return found


def _whole_columns(arrivals: Arrivals, style: Style, mapped: set[tuple[str, str]]) -> set[tuple[str, str, str]]:
    rewritten = {DATE, TIMESTAMP} if style.date_format != "%Y-%m-%d" or style.mixed_dates else set()
    rewritten |= {AMOUNT} if style.decimal != "." else set()
    rewritten |= {PHONE} if style.phone else set()
    kinds = ((name, column, kind) for name, one in arrivals.items() for column, kind in one.sheet.kinds.items())
    expected = {(name, "reformatted", column) for name, column, kind in kinds if kind in rewritten}
    expected |= {(name, "reformatted", column) for name, column in mapped}
    return expected | {(name, "value_lost", column) for name, column in style.left_out}
