"""Phase 1: hash every row of both sides and set aside those that arrived as they were."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Numbers
from implement.engine.intake import ROW, map_parts
from implement.engine.mapping.plan import TableMapping
from implement.engine.memory import give_back
from implement.engine.reconcile.expressions import compared_columns, same_cell
from implement.engine.reconcile.parents import MIXING, UNRESOLVED, Hashes, KnownParents, ListedParents
from implement.engine.reconcile.rows import Lookup, Side
from implement.engine.reconcile.turning import find_turned, turn_dates, with_iso

OWN = "_own"
SHARE_ROWS = 1_000_000
"""So many hashes of a side are compared in memory at once."""


@dataclass(frozen=True)
class EqualRows:
    """What phase 1 found: which rows belong together as they are, and which are still to be looked at."""

    settled: ir.Table
    """Row numbers of both sides (`source_row`, `target_row`) of the rows that arrived as they were."""
    left_source: ir.Table
    left_target: ir.Table
    arrived: int
    unequal: int
    """Hashes whose rows are not equally many on both sides."""

    def leftovers(self, is_source: bool) -> ir.Table:
        """The numbers of the rows that phase 1 could not settle."""
        return self.left_source if is_source else self.left_target


def settle_equal_rows(table: TableMapping, source: Side, target: Side, backend: Backend) -> EqualRows:
    """Hash both sides and compare how often each hash occurs: in memory, or where the rows are on other machines."""
    foreign = sorted(target.translated)
    if backend.embedded is not backend:
        there = [_hash_there(table, side, foreign, backend) for side in (source, target)]
        return _compare_there(there[0], there[1], backend)
    rows = max(source.table.row_count, target.table.row_count)
    one, other = (_hash_here(table, side, foreign, backend) for side in (source, target))
    equal = _compare_here(one, other, 1 + rows // SHARE_ROWS, backend)
    del one, other
    give_back()
    return equal


def _number(table: TableMapping, side: Side, foreign: Collection[str], backend: Backend) -> ir.Table:
    """For every row the hash of its own cells, and those of its references by foreign ids, by which they are looked up.

    Numbers alone are joined with the parents: texts taken along would cost half as much again.
    """
    relation = side.relation
    texts = {
        column.source: same_cell(side, column, relation)
        for column in compared_columns(table)
        if column.source not in side.translated
    }
    own = [cell for name, cell in texts.items() if name not in foreign]
    numbers = {ROW: relation[ROW], OWN: hash_cells(own or [ibis.literal("")], backend)}
    numbers |= {name: hash_cells([cell], backend) for name, cell in texts.items() if name in foreign}
    numbers |= {lookup.column: hash_cells([relation[lookup.column]], backend) for lookup in side.lookups}
    return relation.select(**numbers)


def _hash_there(table: TableMapping, side: Side, foreign: Sequence[str], backend: Backend) -> ir.Table:
    """The hash of every row; a reference by foreign ids is compared as the hash of the parent's key."""
    numbered = _number(table, side, foreign, backend)
    for lookup in side.lookups:
        if isinstance(lookup.links, ListedParents):
            numbered = _look_up_there(lookup, lookup.links.texts, numbered, backend)
    parts = [numbered[OWN], *(numbered[side.translated.get(name, name)] for name in foreign)]
    return backend.keep_numbers(numbered.select(**{ROW: numbered[ROW], "hash": hash_cells(parts, backend)}), "hashes")


def _look_up_there(lookup: Lookup, links: ir.Table, numbered: ir.Table, backend: Backend) -> ir.Table:
    links = links.select(**{name: hash_cells([links[name]], backend) for name in ("named", "parent")})
    joined = numbered.left_join(links, numbered[lookup.column] == links["named"])
    unresolved = hash_cells([ibis.literal(UNRESOLVED)], backend)
    return joined.mutate(**{lookup.name: joined["parent"].fill_null(unresolved)}).drop("named", "parent")


def _hash_here(table: TableMapping, side: Side, foreign: Sequence[str], backend: Backend) -> tuple[Numbers, Hashes]:
    """The number of every row and its hash, worked out as the rows are read."""
    known = {one.name: (one.column, one.links) for one in side.lookups if isinstance(one.links, KnownParents)}
    rows, hashes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.uint64)]
    for batch in _read_numbered(table, side, foreign, backend):
        found = {name: batch.column(name).to_numpy() for name in batch.schema.names}
        whole = found[OWN].copy()
        found |= {name: links.parents[links.find(found[column])] for name, (column, links) in known.items()}
        for name in foreign:
            whole = (whole ^ found[side.translated.get(name, name)]) * MIXING
        rows.append(found[ROW].copy())
        hashes.append(whole)
    return np.concatenate(rows), np.concatenate(hashes)


def _read_numbered(
    table: TableMapping, side: Side, foreign: Sequence[str], backend: Backend
) -> Iterator[pa.RecordBatch]:
    columns = sorted({ROW, *side.names.values()})
    parts = map_parts(side.relation, columns, backend)
    if parts is None:
        return backend.read(_number(table, side, foreign, backend))
    turned = find_turned(table, side)
    mapping = with_iso(table, turned)
    schema = pa.schema([(name, side.relation[name].type().to_pyarrow()) for name in columns])
    return backend.read_parts(
        (turn_dates(part, turned) for part in parts),
        schema,
        lambda rows: _number(mapping, replace(side, relation=rows), foreign, backend),
    )


