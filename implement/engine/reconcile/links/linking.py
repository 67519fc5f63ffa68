"""Link rows without a common key by their content: few candidates by selective values, then the best mutual fit."""

import math
from collections.abc import Sequence

import numpy as np

from implement.engine.coded import Numbers
from implement.engine.reconcile.links.candidates import find_candidates
from implement.engine.reconcile.links.likeness import (
    CLEARLY,
    Agreement,
    Bar,
    agree_plainly,
    agree_wholly,
    agreed_bits,
    leave_hopeless,
    leave_nameless,
    meets,
)
from implement.engine.reconcile.links.paired import PairedRows, PairsOfRows
from implement.engine.reconcile.links.weights import LEAST_BIT, Judge

Link = tuple[int, int]


def link_rows(rows: PairedRows, sources: Sequence[int], targets: Sequence[int]) -> dict[int, int]:
    """Link free rows of both sides one to one, best agreement first."""
    if not sources or not targets:
        return {}
    told = rows.judge.settings
    bar = Bar(math.log2(len(targets)) + told.same_bits, told.same_share)
    linked: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in in_order(_find_alike(rows, np.array(sources), np.array(targets), bar), rows):
        if one not in linked and other not in taken:
            linked[one] = other
            taken.add(other)
    return linked


def twin_bar(judge: Judge, rows: int) -> Bar:
    """What a row of a table of so many rows must share with another to be its twin.

    What agrees must tell who the record is, not only what is common to many.
    """
    bits, told = math.log2(max(2, rows)), judge.settings
    return Bar(bits + told.twin_bits, told.twin_share, bits - told.naming_slack, told.naming_share * bits)


def nearest_rows(rows: PairedRows, bar: Bar) -> dict[int, int]:
    """For each source row the most alike target row, if it is alike enough to be its twin; several may share one."""
    if not len(rows.source) or not len(rows.target):
        return {}
    best: dict[int, int] = {}
    sources, targets = np.arange(len(rows.source)), np.arange(len(rows.target))
    for one, other in in_order(_find_alike(rows, sources, targets, bar, several=True), rows):
        best.setdefault(one, other)
    return best


def in_order(pairs: Agreement, rows: PairedRows) -> list[Link]:
    """The pairs, the most alike first; equal ones by their ids, then by their rows."""
    ones, others = pairs.ones, pairs.others
    numbers = np.array(rows.target.numbers)[others], np.array(rows.source.numbers)[ones]
    ids = rows.id_ranks[1][others], rows.id_ranks[0][ones]
    order = np.lexsort((*numbers, *ids, -pairs.rank.round(6)))
    return list(zip(ones[order].tolist(), others[order].tolist(), strict=True))


def _find_alike(rows: PairedRows, sources: Numbers, targets: Numbers, bar: Bar, *, several: bool = False) -> Agreement:
    """The pairs that are alike enough to be one record, but for those that a clearly better pair shuts out.

    `several` says that source rows may share a target row.
    """
    judge = rows.judge
    filled = np.zeros(len(rows.source))
    for name, column in rows.cells.items():
        filled += judge.weights[name] * (column.one > 0)
    found = []
    for asked in find_candidates(rows, sources, targets):
        named = leave_nameless(asked, bar, rows) if bar.named > 0 else asked
        plain = agree_plainly(_most_alike(named, rows), rows)
        found.append(plain.take(bar.may_be_met(plain, plain.contradicted, filled, judge.settings.near_share)))
    pairs = _without_shut_out(Agreement.join(found), bar, judge, several=several)
    pairs = leave_hopeless(pairs, bar, filled, rows)
    whole = agree_wholly((pairs.ones, pairs.others), rows)
    return whole.take(meets(whole, bar, filled))


def _most_alike(pairs: PairsOfRows, rows: PairedRows) -> PairsOfRows:
    """For each source row, one after the other, the few candidates that share most of it as it stands."""
    ones, others = pairs
    most = rows.judge.settings.candidates
    crowded = np.flatnonzero(_rivals(ones) > most)
    order = crowded[_most_alike_first(ones[crowded], others[crowded], rows)]
    begins = np.searchsorted(ones[order], ones[order])
    kept = np.ones(len(ones), dtype=bool)
    kept[order[np.arange(len(order)) - begins >= most]] = False
    return ones[kept], others[kept]


def _most_alike_first(ones: Numbers, others: Numbers, rows: PairedRows) -> Numbers:
    """The order of pairs that stand in the order of their source rows: for each the most alike first, then by ids.

    Sorted by one number for all three, which is quicker than by one after the other.
    """
    agreed, ids = agreed_bits((ones, others), rows), rows.id_ranks[1][others]
    less = np.rint((agreed.max(initial=0) - agreed) / LEAST_BIT).astype(np.int64)
    turns = np.cumsum(np.diff(ones, prepend=ones[:1]) > 0)
    numbers = (turns * (1 + less.max(initial=0)) + less) * (1 + ids.max(initial=0)) + ids
    return np.argsort(numbers, kind="stable")


def _rivals(ones: Numbers) -> Numbers:
    """How many pairs each row has, of pairs in the order of their rows."""
    times = np.diff(np.flatnonzero(np.diff(ones, prepend=-1)), append=len(ones))
    return np.repeat(times, times)


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
    best, next_best = np.full((2, 1 + int(rows.max(initial=0))), -np.inf)
    np.maximum.at(best, rows, figures)
    highest = figures == best[rows]
    np.maximum.at(next_best, rows[~highest], figures[~highest])
    several = np.bincount(rows[highest], minlength=len(best)) > 1
    next_best[several] = best[several]
    return np.where(highest, next_best[rows], best[rows])
