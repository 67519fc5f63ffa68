"""Rows without a partner: a twin makes them duplicated or merged rather than extra or dropped."""

import itertools
import math
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Flags, Numbers
from implement.engine.intake import ROW, fetch_rows_with
from implement.engine.reconcile.arrived.rows import KeptRows, Rows, Side
from implement.engine.reconcile.fates.decided import Twin
from implement.engine.reconcile.fates.surplus import find_surplus
from implement.engine.reconcile.fates.survivors import FollowedRows, follow
from implement.engine.reconcile.links.likeness import Bar, agree_wholly
from implement.engine.reconcile.links.linking import Link, nearest_rows, twin_bar
from implement.engine.reconcile.links.paired import PairedRows
from implement.engine.reconcile.links.weights import Judge

SELECTIVE_FIELDS = 4
RAREST_FIELDS = 2


def find_duplicates(
    target: Rows, free: Sequence[int], copies: Mapping[int, Twin], near: KeptRows, judge: Judge
) -> dict[int, Twin]:
    """For free target rows the source row they are one more copy of; some are known as second `copies`."""
    if not free:
        return {}
    known = {place: copies[place] for place in free if place in copies}
    rest = [place for place in free if place not in known]
    bar = twin_bar(judge, near.side.table.row_count)
    return known | _find_nearest(target, rest, near, judge, bar)


def find_second_copies(
    rows: PairedRows, near: FollowedRows, free: Sequence[int], strangers: set[Link]
) -> dict[int, Twin]:
    """Free target rows under a key whose owner they closely resemble: its copies, whatever else resembles them.

    Where there is no key, those that repeat all that a source row holds.
    """
    target, judge = follow(rows.target, near.survivors), rows.judge
    if not near.side.key_columns:
        surplus = find_surplus(rows, twin_bar(judge, near.side.table.row_count))
        return {place: (rows.source, one) for place, one in surplus.items()}
    keyed = [place for place in free if target.keys[place]]
    if not keyed:
        return {}
    pool = near.take(_find_sharing(target, keyed, near, near.side.key_columns, judge))
    owners = {key: place for place, key in reversed(list(enumerate(pool.keys))) if key}
    named = [(owners[target.keys[place]], place) for place in keyed if target.keys[place] in owners]
    owned = [(one, place) for one, place in named if (pool.numbers[one], place) not in strangers]
    return {place: (pool, one) for one, place in _alike(target, owned, pool, judge)}


def _alike(target: Rows, owned: Sequence[Link], pool: Rows, judge: Judge) -> list[Link]:
    """Those target rows that resemble the owner of their key, each after its owner's place."""
    ones, others = np.array(owned, dtype=np.int64).reshape(-1, 2).T
    beside = np.arange(len(owned))
    found = agree_wholly((beside, beside), PairedRows(pool.take(ones), target.take(others), judge))
    return list(itertools.compress(owned, found.share >= judge.settings.same_share))


def find_merged(source: Rows, free: Sequence[int], near: KeptRows, judge: Judge) -> dict[int, Twin]:
    """For free source rows the arrived source row that is the same thing once more."""
    if not free:
        return {}
    bar = twin_bar(judge, near.side.table.row_count)
    return _find_nearest(source, free, near, judge, bar, gone=[source.numbers[place] for place in free])


def _find_nearest(
    rows: Rows, places: Sequence[int], near: KeptRows, judge: Judge, bar: Bar, gone: Sequence[int] = ()
) -> dict[int, Twin]:
    """For some rows the most alike of the kept ones, but for those that are gone, if it is their twin."""
    pool = _fetch_alike(rows, places, near, judge, bar, gone)
    alike = nearest_rows(PairedRows(rows.take(places), pool, judge), bar)
    return {places[one]: (pool, other) for one, other in alike.items()}


def keep_alike(doubtful: tuple[Rows, Rows], side: Side, judge: Judge, backend: Backend) -> KeptRows:
    """The source's rows among which twins are sought: all of a small table, else those like a doubtful one."""
    rows = side.relation.select(sorted(side.wanted))
    none = KeptRows(side, rows.schema().to_pyarrow().empty_table())
    if not any(map(len, doubtful)):
        return none
    if side.table.row_count <= judge.settings.whole_rows:
        return KeptRows(side, backend.fetch_mapped(rows.order_by(ROW)))
    wanted = {side.names[name]: _asked(doubtful, name) for name in _needed_fields(side, judge)}
    if not wanted:
        return none
    found = fetch_rows_with(side.relation, wanted, sorted(side.wanted), backend)
    return KeptRows(side, backend.fetch_mapped(_sharing(rows, wanted).order_by(ROW)) if found is None else found)


