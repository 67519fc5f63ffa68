"""How alike many pairs of rows are, worked out column by column: what `Judge.compare` says of one pair."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from implement.engine.coded import Numbers
from implement.engine.reconcile.candidates import PairedCells, PairsOfRows, loosen_cells, pair_cells
from implement.engine.reconcile.marks import mark_all
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge, looks_alike

Flags = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Agreement:
    """Pairs of rows with the bits that agree and contradict, and those of the two most telling equal names."""

    ones: Numbers
    others: Numbers
    agreed: Bits
    contradicted: Bits
    named: Bits
    named_next: Bits

    @property
    def rank(self) -> Bits:
        """Order of candidates: agreement, less what contradicts."""
        return self.agreed - 0.5 * self.contradicted

    @property
    def share(self) -> Bits:
        """The share of agreeing bits among all that can be compared."""
        total = self.agreed + self.contradicted
        return np.divide(self.agreed, total, out=np.zeros(len(total)), where=total > 0)

    def take(self, kept: Flags | Numbers) -> "Agreement":
        """Some of the pairs."""
        return Agreement(*(getattr(self, field.name)[kept] for field in fields(self)))

    @staticmethod
    def join(parts: Sequence["Agreement"]) -> "Agreement":
        """All pairs of several parts."""
        whole = [NO_PAIRS, *parts]
        return Agreement(*(np.concatenate([getattr(part, field.name) for part in whole]) for field in fields(NO_PAIRS)))


_NO_ROWS, _NO_BITS = np.zeros(0, dtype=np.int64), np.zeros(0)
NO_PAIRS = Agreement(_NO_ROWS, _NO_ROWS, _NO_BITS, _NO_BITS, _NO_BITS, _NO_BITS)


@dataclass(frozen=True)
class Bar:
    """What two rows must reach to count as one: bits, their share, and bits of their one or two most telling names."""

    least: float
    share: float
    named: float = 0.0
    named_next: float = 0.0

    def is_named(self, pairs: Agreement) -> Flags:
        """Which pairs agree in what says who the record is."""
        found: Flags = (pairs.named >= self.named) | (pairs.named_next >= self.named_next)
        return found

    def least_of(self, ones: Numbers, filled: Bits) -> Bits:
        """The bits that must agree where nothing contradicts: of a row that holds little, nearly all of it."""
        return np.minimum(self.least, 0.9 * np.maximum(1.0, filled[ones]))


def meets(pairs: Agreement, bar: Bar, filled: Bits) -> Flags:
    """Which pairs are alike enough; `filled` are the bits of all that each source row holds."""
    enough = np.where(pairs.contradicted > 0, bar.least, bar.least_of(pairs.ones, filled))
    found: Flags = (pairs.share >= bar.share) & (pairs.agreed >= enough) & bar.is_named(pairs)
    return found


def agree_plainly(pairs: PairsOfRows, cells: Mapping[str, PairedCells], judge: Judge) -> Agreement:
    """What agrees as it stands; whatever differs contradicts."""
    found = _Sums(pairs, judge)
    for name, column in cells.items():
        one, other = column.one[pairs[0]], column.other[pairs[1]]
        equal = (one == other) & (one > 0)
        found.add(name, equal, (one > 0) & (other > 0) & ~equal)
    return found.agreement()


def agree_wholly(
    pairs: PairsOfRows, cells: Mapping[str, PairedCells], loose: Mapping[str, PairsOfRows], judge: Judge
) -> Agreement:
    """What agrees, damaged and exchanged cells counting in part."""
    found = _Sums(pairs, judge)
    for name, column in cells.items():
        one, other = column.one[pairs[0]], column.other[pairs[1]]
        filled = (one > 0) & (other > 0)
        equal = filled & (one == other)
        near = _near(one, other, filled & ~equal, column.values)
        found.agreed += judge.settings.near_share * judge.weights[name] * near
        found.add(name, equal, filled & ~equal & ~near)
    found.agreed += judge.settings.near_share * _take_exchanged(found.against, pairs, loose, judge)
    return found.agreement()


def compare_pairs(pairs: PairsOfRows, source: Rows, target: Rows, judge: Judge) -> Agreement:
    """How alike pairs of rows are that stand at these places of either side."""
    cells = pair_cells(source, pairs[0], target, pairs[1], judge.compared)
    beside = np.arange(len(pairs[0]))
    return agree_wholly((beside, beside), cells, loosen_cells(cells), judge)


class _Sums:
    """Bits of pairs being added up."""

    def __init__(self, pairs: PairsOfRows, judge: Judge) -> None:
        self.pairs, self.judge = pairs, judge
        self.agreed, self.named, self.named_next = (np.zeros(len(pairs[0])) for _ in range(3))
        self.against: dict[str, Flags] = {}

    def add(self, name: str, equal: Flags, against: Flags) -> None:
        """Add what one column says."""
        bits = self.judge.weights[name] * equal
        self.agreed += bits
        self.against[name] = against
        if name in self.judge.naming:
            self.named_next = np.maximum(self.named_next, np.minimum(self.named, bits))
            self.named = np.maximum(self.named, bits)

    def agreement(self) -> Agreement:
        """The sums of all columns."""
        contradicted = np.zeros(len(self.agreed))
        for name, against in self.against.items():
            contradicted += self.judge.weights[name] * against
        return Agreement(*self.pairs, self.agreed, contradicted, self.named, self.named_next)


def _take_exchanged(
    against: dict[str, Flags], pairs: PairsOfRows, loose: Mapping[str, PairsOfRows], judge: Judge
) -> Bits:
    """Take out of what contradicts the cells that stand in each other's field; answer their bits per pair."""
    ones, others = pairs
    bits = np.zeros(len(ones))
    for name, next_name in itertools.combinations(against, 2):
        places = np.flatnonzero(against[name] & against[next_name])
        if not len(places):
            continue
        (one, other), (next_one, next_other) = loose[name], loose[next_name]
        first, second = one[ones[places]], next_one[ones[places]]
        same = (first == next_other[others[places]]) & (second == other[others[places]]) & (first > 0) & (second > 0)
        places = places[same]
        bits[places] += judge.weights[name] + judge.weights[next_name]
        against[name][places] = against[next_name][places] = False
    return bits


def _near(one: Numbers, other: Numbers, asked: Flags, values: Sequence[str]) -> Flags:
    """Which of the asked pairs of cells may be one value, damaged."""
    near = np.zeros(len(one), dtype=bool)
    if not asked.any():
        return near
    both, places = np.unique(one[asked] * len(values) + other[asked], return_inverse=True)
    firsts, seconds = both // len(values), both % len(values)
    seen = _share_marks(firsts, seconds, values)
    for place in np.flatnonzero(seen).tolist():
        seen[place] = looks_alike(values[firsts[place]], values[seconds[place]])
    near[asked] = seen[places]
    return near


def _share_marks(firsts: Numbers, seconds: Numbers, values: Sequence[str]) -> Flags:
    """Which pairs of values are worth a closer look: the others have no mark in common."""
    numbers, places = np.unique(np.concatenate([firsts, seconds]), return_inverse=True)
    one, other = places[: len(firsts)], places[len(firsts) :]
    shared = np.zeros(len(firsts), dtype=bool)
    for marks in mark_all([values[number] for number in numbers.tolist()]):
        shared |= (marks[one] == marks[other]) & (marks[one] > 0)
    return shared
