"""Rows that stand in the target more often than in the source, where no key tells which of them are copies."""

import numpy as np
import pyarrow as pa

from implement.engine.coded import Flags, Numbers
from implement.engine.reconcile.links.candidates import find_candidates
from implement.engine.reconcile.links.likeness import Bar, agree_plainly
from implement.engine.reconcile.links.paired import PairedRows, PairsOfRows


def find_surplus(rows: PairedRows, bar: Bar) -> dict[int, int]:
    """The target rows that repeat all of a source row once too often, each with the place of what it repeats.

    They must say enough for twins, and resemble no lost row as it stands: that one may have been changed instead.
    """
    here, there = _number_contents(rows)
    counts = [np.bincount(side, minlength=1 + max(_last(here), _last(there))) for side in (here, there)]
    asked = np.flatnonzero((counts[0][there] > 0) & (counts[1] > counts[0])[there] & _tell_enough(rows, bar))
    later = _later(there[asked], np.array(rows.target.numbers)[asked], rows.id_ranks[1][asked], counts[0])
    surplus = asked[later]
    lost = np.flatnonzero((counts[0] > counts[1])[here])
    copies = surplus[~np.isin(surplus, _like_lost(rows, lost, surplus, bar))]
    owners = np.zeros(len(counts[0]), dtype=np.int64)
    backwards = np.lexsort((np.array(rows.source.numbers), rows.id_ranks[0]))[::-1]
    owners[here[backwards]] = backwards
    return dict(zip(copies.tolist(), owners[there[copies]].tolist(), strict=True))


def _last(numbers: Numbers) -> int:
    return int(numbers.max(initial=0))


def _number_contents(rows: PairedRows) -> PairsOfRows:
    """A number for all that each row of either side holds; equal rows have equal numbers."""
    whole = np.zeros(len(rows.source) + len(rows.target), dtype=np.int64)
    for column in rows.cells.values():
        numbers = pa.array(whole * len(column.values) + np.concatenate([column.one, column.other]))
        whole = numbers.dictionary_encode().indices.to_numpy().astype(np.int64)
    one, other = np.split(whole, [len(rows.source)])
    return one, other


def _tell_enough(rows: PairedRows, bar: Bar) -> Flags:
    """Which target rows hold enough to be told from all others."""
    bits = np.zeros(len(rows.target))
    for name, column in rows.cells.items():
        bits += rows.judge.weights[name] * (column.other > 0)
    enough: Flags = bits >= bar.least
    return enough


def _later(contents: Numbers, numbers: Numbers, ids: Numbers, arrived: Numbers) -> Flags:
    """Which of the rows come after as many of their content, in the order of their ids, as the source has."""
    order = np.lexsort((numbers, ids, contents))
    ordered = contents[order]
    later = np.zeros(len(contents), dtype=bool)
    later[order] = np.arange(len(order)) - np.searchsorted(ordered, ordered) >= arrived[ordered]
    return later


def _like_lost(rows: PairedRows, lost: Numbers, surplus: Numbers, bar: Bar) -> Numbers:
    """The rows of a surplus that a lost row would be if little of it had been changed."""
    like = [np.zeros(0, dtype=np.int64)]
    for pairs in find_candidates(rows, lost, surplus) if len(lost) and len(surplus) else ():
        plain = agree_plainly(pairs, rows)
        like.append(plain.others[plain.share >= bar.share])
    return np.concatenate(like)
