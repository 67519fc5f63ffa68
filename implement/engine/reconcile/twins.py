"""Rows without a partner: a twin makes them duplicated or merged rather than extra or dropped."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.intake import ROW
from implement.engine.reconcile.linking import nearest_rows
from implement.engine.reconcile.rows import Rows, Side, row_numbers
from implement.engine.reconcile.weights import Judge

SELECTIVE_FIELDS = 4


def find_duplicates(
    target: Rows, free: Sequence[int], source: Side, judge: Judge, backend: Backend
) -> dict[int, tuple[Rows, int]]:
    """For free target rows the source row they are one more copy of."""
    if not free:
        return {}
    pool = fetch_alike(target, free, source, judge, backend)
    same_key = _by_key(target, free, pool, judge)
    rest = [place for place in free if place not in same_key]
    near = nearest_rows(target, rest, pool, range(len(pool)), judge, source.table.row_count)
    return {place: (pool, other) for place, other in (same_key | near).items()}


def find_second_copies(target: Rows, free: Sequence[int], source: Side, judge: Judge, backend: Backend) -> set[int]:
    """Free target rows under a key whose owner they closely resemble: its copies, whatever else resembles them."""
    keyed = [place for place in free if target.keys[place]]
    if not keyed or not source.key_columns:
        return set()
    pool = source.fetch(_numbers_sharing(target, keyed, source, source.key_columns), backend)
    owners = {key: place for place, key in enumerate(pool.keys) if key}
    return {
        place
        for place in keyed
        if target.keys[place] in owners
        and judge.compare(pool, owners[target.keys[place]], target, place).share >= judge.settings.same_share
    }


def _by_key(target: Rows, free: Sequence[int], pool: Rows, judge: Judge) -> dict[int, int]:
    places = {key: place for place, key in reversed(list(enumerate(pool.keys))) if key}
    found = {}
    for place in free:
        other = places.get(target.keys[place])
        if other is not None and judge.compare(pool, other, target, place).share >= judge.settings.same_share:
            found[place] = other
    return found


def find_merged(
    source: Rows, free: Sequence[int], side: Side, judge: Judge, backend: Backend
) -> dict[int, tuple[Rows, int]]:
    """For free source rows the arrived source row that is the same thing once more."""
    if not free:
        return {}
    pool = fetch_alike(source, free, side, judge, backend)
    gone = {source.numbers[place] for place in free}
    arrived = [place for place, number in enumerate(pool.numbers) if number not in gone]
    near = nearest_rows(source, free, pool, arrived, judge, side.table.row_count)
    return {place: (pool, other) for place, other in near.items()}


def fetch_alike(rows: Rows, places: Sequence[int], side: Side, judge: Judge, backend: Backend) -> Rows:
    """Source rows that may be alike: all of a small table, else those that share a selective value or the key."""
    if side.table.row_count <= judge.settings.whole_rows:
        return side.fetch(None, backend)
    return side.fetch(_numbers_sharing(rows, places, side, _selective_fields(side, judge)), backend)


def keep_alike(doubtful: tuple[Rows, Rows], side: Side, judge: Judge, backend: Backend) -> Side:
    """The source with those rows alone that `fetch_alike` may ask for, so that a large table is read once."""
    if side.table.row_count <= judge.settings.whole_rows or not any(map(len, doubtful)):
        return side
    shared = ibis.literal(False)
    for name in _selective_fields(side, judge):
        wanted = {cell for rows in doubtful for cell in _cells(rows, name, range(len(rows)))}
        shared |= side.relation[side.names[name]].isin(_asked(wanted)["wanted"])
    return replace(side, relation=backend.keep(side.relation.filter(shared).select(sorted(side.wanted)), "alike"))


def _selective_fields(side: Side, judge: Judge) -> list[str]:
    least = judge.settings.fetch_share * math.log2(side.table.row_count)
    told = [name for name in judge.naming if judge.weights.get(name, 0.0) >= least]
    names = sorted(told, key=lambda name: (-judge.weights[name], name))[:SELECTIVE_FIELDS]
    return names + [name for name in side.key_columns if name not in names]


def _numbers_sharing(rows: Rows, places: Sequence[int], side: Side, names: Sequence[str]) -> ir.Table:
    """The numbers of the side's rows that share a value with one of the places in at least one of the fields."""
    numbers = None
    for name in names:
        asked, relation = _asked(_cells(rows, name, places)), side.relation
        found = relation.semi_join(asked, relation[side.names[name]] == asked["wanted"]).select(ROW)
        numbers = found if numbers is None else numbers.union(found)
    return row_numbers([]) if numbers is None else numbers.distinct()


def _cells(rows: Rows, name: str, places: Sequence[int]) -> set[str]:
    return {cell for cells in (rows.raw[name], rows.read[name]) for cell in cells.take(places).used() if cell}


def _asked(cells: Collection[str]) -> ir.Table:
    return ibis.memtable({"wanted": sorted(cells)}, schema={"wanted": "string"})
