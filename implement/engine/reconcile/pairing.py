"""Phase 2, first half: pair the leftover rows that plainly belong together, by numbers that stand for their cells.

Two rows are plainly one record when they alone carry a key and most of their content agrees, or when the target carries
no key and they alone have the same content. Everything doubtful is left to the second half (`fates`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Numbers
from implement.engine.intake import ROW
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.equal import EqualRows
from implement.engine.reconcile.expressions import compared_columns, same_cell
from implement.engine.reconcile.rows import KeptRows, Rows, Side
from implement.engine.reconcile.weights import Judge

Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]
"""Equal texts have equal numbers, blank ones 0."""
KEY, LOOSE_KEY = "_key", "_loose_key"
LEAST_BITS = 1.0
MIXING = np.uint64(0x9E3779B97F4A7C15)
_NOT_ALNUM = r"[^\p{L}\p{N}]"
_NO_ROWS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Leftovers(KeptRows):
    """The rows of one side that phase 1 could not settle; `same` says which of their canonical cells are equal."""

    same: Mapping[str, Hashes]
    keys: Hashes
    loose_keys: Hashes

    @cached_property
    def numbers(self) -> Numbers:
        """Their numbers in the file."""
        numbers: Numbers = self.cells.column(ROW).to_numpy()
        return numbers

    @cached_property
    def ids(self) -> pa.Array:
        """Their ids."""
        return self.side.name_rows(self.cells)


@dataclass(frozen=True)
class PlainPairs:
    """The pairs as places among the leftovers of either side."""

    source: Leftovers
    target: Leftovers
    ones: Numbers
    others: Numbers

    def __len__(self) -> int:
        return len(self.ones)

    def join(self, ones: Numbers, others: Numbers) -> "PlainPairs":
        """With further pairs."""
        pairs = np.concatenate([self.ones, ones]), np.concatenate([self.others, others])
        return PlainPairs(self.source, self.target, *pairs)

    def are_same(self, name: str) -> Flags:
        """Which of the pairs agree in a column."""
        found: Flags = self.source.same[name][self.ones] == self.target.same[name][self.others]
        return found

    def links(self, kept: Flags | slice = slice(None)) -> ir.Table:
        """Row numbers of both sides that belong together, of all pairs or of some."""
        one, other = self.source.numbers[self.ones[kept]], self.target.numbers[self.others[kept]]
        return ibis.memtable(pa.table({"source_row": one, "target_row": other}))

    def doubtful(self) -> tuple[Rows, Rows]:
        """The rows of both sides that are in no pair."""
        return self.source.take(_rest(self.source, self.ones)), self.target.take(_rest(self.target, self.others))


def _rest(side: Leftovers, paired: Numbers) -> Numbers:
    alone = np.ones(len(side), dtype=bool)
    alone[paired] = False
    return np.flatnonzero(alone)


def pair_plainly(
    table: TableMapping, sides: tuple[Side, Side], equal: EqualRows, judge: Judge, backend: Backend
) -> PlainPairs:
    """Pair leftover rows by key, then by content."""
    source, target = (_keep_leftovers(table, side, equal.leftovers(side.is_source), backend) for side in sides)
    pairs = PlainPairs(source, target, _NO_ROWS, _NO_ROWS)
    if not source.side.key_columns:
        return pairs
    pairs = pairs.join(*_by_key(source, target, judge))
    return pairs.join(*_by_content(pairs, judge))


def _keep_leftovers(table: TableMapping, side: Side, numbers: ir.Table, backend: Backend) -> Leftovers:
    relation = side.look_up(side.pick(numbers, backend))
    cells = {column.source: same_cell(side, column, relation) for column in compared_columns(table)}
    key = _joined_key([cells[column] for column in side.key_columns])
    asked = {f"_same_{place}": _number(cell, backend) for place, cell in enumerate(cells.values())}
    asked |= {KEY: _number(key, backend), LOOSE_KEY: _number(_loose(key), backend, key != "")}
    kept = backend.fetch_mapped(relation.select(*sorted(side.wanted), **asked).order_by(ROW))
    found = {name: kept.column(name).to_numpy().view(np.uint64) for name in asked}
    same = {column: found[f"_same_{place}"] for place, column in enumerate(cells)}
    return Leftovers(side, kept.select(sorted(side.wanted)), same, found[KEY], found[LOOSE_KEY])


def _number(text: ir.StringValue, backend: Backend, filled: ir.BooleanValue | None = None) -> ir.IntegerValue:
    number = hash_cells([text], backend)
    return ibis.ifelse(text != "" if filled is None else filled, number, ibis.literal(0, number.type()))


def _joined_key(parts: Sequence[ir.StringValue]) -> ir.StringValue:
    """The parts of a key joined; blank where one is missing."""
    if not parts:
        return ibis.literal("")
    key = parts[0]
    filled = key != ""
    for part in parts[1:]:
        filled &= part != ""
        key = key + "|" + part
    return ibis.ifelse(filled, key, "")


def _loose(key: ir.StringValue) -> ir.StringValue:
    return key.lower().re_replace(_NOT_ALNUM, "").re_replace("^0+", "")


def _meet_once(first: Hashes, second: Hashes) -> tuple[Numbers, Numbers]:
    """The places of the numbers that either side has once, blank ones left out."""
    (ones, places), (others, there) = _once(first), _once(second)
    _, here, beside = np.intersect1d(ones, others, assume_unique=True, return_indices=True)
    return places[here], there[beside]


def _once(numbers: Hashes) -> tuple[Hashes, Numbers]:
    values, places, times = np.unique(numbers, return_index=True, return_counts=True)
    alone = (times == 1) & (values != 0)
    return values[alone], places[alone]


def _by_key(source: Leftovers, target: Leftovers, judge: Judge) -> tuple[Numbers, Numbers]:
    ones, others = _meet_once(source.keys, target.keys)
    agreed, total = np.zeros(len(ones)), np.zeros(len(ones))
    for name in source.same:
        weight = 0.0 if name in judge.skipped else judge.weights.get(name, 0.0)
        one, other = source.same[name][ones], target.same[name][others]
        compared = (one != 0) & (other != 0)
        total += weight * compared
        agreed += weight * (compared & (one == other))
    plain = agreed > judge.settings.same_share * total
    return ones[plain], others[plain]


def _by_content(pairs: PlainPairs, judge: Judge) -> tuple[Numbers, Numbers]:
    """Rows of the target without key and the rows of the source whose content alone is the same."""
    source, target = pairs.source, pairs.target
    known = target.loose_keys[target.loose_keys != 0]
    free = _rest(source, pairs.ones), _rest(target, pairs.others)
    ones = free[0][~np.isin(source.loose_keys[free[0]], known)]
    others = free[1][target.keys[free[1]] == 0]
    here, there = _meet_once(_contents(source, ones, judge), _contents(target, others, judge))
    return ones[here], others[there]


def _contents(side: Leftovers, places: Numbers, judge: Judge) -> Hashes:
    """One number for all cells of a row but its key; 0 where they say too little."""
    bits, content = np.zeros(len(places)), np.zeros(len(places), dtype=np.uint64)
    names = [name for name in side.same if name not in side.side.key_columns]
    for name in names:
        cells = side.same[name][places]
        bits += judge.weights.get(name, 0.0) * (cells != 0)
        content = (content ^ cells) * MIXING
    content[bits < LEAST_BITS] = 0
    return content
