"""Phase 2, first half: pair the leftover rows that plainly belong together, by numbers that stand for their cells.

Two rows are plainly one record when they alone carry a key and most of their content agrees, or when the target carries
no key and they alone have the same content. Everything doubtful is left to the second half (`fates`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Flags, Numbers
from implement.engine.mapping.plan import TableMapping
from implement.engine.reconcile.arrived.book import Hashes
from implement.engine.reconcile.arrived.equal import EqualRows
from implement.engine.reconcile.arrived.expressions import compared_columns, same_cell
from implement.engine.reconcile.arrived.parents import MIXING
from implement.engine.reconcile.arrived.rows import KeptRows, Side
from implement.engine.reconcile.arrived.turning import find_turned, turn_dates, with_iso
from implement.engine.reconcile.links.weights import Judge

KEY, BLANK = "_key", "_blank"
LEAST_BITS = 1.0
_NOT_ALNUM = r"[^\p{L}\p{N}]"


@dataclass(frozen=True)
class Leftovers(KeptRows):
    """The rows of one side that phase 1 could not settle; `same` says which of their canonical cells are equal.

    Equal texts have equal numbers, blank ones 0.
    """

    same: Mapping[str, Hashes]
    keys: Hashes

    def but(self, paired: Numbers) -> Numbers:
        """The places of the rows that are in no pair."""
        alone = np.ones(len(self), dtype=bool)
        alone[paired] = False
        return np.flatnonzero(alone)


@dataclass(frozen=True)
class PlainPairs:
    """Pairs of rows, side by side: their places among the leftovers, their numbers, and which columns agree in them."""

    ones: Numbers
    others: Numbers
    source_rows: Numbers
    target_rows: Numbers
    same: Mapping[str, Flags]

    def __len__(self) -> int:
        return len(self.ones)

    def links(self, kept: Flags | slice = slice(None)) -> ir.Table:
        """Row numbers of both sides that belong together, of all pairs or of some."""
        return ibis.memtable(pa.table({"source_row": self.source_rows[kept], "target_row": self.target_rows[kept]}))


def keep_leftovers(
    table: TableMapping, sides: tuple[Side, Side], equal: EqualRows, backend: Backend
) -> tuple[Leftovers, Leftovers]:
    """The rows of both sides that phase 1 could not settle."""
    source, target = (_keep_leftovers(table, side, equal.leftovers(side.is_source), backend) for side in sides)
    return source, target


def pair_plainly(source: Leftovers, target: Leftovers, judge: Judge, backend: Backend) -> PlainPairs:
    """Pair leftover rows by key, then by content; rows without any key are left to be linked one by one."""
    ones = others = np.zeros(0, dtype=np.int64)
    if source.side.key_columns:
        ones, others = _by_key(source, target, judge)
        more = _by_content(source, source.but(ones), target, target.but(others), judge, backend)
        ones, others = np.concatenate([ones, more[0]]), np.concatenate([others, more[1]])
    same = {name: source.same[name][ones] == target.same[name][others] for name in source.same}
    return PlainPairs(ones, others, source.numbers[ones], target.numbers[others], same)


def _keep_leftovers(table: TableMapping, side: Side, numbers: ir.Table, backend: Backend) -> Leftovers:
    kept = side.find(numbers, backend)
    turned = find_turned(table, side)
    relation = ibis.memtable(turn_dates(kept, turned))
    cells = {column.source: same_cell(side, column, relation) for column in compared_columns(with_iso(table, turned))}
    key = _joined_key([cells[column] for column in side.key_columns])
    texts = {f"_same_{place}": cell for place, cell in enumerate(cells.values())}
    texts |= {KEY: key, BLANK: ibis.literal("")}
    asked = {name: hash_cells([text], backend) for name, text in texts.items()}
    hashes = backend.connection.to_pyarrow(relation.select(**asked))
    found = {name: hashes.column(name).to_numpy().view(np.uint64) for name in asked}
    filled = {name: np.where(found[name] == found[BLANK], np.uint64(0), found[name]) for name in asked}
    same = {column: filled[f"_same_{place}"] for place, column in enumerate(cells)}
    return Leftovers(side, kept, same, filled[KEY])


def _loosen_keys(rows: Leftovers, places: Numbers, backend: Backend) -> Hashes:
    """The keys of some rows without signs, case and leading noughts; 0 where there is none."""
    side = rows.side
    relation = ibis.memtable(rows.cells.take(pa.array(places)))
    key = _joined_key([same_cell(side, side.readers[name].column, relation) for name in side.key_columns])
    hashes = backend.connection.to_pyarrow(relation.select(**{KEY: hash_cells([_loose(key)], backend)}))
    return np.where(rows.keys[places] == 0, np.uint64(0), hashes.column(KEY).to_numpy().view(np.uint64))


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
    beside, met = _look_up(ones, others)
    return places[met], there[beside[met]]


def _look_up(asked: Hashes, known: Hashes) -> tuple[Numbers, Flags]:
    """Where numbers stand among known ones, which are in order, and which of them do; blank ones never do."""
    places = np.searchsorted(known, asked)
    return places, (np.append(known, np.uint64(0))[places] == asked) & (asked != 0)


def _once(numbers: Hashes) -> tuple[Hashes, Numbers]:
    """The numbers that occur once, in order, and their places."""
    order = np.argsort(numbers)
    ordered, begins = numbers[order], np.ones(len(numbers) + 1, dtype=bool)
    begins[1:-1] = ordered[1:] != ordered[:-1]
    alone = begins[:-1] & begins[1:] & (ordered != 0)
    return ordered[alone], order[alone]


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


def _by_content(
    source: Leftovers, ones: Numbers, target: Leftovers, others: Numbers, judge: Judge, backend: Backend
) -> tuple[Numbers, Numbers]:
    """Rows of the target without key and the rows of the source whose content alone is the same."""
    others = others[target.keys[others] == 0]
    if not len(others):
        return others, others
    there = _loosen_keys(target, np.arange(len(target)), backend)
    _, known = _look_up(_loosen_keys(source, ones, backend), np.sort(there))
    ones = ones[~known]
    here, met = _meet_once(_contents(source, ones, judge), _contents(target, others, judge))
    return ones[here], others[met]


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
