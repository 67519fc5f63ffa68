"""Link rows without a common key by their content: few candidates by selective values, then the best mutual fit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers
from implement.engine.reconcile.candidates import find_candidates, loosen_cells, pair_cells
from implement.engine.reconcile.likeness import Agreement, Bar, Flags, agree_plainly, agree_wholly, meets
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge

Link = tuple[int, int]
CLEARLY = 1e-5
"""Likenesses are ranked to six digits; what is clearly more differs in those."""


@dataclass(frozen=True)
class _Pool:
    """The rows of both sides that may be linked."""

    source: Rows
    sources: Numbers
    target: Rows
    targets: Numbers

    def links(self, pairs: Agreement) -> list[Link]:
        """The pairs as places among all rows of either side."""
        ones, others = self.sources[pairs.ones].tolist(), self.targets[pairs.others].tolist()
        return list(zip(ones, others, strict=True))

    def inrank_texts(self, pairs: Agreement) -> Agreement:
        """The pairs, the most alike first; equal ones by their ids, then by their rows."""
        ones, others = self.sources[pairs.ones], self.targets[pairs.others]
        keys = (
            np.array(self.target.numbers)[others],
            np.array(self.source.numbers)[ones],
            rank_texts([self.target.ids[place] for place in others.tolist()]),
            rank_texts([self.source.ids[place] for place in ones.tolist()]),
            -pairs.rank.round(6),
        )
        return pairs.take(np.lexsort(keys))


def link_rows(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge
) -> dict[int, int]:
    """Link free rows of both sides one to one, best agreement first."""
    if not sources or not targets:
        return {}
    pool = _Pool(source, np.array(sources), target, np.array(targets))
    bar = Bar(math.log2(len(targets)) + judge.settings.same_bits, judge.settings.same_share)
    linked: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in pool.links(pool.inrank_texts(_find_alike(pool, judge, bar, several=False))):
        if one not in linked and other not in taken:
            linked[one] = other
            taken.add(other)
    return linked


def nearest_rows(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge, rows: int
) -> dict[int, int]:
    """For each source row the most alike target row, if it is alike enough to be its twin; several may share one.

    What agrees must tell who the record is, not only what is common to many.
    """
    if not sources or not targets:
        return {}
    pool = _Pool(source, np.array(sources), target, np.array(targets))
    bits, told = math.log2(max(2, rows)), judge.settings
    naming = bits - told.naming_slack, told.naming_share * bits
    bar = Bar(bits + told.twin_bits, told.twin_share, *naming)
    best: dict[int, int] = {}
    for one, other in pool.links(pool.inrank_texts(_find_alike(pool, judge, bar, several=True))):
        best.setdefault(one, other)
    return best


def _find_alike(pool: _Pool, judge: Judge, bar: Bar, *, several: bool) -> Agreement:
    """The pairs that are alike enough to be one record, but for those that a clearly better pair shuts out.

    `several` says that source rows may share a target row.
    """
    cells = pair_cells(pool.source, pool.sources, pool.target, pool.targets, judge.compared)
    loose = loosen_cells(cells)
    filled = np.zeros(len(pool.sources))
    for name in cells:
        filled += judge.weights[name] * (cells[name].one > 0)
    ids = rank_texts([pool.target.ids[place] for place in pool.targets.tolist()])
    found = []
    for asked in find_candidates(loose, judge):
        plain = _most_alike(agree_plainly(asked, cells, judge), ids, judge.settings.candidates)
        found.append(plain.take(_may_meet(plain, bar, filled, judge)))
    pairs = _without_shut_out(Agreement.join(found), bar, judge, several=several)
    whole = agree_wholly((pairs.ones, pairs.others), cells, loose, judge)
    return whole.take(meets(whole, bar, filled))


def _most_alike(pairs: Agreement, ids: Numbers, most: int) -> Agreement:
    """For each source row the few candidates that share most of it as it stands."""
    pairs = pairs.take(np.lexsort((ids[pairs.others], -pairs.agreed.round(6), pairs.ones)))
    begins = np.searchsorted(pairs.ones, pairs.ones, "left")
    return pairs.take(np.arange(len(pairs.ones)) - begins < most)


def _may_meet(pairs: Agreement, bar: Bar, filled: np.ndarray, judge: Judge) -> Flags:
    """Which pairs would be alike enough if every cell that differs were only damaged."""
    most = pairs.agreed + judge.settings.near_share * pairs.contradicted
    return bar.is_named(pairs) & (most + CLEARLY >= bar.least_of(pairs.ones, filled))


def _without_shut_out(pairs: Agreement, bar: Bar, judge: Judge, *, several: bool) -> Agreement:
    """Leave out pairs that cannot be chosen: one of their rows belongs to a pair that is better whatever is damaged."""
    while True:
        lowest = pairs.rank
        highest = pairs.agreed + judge.settings.near_share * pairs.contradicted
        rival = _best_other(pairs.ones, highest)
        if not several:
            rival = np.maximum(rival, _best_other(pairs.others, highest))
        clear = (lowest > rival + CLEARLY) & (pairs.agreed >= bar.least) & (pairs.share >= bar.share)
        shut = np.isin(pairs.ones, pairs.ones[clear])
        if not several:
            shut |= np.isin(pairs.others, pairs.others[clear])
        kept = clear | ~shut
        if kept.all():
            return pairs
        pairs = pairs.take(kept)


def _best_other(rows: Numbers, figures: np.ndarray) -> np.ndarray:
    """For each pair the highest figure among the other pairs of its row; minus infinity where it is alone."""
    order = np.lexsort((-figures, rows))
    ordered, values = rows[order], np.append(figures[order], -np.inf)
    first = np.searchsorted(ordered, ordered, "left")
    others = np.where(np.append(ordered, -1)[first + 1] == ordered, values[first + 1], -np.inf)
    best = np.empty(len(rows))
    best[order] = np.where(np.arange(len(rows)) == first, others, values[first])
    return best


def rank_texts(texts: Sequence[str]) -> Numbers:
    """The rank of each text; equal ones have equal ranks."""
    ranks = pc.rank(pa.array(texts, pa.string()), sort_keys="ascending", tiebreaker="dense")
    found: Numbers = ranks.to_numpy().astype(np.int64)
    return found