def _asked(doubtful: tuple[Rows, Rows], name: str) -> pa.Array:
    one, other = (_cells(rows, name, range(len(rows))) for rows in doubtful)
    return pa.array(list(one | other), pa.string())


def _sharing(rows: ir.Table, wanted: Mapping[str, pa.Array]) -> ir.Table:
    """The rows of which a column holds a wanted cell."""
    shared = ibis.literal(False)
    for name, cells in wanted.items():
        asked = ibis.memtable(pa.table({"wanted": cells}))
        shared |= rows[name].isin(asked["wanted"])
    return rows.filter(shared)


def _fetch_alike(
    rows: Rows, places: Sequence[int], near: KeptRows, judge: Judge, bar: Bar, gone: Sequence[int]
) -> Rows:
    """Rows that may be alike, as they agree in what tells who the record is, or in what is rarest of all."""
    among = _find_sharing(rows, places, near, _selective_fields(near.side, judge), judge)
    among = among[~np.isin(near.numbers[among], gone)]
    kept = np.full(len(among), bar.named <= 0)
    for fields, least in _shared_by_twins(judge, bar):
        left = np.flatnonzero(~kept)
        shared = (_share(rows, places, near, among[left], name) for name in fields)
        kept[left] = np.sum(list(shared), axis=0) >= least
    return near.take(among[kept])


def _shared_by_twins(judge: Judge, bar: Bar) -> list[tuple[Sequence[str], int]]:
    """Of which fields twins share how many: of one of these at least."""
    naming = {name: judge.weights[name] for name in judge.naming.intersection(judge.compared)}
    alone = {name for name, bits in naming.items() if bits >= bar.named}.union(_rarest(judge))
    beside = {name for name, bits in naming.items() if bits >= bar.named_next} - alone
    asked: list[tuple[Sequence[str], int]] = [*(((name,), 1) for name in sorted(alone)), (sorted(beside), 2)]
    return [(fields, least) for fields, least in asked if len(fields) >= least]


def _needed_fields(side: Side, judge: Judge) -> list[str]:
    """The selective fields but for those that twins share beside another selective one in any case."""
    selective, bar = _selective_fields(side, judge), twin_bar(judge, side.table.row_count)
    shared = {name for fields, _ in _shared_by_twins(judge, bar) for name in fields}
    if bar.named <= 0 or not shared.issubset(selective):
        return selective
    return [name for name in selective if name in shared.union(side.key_columns)]


def _share(rows: Rows, places: Sequence[int], near: KeptRows, among: Numbers, name: str) -> Flags:
    """Which of the kept rows share a value of a field with one of the places."""
    wanted = set(rows.read[name].take(places).used()) - {""}
    return np.asarray(pc.is_in(near.read(name, among), value_set=pa.array(list(wanted), pa.string())))


def _find_sharing(rows: Rows, places: Sequence[int], near: KeptRows, names: Sequence[str], judge: Judge) -> Numbers:
    """Places among the kept rows: all of a small table, else those that share a value in one of these fields."""
    if near.side.table.row_count <= judge.settings.whole_rows:
        return np.arange(len(near))
    return _places_sharing(rows, places, near, names)


def _selective_fields(side: Side, judge: Judge) -> list[str]:
    least = judge.settings.fetch_share * math.log2(max(1, side.table.row_count))
    told = [name for name in judge.naming if judge.weights.get(name, 0.0) >= least]
    if not told:
        rare = math.log2(max(1, side.table.row_count)) - judge.settings.naming_slack
        told = [name for name in _rarest(judge) if judge.weights[name] >= rare]
    names = sorted(told, key=lambda name: (-judge.weights[name], name))[:SELECTIVE_FIELDS]
    return names + [name for name in side.key_columns if name not in names]


def _rarest(judge: Judge) -> list[str]:
    """The fields that say most, whatever they hold: whole copies agree in one of them at least."""
    return sorted(judge.compared, key=lambda name: (-judge.weights[name], name))[:RAREST_FIELDS]


def _places_sharing(rows: Rows, places: Sequence[int], near: KeptRows, names: Sequence[str]) -> Numbers:
    """The places of the kept rows that share a value with one of the places in at least one of the fields."""
    shared = np.zeros(len(near), dtype=bool)
    for name in names:
        asked = pa.array(list(_cells(rows, name, places)), pa.string())
        shared |= pc.is_in(near.cells.column(near.side.names[name]), value_set=asked).to_numpy()
    return np.flatnonzero(shared)


def _cells(rows: Rows, name: str, places: Sequence[int]) -> set[str]:
    columns = {rows.raw[name], rows.read[name]}
    return set().union(*(cells.take(places).used() for cells in columns)) - {""}
