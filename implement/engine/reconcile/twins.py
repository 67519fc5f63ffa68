"""Rows without a partner: a twin makes them duplicated or merged rather than extra or dropped."""

import math
from collections.abc import Mapping, Sequence

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Numbers
from implement.engine.intake import ROW
from implement.engine.reconcile.likeness import compare_pairs
from implement.engine.reconcile.linking import nearest_rows
from implement.engine.reconcile.rows import KeptRows, Rows, Side
from implement.engine.reconcile.weights import Judge

SELECTIVE_FIELDS = 4


def find_duplicates(
    target: Rows, free: Sequence[int], near: KeptRows, judge: Judge
) -> dict[int, tuple[Rows, int]]:
    """For free target rows the source row they are one more copy of."""
    if not free:
        return {}
    pool = _fetch_alike(target, free, near, judge)
    same_key = _by_key(target, free, pool, judge)
    rest = [place for place in free if place not in same_key]
    alike = nearest_rows(target, rest, pool, range(len(pool)), judge, near.side.table.row_count)
    return {place: (pool, other) for place, other in (same_key | alike).items()}


def find_second_copies(target: Rows, free: Sequence[int], near: KeptRows, judge: Judge) -> set[int]:
    """Free target rows under a key whose owner they closely resemble: its copies, whatever else resembles them."""
    keyed = [place for place in free if target.keys[place]]
    if not keyed or not near.side.key_columns:
        return set()
    pool = near.take(_places_sharing(target, keyed, near, near.side.key_columns))
    owners = {key: place for place, key in enumerate(pool.keys) if key}
    return set(_like_owners(target, keyed, pool, owners, judge))


def _by_key(target: Rows, free: Sequence[int], pool: Rows, judge: Judge) -> dict[int, int]:
    owners = {key: place for place, key in reversed(list(enumerate(pool.keys))) if key}
    return _like_owners(target, free, pool, owners, judge)


def _like_owners(
    target: Rows, places: Sequence[int], pool: Rows, owners: Mapping[str, int], judge: Judge
) -> dict[int, int]:
    """The target rows that resemble the owner of their key, each with its owner's place."""
    owned = [(owners[target.keys[place]], place) for place in places if target.keys[place] in owners]
    ones, others = np.array(owned, dtype=np.int64).reshape(-1, 2).T
    alike = compare_pairs((ones, others), pool, target, judge).share >= judge.settings.same_share
    return dict(zip(others[alike].tolist(), ones[alike].tolist(), strict=True))


def find_merged(source: Rows, free: Sequence[int], near: KeptRows, judge: Judge) -> dict[int, tuple[Rows, int]]:
    """For free source rows the arrived source row that is the same thing once more."""
    if not free:
        return {}
    pool = _fetch_alike(source, free, near, judge)
    gone = {source.numbers[place] for place in free}
    arrived = [place for place, number in enumerate(pool.numbers) if number not in gone]
    alike = nearest_rows(source, free, pool, arrived, judge, near.side.table.row_count)
    return {place: (pool, other) for place, other in alike.items()}


def keep_alike(doubtful: tuple[Rows, Rows], side: Side, judge: Judge, backend: Backend) -> KeptRows:
    """The source's rows among which twins are sought: all of a small table, else those like a doubtful one."""
    rows = side.relation.select(sorted(side.wanted))
    if not any(map(len, doubtful)):
        return KeptRows(side, rows.schema().to_pyarrow().empty_table())
    if side.table.row_count > judge.settings.whole_rows:
        shared = ibis.literal(False)
        for name in _selective_fields(side, judge):
            wanted = {cell for side_rows in doubtful for cell in _cells(side_rows, name, range(len(side_rows)))}
            asked = ibis.memtable({"wanted": sorted(wanted)}, schema={"wanted": "string"})
            shared |= side.relation[side.names[name]].isin(asked["wanted"])
        rows = side.relation.filter(shared).select(sorted(side.wanted))
    return KeptRows(side, backend.fetch_mapped(rows.order_by(ROW))[0])


def _fetch_alike(rows: Rows, places: Sequence[int], near: KeptRows, judge: Judge) -> Rows:
    """Rows that may be alike: all of a small table, else those that share a selective value or the key."""
    if near.side.table.row_count <= judge.settings.whole_rows:
        return near.take(range(len(near)))
    return near.take(_places_sharing(rows, places, near, _selective_fields(near.side, judge)))


def _selective_fields(side: Side, judge: Judge) -> list[str]:
    least = judge.settings.fetch_share * math.log2(side.table.row_count)
    told = [name for name in judge.naming if judge.weights.get(name, 0.0) >= least]
    names = sorted(told, key=lambda name: (-judge.weights[name], name))[:SELECTIVE_FIELDS]
    return names + [name for name in side.key_columns if name not in names]


def _places_sharing(rows: Rows, places: Sequence[int], near: KeptRows, names: Sequence[str]) -> Numbers:
    """The places of the kept rows that share a value with one of the places in at least one of the fields."""
    shared = np.zeros(len(near), dtype=bool)
    for name in names:
        asked = pa.array(_cells(rows, name, places), pa.string())
        shared |= pc.is_in(near.cells.column(near.side.names[name]), value_set=asked).to_numpy()
    return np.flatnonzero(shared)


def _cells(rows: Rows, name: str, places: Sequence[int]) -> set[str]:
    return {cell for cells in (rows.raw[name], rows.read[name]) for cell in cells.take(places).used() if cell}
