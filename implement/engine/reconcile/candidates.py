"""Cells of two sets of rows as numbers, and the pairs of rows that share a rare value, found by sorting them."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from implement.engine.coded import Numbers, Places, number_alike
from implement.engine.mapping.at_once import loosen_all
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge

PairsOfRows = tuple[Numbers, Numbers]
"""Two arrays of one length: positions among the source rows, and beside each a position among the target rows."""
FEW_CANDIDATES = 3
PAIRED_FIELDS = 7
MOST_FLAGS = 1 << 24
"""So many pairs of rows are looked at together."""


@dataclass(frozen=True)
class PairedCells:
    """One column of both sides as numbers: equal cells have equal numbers, blank cells 0."""

    one: Numbers
    other: Numbers
    values: list[str]
    """Number → cell."""

    def loosened(self, book: dict[str, int]) -> tuple[Numbers, Numbers]:
        """The same with equal numbers for cells that differ in writing alone, across all columns of one book."""
        table = np.array([book.setdefault(loose, len(book)) for loose in loosen_all(self.values)], dtype=np.int64)
        return table[self.one], table[self.other]


def pair_cells(
    source: Rows, sources: Places, target: Rows, targets: Places, names: Sequence[str]
) -> dict[str, PairedCells]:
    """Number the cells of both sides, column by column."""
    return {
        name: PairedCells(*number_alike(source.read[name].take(sources), target.read[name].take(targets)))
        for name in names
    }


def loosen_cells(coded: Mapping[str, PairedCells]) -> dict[str, PairsOfRows]:
    """All columns with one number for cells that differ in writing alone, in whatever columns they stand."""
    book = {"": 0}
    return {name: cells.loosened(book) for name, cells in coded.items()}


def find_candidates(loose: Mapping[str, PairsOfRows], judge: Judge) -> Iterator[PairsOfRows]:
    """For some source rows after the other the target rows that share a rare value, or a rare pair of middling ones."""
    names = sorted(
        (n for n, w in judge.weights.items() if w >= 1.0 and n not in judge.skipped),
        key=lambda n: (-judge.weights[n], n),
    )
    single = [_Block(*loose[name], judge.settings.block_rows) for name in names]
    paired = [
        _Block(*_joined(loose[one], loose[other]), judge.settings.block_rows)
        for one, other in itertools.combinations(names[:PAIRED_FIELDS], 2)
    ]
    rows, others = (len(side) for side in next(iter(loose.values()), (np.zeros(0), np.zeros(0))))
    step = max(1, MOST_FLAGS // max(1, others))
    for start in range(0, rows, step):
        asked = np.arange(start, min(rows, start + step))
        yield _of_chunk(asked, single, paired, others, judge)


def _of_chunk(
    asked: Numbers, single: Sequence["_Block"], paired: Sequence["_Block"], others: int, judge: Judge
) -> PairsOfRows:
    found = np.zeros((len(asked), others), dtype=bool)
    _mark(found, asked, asked, single)
    few = np.bincount(_flagged(found)[0], minlength=len(asked)) < FEW_CANDIDATES
    _mark(found, asked, asked[few], paired)
    if others <= judge.settings.block_rows:
        found[~found.any(axis=1)] = True
    one, other = _flagged(found)
    return asked[one], other


def _mark(found: npt.NDArray[np.bool_], asked: Numbers, needy: Numbers, blocks: Sequence["_Block"]) -> None:
    for block in blocks:
        one, other = block.partners(needy)
        found[one - asked[0], other] = True


def _flagged(found: npt.NDArray[np.bool_]) -> PairsOfRows:
    one, other = np.divmod(np.flatnonzero(found), max(1, found.shape[1]))
    return one, other


def _joined(first: tuple[Numbers, Numbers], second: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """One number for two columns; 0 where either is blank."""
    width = 1 + max(int(side.max(initial=0)) for side in second)
    one, other = ((a * width + b) * ((a > 0) & (b > 0)) for a, b in zip(first, second, strict=True))
    return one, other


class _Block:
    """Target rows in the order of one number, so that those with a source row's number stand together."""

    def __init__(self, one: Numbers, other: Numbers, most: int) -> None:
        self.one, self.most = one, most
        self.order = np.argsort(other, kind="stable")
        self.sorted = other[self.order]

    def partners(self, asked: Numbers) -> PairsOfRows:
        """For the asked source rows the target rows with the same number, unless they are too many."""
        wanted = self.one[asked]
        first = np.searchsorted(self.sorted, wanted, "left")
        count = np.searchsorted(self.sorted, wanted, "right") - first
        count[(wanted == 0) | (count > self.most)] = 0
        ends = np.cumsum(count)
        steps = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count)
        return np.repeat(asked, count), self.order[np.repeat(first, count) + steps]