def _compare_here(
    source: tuple[Numbers, Hashes], target: tuple[Numbers, Hashes], shares: int, backend: Backend
) -> EqualRows:
    found, unequal = [], 0
    for share in range(shares):
        both = _Share(*(_sort(*side, share, shares) for side in (source, target)))
        found.append((*both.pairs(), *both.left()))
        unequal += both.unequal
    ones, others, left_source, left_target = (list(rows) for rows in zip(*found, strict=True))
    return EqualRows(
        _offer({"source_row": ones, "target_row": others}, backend),
        _offer({ROW: left_source}, backend),
        _offer({ROW: left_target}, backend),
        sum(map(len, ones)),
        unequal,
    )


def _sort(rows: Numbers, hashes: Hashes, share: int, shares: int) -> "_Hashes":
    some = np.flatnonzero(hashes % shares == share)
    order = some[np.argsort(hashes[some])]
    return _Hashes(hashes[order], rows[order])


def _offer(numbers: dict[str, list[Numbers]], backend: Backend) -> ir.Table:
    columns = {name: np.concatenate(parts) for name, parts in numbers.items()}
    return backend.keep_rows(pa.table(columns), "settled")


@dataclass(frozen=True)
class _Hashes:
    """Hashes in order, the row of each beside it."""

    hashes: Hashes
    rows: Numbers

    @cached_property
    def first(self) -> Numbers:
        """Where each different hash begins."""
        places = np.flatnonzero(self.hashes[1:] != self.hashes[:-1]) + 1
        return np.concatenate([np.zeros(min(1, len(self.hashes)), dtype=np.int64), places])

    @cached_property
    def times(self) -> Numbers:
        """How often each different hash occurs."""
        return np.diff(self.first, append=len(self.hashes))

    def rows_of(self, wanted: npt.NDArray[np.bool_]) -> Numbers:
        """The rows of some of the different hashes, those of one hash in the order of the file."""
        rows, times = self.rows[np.repeat(wanted, self.times)], self.times[wanted]
        several = np.flatnonzero(np.repeat(times > 1, times))
        groups = np.repeat(np.arange(len(times)), times)[several]
        rows[several] = rows[several][np.lexsort((rows[several], groups))]
        return rows


@dataclass(frozen=True)
class _Share:
    """Some hashes of both sides."""

    one: _Hashes
    other: _Hashes

    @cached_property
    def _meeting(self) -> tuple[Numbers, Numbers]:
        """The places of the hashes that both sides have, among the different hashes of either."""
        ones, others = (side.hashes[side.first] for side in (self.one, self.other))
        places = np.searchsorted(others, ones)
        met = places < len(others)
        met[met] = others[places[met]] == ones[met]
        return np.flatnonzero(met), places[met]

    @cached_property
    def is_equal(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """For each different hash of either side whether the other has it as often."""
        one, other = self._meeting
        same = self.one.times[one] == self.other.times[other]
        found = np.zeros(len(self.one.first), dtype=bool), np.zeros(len(self.other.first), dtype=bool)
        found[0][one[same]] = found[1][other[same]] = True
        return found

    @property
    def unequal(self) -> int:
        """How many hashes do not occur equally often."""
        one, other = self.is_equal
        return int((~one).sum()) + len(other) - len(self._meeting[0])

    def pairs(self) -> tuple[Numbers, Numbers]:
        """The rows of hashes that occur equally often, side by side."""
        return self.one.rows_of(self.is_equal[0]), self.other.rows_of(self.is_equal[1])

    def left(self) -> tuple[Numbers, Numbers]:
        """The rows of the other hashes, of either side."""
        return self.one.rows_of(~self.is_equal[0]), self.other.rows_of(~self.is_equal[1])


def _compare_there(source: ir.Table, target: ir.Table, backend: Backend) -> EqualRows:
    counted = source.group_by("hash").aggregate(rows=ibis._.count(), source_row=ibis._[ROW].min())
    others = target.group_by("hash").aggregate(others=ibis._.count(), target_row=ibis._[ROW].min())
    both = counted.outer_join(others, "hash")
    kept = backend.keep_numbers(
        both.select(
            "source_row",
            "target_row",
            hash=ibis.coalesce(both["hash"], both["hash_right"]),
            rows=both["rows"].fill_null(0),
            others=both["others"].fill_null(0),
        ),
        "counted",
    )
    equal = kept["rows"] == kept["others"]
    figures = kept.aggregate(arrived=kept["rows"].sum(where=equal).fill_null(0), unequal=(~equal).sum().fill_null(0))
    found = backend.connection.to_pyarrow(figures).to_pylist()[0]
    left = [hashed.semi_join(kept.filter(~equal), "hash").select(ROW) for hashed in (source, target)]
    settled = _pairs_there(source, target, kept.filter(equal))
    return EqualRows(settled, left[0], left[1], int(found["arrived"]), int(found["unequal"]))


def _pairs_there(source: ir.Table, target: ir.Table, equal: ir.Table) -> ir.Table:
    once = equal.filter(equal["rows"] == 1).select("source_row", "target_row")
    several = equal.filter(equal["rows"] > 1)
    ones, others = (_numbered(hashed.semi_join(several, "hash")) for hashed in (source, target))
    turned = ones.join(others, ["hash", "turn"])
    return once.union(turned.select(source_row=ibis._[ROW], target_row=ibis._[f"{ROW}_right"]))


def _numbered(hashed: ir.Table) -> ir.Table:
    turn = ibis.row_number().over(group_by="hash", order_by=ROW)
    return hashed.mutate(turn=turn)
