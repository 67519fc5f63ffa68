"""Phase 1: hash every row of both sides and set aside those that arrived as they were."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Flags
from implement.engine.intake import ROW, map_parts
from implement.engine.mapping.plan import ColumnMapping, TableMapping
from implement.engine.reconcile.arrived.book import HASH_BITS, SPARE_BITS, Hashes
from implement.engine.reconcile.arrived.expressions import compared_columns, number_and_rest, same_cell, stands_as_it_is
from implement.engine.reconcile.arrived.loosely import loosely
from implement.engine.reconcile.arrived.parents import MIXING, UNRESOLVED, KnownParents, ListedParents
from implement.engine.reconcile.arrived.rows import Lookup, Side
from implement.engine.reconcile.arrived.settled import (
    HashedRows,
    Settled,
    SettledHere,
    SettledThere,
    Span,
    hashed_rows,
    span,
)
from implement.engine.reconcile.arrived.turning import find_turned, turn_dates, with_iso

OWN = "_own"
ODD = np.uint64(1)


@dataclass(frozen=True)
class EqualRows:
    """What phase 1 found: which rows belong together as they are, and which are still to be looked at."""

    settled: Settled
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
    one, other = (_hash_here(table, side, foreign, backend) for side in (source, target))
    return _compare_here(one, other, backend)


def _number(table: TableMapping, side: Side, foreign: Collection[str], backend: Backend) -> ir.Table:
    """For every row the hash of its own cells, and those of its references by foreign ids, by which they are looked up.

    Numbers alone are joined with the parents: texts taken along would cost half as much again.
    """
    relation = side.relation
    columns = [column for column in compared_columns(table) if column.source not in side.translated]
    own = [cell for one in columns if one.source not in foreign for cell in _own_cells(side, one, relation)]
    numbers = {ROW: relation[ROW], OWN: hash_cells(own or [ibis.literal("")], backend)}
    named = {column.source: same_cell(side, column, relation) for column in columns if column.source in foreign}
    numbers |= {name: hash_cells([cell], backend) for name, cell in named.items()}
    numbers |= {lookup.column: hash_cells([lookup.cells(relation)], backend) for lookup in side.lookups}
    return relation.select(**numbers)


def _own_cells(side: Side, column: ColumnMapping, relation: ir.Table) -> tuple[ir.Value, ...]:
    """A cell as it is hashed: as it stands, as the number it is and what is none, or as the text it is compared as."""
    if stands_as_it_is(column):
        return (relation[side.names[column.source]],)
    return number_and_rest(side, column, relation) or (same_cell(side, column, relation),)


def _hash_there(table: TableMapping, side: Side, foreign: Sequence[str], backend: Backend) -> ir.Table:
    """The hash of every row; a reference by foreign ids is compared as the hash of the parent's key."""
    numbered = _number(table, side, foreign, backend)
    for lookup in side.lookups:
        if isinstance(lookup.links, ListedParents):
            numbered = _look_up_there(lookup, lookup.links.texts, numbered, backend)
    parts = [numbered[OWN], *(numbered[side.translated.get(name, name)] for name in foreign)]
    return backend.keep_numbers(numbered.select(**{ROW: numbered[ROW], "hash": hash_cells(parts, backend)}), "hashes")


def _look_up_there(lookup: Lookup, links: ir.Table, numbered: ir.Table, backend: Backend) -> ir.Table:
    parents = loosely(links["parent"]) if lookup.is_loose else links["parent"]
    links = links.select(named=hash_cells([links["named"]], backend), parent=hash_cells([parents], backend))
    joined = numbered.left_join(links, numbered[lookup.column] == links["named"])
    unresolved = hash_cells([ibis.literal(UNRESOLVED)], backend)
    return joined.mutate(**{lookup.name: joined["parent"].fill_null(unresolved)}).drop("named", "parent")


def _hash_here(table: TableMapping, side: Side, foreign: Sequence[str], backend: Backend) -> HashedRows:
    """The number of every row and its hash, worked out as the rows are read."""
    known = {one.name: (one.column, one.links) for one in side.lookups if isinstance(one.links, KnownParents)}
    spans: list[Span] = []
    hashes = [np.zeros(0, dtype=np.uint64)]
    for batch in _read_numbered(table, side, foreign, backend):
        found = {name: batch.column(name).to_numpy() for name in batch.schema.names}
        whole = found[OWN].copy()
        found |= {name: links.find(found[column]) for name, (column, links) in known.items()}
        for name in foreign:
            whole = (whole ^ found[side.translated.get(name, name)]) * MIXING
        spans.append(span(found[ROW]))
        hashes.append(whole)
    return hashed_rows(spans, np.concatenate(hashes))


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


def _compare_here(source: HashedRows, target: HashedRows, backend: Backend) -> EqualRows:
    lefts, unequal = _find_left(source.hashes, target.hashes)
    ones, others = (replace(side, left=left) for side, left in zip((source, target), lefts, strict=True))
    numbers = (pa.table({ROW: side.at(np.flatnonzero(side.left))}) for side in (ones, others))
    left_source, left_target = (backend.keep_rows(rows, "left") for rows in numbers)
    return EqualRows(SettledHere(ones, others), left_source, left_target, int((~ones.left).sum()), unequal)


def _find_left(source: Hashes, target: Hashes) -> tuple[tuple[Flags, Flags], int]:
    """Which rows have a hash that is not equally often on both sides, and how many such hashes there are."""
    lefts = _sieve(source, target)
    some = [hashes[left] for hashes, left in zip((source, target), lefts, strict=True)]
    known, which = np.unique(np.concatenate(some), return_inverse=True)
    ones, others = np.split(which, [len(some[0])])
    odd = np.bincount(ones, minlength=len(known)) != np.bincount(others, minlength=len(known))
    for left, places in zip(lefts, (ones, others), strict=True):
        left[left] = odd[places]
    return lefts, int(odd.sum())


def _sieve(source: Hashes, target: Hashes) -> tuple[Flags, Flags]:
    """The rows that may be unequal: hashes that begin alike are summed up, and where both sums agree, so do the hashes.

    Each counts as an odd number, of which no sum vanishes however often it is there.
    """
    shift = np.uint64(HASH_BITS - SPARE_BITS - max(len(source), len(target)).bit_length())
    sums = np.zeros(1 << (HASH_BITS - int(shift)), dtype=np.uint64)
    begins = [(hashes >> shift).view(np.int64) for hashes in (source, target)]
    for add, places, hashes in zip((np.add, np.subtract), begins, (source, target), strict=True):
        add.at(sums, places, hashes << ODD | ODD)
    differ = sums != 0
    return differ[begins[0]], differ[begins[1]]


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
    return EqualRows(SettledThere(settled), left[0], left[1], int(found["arrived"]), int(found["unequal"]))


def _pairs_there(source: ir.Table, target: ir.Table, equal: ir.Table) -> ir.Table:
    once = equal.filter(equal["rows"] == 1).select("source_row", "target_row")
    several = equal.filter(equal["rows"] > 1)
    ones, others = (_numbered(hashed.semi_join(several, "hash")) for hashed in (source, target))
    turned = ones.join(others, ["hash", "turn"])
    return once.union(turned.select(source_row=ibis._[ROW], target_row=ibis._[f"{ROW}_right"]))


def _numbered(hashed: ir.Table) -> ir.Table:
    turn = ibis.row_number().over(group_by="hash", order_by=ROW)
    return hashed.mutate(turn=turn)
