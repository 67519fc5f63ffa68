"""Lost records that the target merged by a rule: of those that are called the same it keeps one.

They differ from the one that arrived in dates, amounts and ticks alone, as a second entry of one thing does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Flags
from implement.engine.intake import ROW
from implement.engine.reconcile.arrived.rows import KeptRows, Rows, Side, row_numbers
from implement.engine.reconcile.fates.decided import Twin
from implement.engine.reconcile.links.candidates import Block
from implement.engine.reconcile.links.likeness import Agreement, agree_plainly
from implement.engine.reconcile.links.linking import in_order, twin_bar
from implement.engine.reconcile.links.paired import PairedCells, PairedRows
from implement.engine.reconcile.links.weights import Judge


@dataclass(frozen=True)
class _Beside:
    """Lost rows (`source`) beside rows that arrived, and the pairs of them that are called the same."""

    rows: PairedRows
    pairs: Agreement

    @property
    def lost(self) -> int:
        """How many lost rows there are."""
        return len(np.unique(self.pairs.ones))

    def called(self) -> list[str]:
        """The names in which all pairs agree."""
        cells = self.rows.cells
        return [name for name in _naming(self.rows.judge) if bool(_agree(cells[name], self.pairs).all())]


def find_kept_once(
    source: Rows, free: Sequence[int], known: Collection[int], near: KeptRows, judge: Judge, backend: Backend
) -> dict[int, Twin]:
    """For free source rows the arrived one that is called the same, where hardly any two that arrived are.

    Those that are known already are only counted.
    """
    told, asked = judge.settings, source.take([place for place in free if place not in known])
    gone = [source.numbers[place] for place in free]
    bits = twin_bar(judge, near.side.table.row_count).named
    found: dict[int, Twin] = {}
    for name in (name for name in _naming(judge) if len(asked) and judge.weights[name] >= bits):
        if not _find_beside(name, asked, near, gone, judge).lost:
            continue
        beside = _find_beside(name, source.take(free), near, gone, judge)
        if beside.lost < told.once_rows:
            continue
        several = _count_several(near.side, beside.called(), gone, backend)
        if beside.lost >= told.once_share * (beside.lost + several):
            for one, other in in_order(beside.pairs, beside.rows):
                found.setdefault(free[one], (beside.rows.target, other))
    return {place: twin for place, twin in found.items() if place not in known}


def _naming(judge: Judge) -> list[str]:
    """The fields that name the record, the most telling first."""
    naming = judge.naming.intersection(judge.compared)
    return sorted(naming, key=lambda name: (-judge.weights[name], name))


def _find_beside(name: str, lost: Rows, near: KeptRows, gone: Sequence[int], judge: Judge) -> _Beside:
    """The lost rows beside those that share this name and no other name contradicts."""
    among = np.flatnonzero(~np.isin(near.numbers, gone))
    wanted = pa.array(list(set(lost.read[name].used()) - {""}), pa.string())
    rows = PairedRows(lost, near.take(among[np.asarray(pc.is_in(near.read(name, among), value_set=wanted))]), judge)
    cells, others = rows.cells, np.arange(len(rows.target))
    block = Block(cells[name].one, cells[name].other, others, judge.settings.block_rows)
    pairs = agree_plainly(block.partners(np.arange(len(lost))), rows)
    kept = pairs.share >= judge.settings.same_share
    for beside in _naming(judge):
        kept &= _agree(cells[beside], pairs) | _lack(cells[beside], pairs)
    return _Beside(rows, pairs.take(kept))


def _agree(cells: PairedCells, pairs: Agreement) -> Flags:
    one, other = cells.of((pairs.ones, pairs.others))
    found: Flags = (one == other) & (one > 0)
    return found


def _lack(cells: PairedCells, pairs: Agreement) -> Flags:
    one, other = cells.of((pairs.ones, pairs.others))
    found: Flags = (one == 0) | (other == 0)
    return found


def _count_several(side: Side, names: Sequence[str], gone: Sequence[int], backend: Backend) -> int:
    """How often several rows that arrived are called the same."""
    arrived = side.relation.anti_join(row_numbers(gone), ROW)
    called = [arrived[side.names[name]] for name in names]
    filled = arrived.filter(reduce(and_, (cell.notnull() for cell in called)))
    groups = filled.group_by([side.names[name] for name in names]).aggregate(rows=filled.count())
    several = groups.filter(groups["rows"] > 1)
    return int(backend.connection.to_pyarrow(several.count()).as_py())
