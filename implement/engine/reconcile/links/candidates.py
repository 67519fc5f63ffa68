"""Pairs of rows that share a rare value, found by sorting the numbers of their cells."""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from implement.engine.coded import Numbers, different
from implement.engine.reconcile.links.paired import PairedRows, PairsOfRows

FEW_CANDIDATES = 3
PAIRED_FIELDS = 7
MOST_PAIRS = 1 << 23
"""So many pairs of rows are looked at together."""


def find_candidates(rows: PairedRows, ones: Numbers, others: Numbers) -> Iterator[PairsOfRows]:
    """For some source rows after the other the target rows that share a rare value, or a rare pair of middling ones."""
    weights, most = rows.judge.weights, rows.judge.settings.block_rows
    telling = sorted((name for name in rows.cells if weights[name] >= 1.0), key=lambda name: (-weights[name], name))
    loose = {name: _met(rows.cells[name].loosely, ones, others) for name in telling}
    single = [Block(*loose[name], others, most) for name in telling]
    paired = [
        Block(*_joined(loose[one], loose[other]), others, most)
        for one, other in itertools.combinations(telling[:PAIRED_FIELDS], 2)
    ]
    step = max(1, MOST_PAIRS // (most * max(1, len(single) + len(paired))))
    for start in range(0, len(ones), step):
        yield _of_chunk(ones[start : start + step], others, single, paired, most)


def _of_chunk(
    asked: Numbers, others: Numbers, single: Sequence["Block"], paired: Sequence["Block"], most: int
) -> PairsOfRows:
    width = 1 + int(others.max(initial=0))
    found = _meet(asked, single, width)
    few = asked[_times(found // width, asked) < FEW_CANDIDATES]
    found = different(found, _meet(few, paired, width))
    if len(others) <= most:
        alone = asked[_times(found // width, asked) == 0]
        found = different(found, (alone[:, None] * width + others).ravel())
    one, other = np.divmod(found, width)
    return one, other


def _meet(asked: Numbers, blocks: Sequence["Block"], width: int) -> Numbers:
    """The pairs that meet in one of the blocks, each as one number, in order."""
    return different(*(one * width + other for one, other in (block.partners(asked) for block in blocks)))


def _times(ordered: Numbers, asked: Numbers) -> Numbers:
    """How often each asked number occurs among ordered ones."""
    return np.searchsorted(ordered, asked, "right") - np.searchsorted(ordered, asked, "left")


def _met(numbers: PairsOfRows, ones: Numbers, others: Numbers) -> PairsOfRows:
    """One number for cells of a column; 0 for those that the rows of the other side do not have."""
    most = 1 + max(int(side.max(initial=0)) for side in numbers)
    here, there = np.zeros((2, most), dtype=bool)
    here[numbers[0][ones]] = there[numbers[1][others]] = True
    one, other = (side * (here & there)[side] for side in numbers)
    return one, other


def _joined(first: PairsOfRows, second: PairsOfRows) -> PairsOfRows:
    """One number for two columns; 0 where either is blank."""
    width = 1 + max(int(side.max(initial=0)) for side in second)
    one, other = ((a * width + b) * ((a > 0) & (b > 0)) for a, b in zip(first, second, strict=True))
    return one, other


class Block:
    """Target rows in the order of one number, so that those with a source row's number stand together."""

    def __init__(self, one: Numbers, other: Numbers, others: Numbers, most: int) -> None:
        """Numbers that are blank or that too many rows have bring nobody together."""
        self.one, others = one, others[other[others] > 0]
        self.rows = others[np.argsort(other[others], kind="stable")]
        ordered = other[self.rows]
        first = np.flatnonzero(np.diff(ordered, prepend=-1))
        count = np.diff(first, append=len(ordered))
        rare = count <= most
        self.values, self.first, self.count = ordered[first[rare]], first[rare], count[rare]

    def partners(self, asked: Numbers) -> PairsOfRows:
        """For the asked source rows the target rows with the same number."""
        asked = asked[self.one[asked] > 0]
        wanted = self.one[asked]
        places = np.searchsorted(self.values, wanted)
        known = np.append(self.values, -1)[places] == wanted
        asked, places = asked[known], places[known]
        count = self.count[places]
        steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(asked, count), self.rows[np.repeat(self.first[places], count) + steps]
