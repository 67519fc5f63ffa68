"""How alike many pairs of rows are, worked out column by column: what `Judge.compare` says of one pair."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import CodedCells, Flags, Numbers
from implement.engine.reconcile.links.marks import mark_all
from implement.engine.reconcile.links.paired import PairedCells, PairedRows, PairsOfRows
from implement.engine.reconcile.links.weights import Judge, looks_alike

Bits = npt.NDArray[np.float64]
CLEARLY = 1e-5
"""Likenesses are ranked to six digits; what is clearly more differs in those."""


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

    def is_named(self, pairs: Agreement, filled: Bits) -> Flags:
        """Which pairs agree in what says who the record is, or in all that the source row holds."""
        whole = (pairs.contradicted == 0) & (pairs.agreed + CLEARLY >= np.maximum(self.least, filled[pairs.ones]))
        found: Flags = (pairs.named >= self.named) | (pairs.named_next >= self.named_next) | whole
        return found

    def least_of(self, ones: Numbers, filled: Bits) -> Bits:
        """The bits that must agree where nothing contradicts: of a row that holds little, nearly all of it."""
        return np.minimum(self.least, 0.9 * np.maximum(1.0, filled[ones]))

    def may_be_met(self, pairs: Agreement, damaged: Bits, filled: Bits, near_share: float) -> Flags:
        """Which pairs would be alike enough if so much of what contradicts were only damaged."""
        agreed = pairs.agreed + near_share * damaged
        shared = agreed + CLEARLY >= self.share * (agreed + pairs.contradicted - damaged)
        found: Flags = self.is_named(pairs, filled) & shared & (agreed + CLEARLY >= self.least_of(pairs.ones, filled))
        return found


def meets(pairs: Agreement, bar: Bar, filled: Bits) -> Flags:
    """Which pairs are alike enough; `filled` are the bits of all that each source row holds."""
    enough = np.where(pairs.contradicted > 0, bar.least, bar.least_of(pairs.ones, filled))
    found: Flags = (pairs.share >= bar.share) & (pairs.agreed >= enough) & bar.is_named(pairs, filled)
    return found


def agree_plainly(pairs: PairsOfRows, rows: PairedRows) -> Agreement:
    """What agrees as it stands; whatever differs contradicts."""
    found = _Sums(pairs, rows.judge)
    for name, column in rows.cells.items():
        one, other = column.of(pairs)
        equal = (one == other) & (one > 0)
        found.add(name, equal, (one > 0) & (other > 0) & ~equal)
    return found.agreement()


def agreed_bits(pairs: PairsOfRows, rows: PairedRows) -> Bits:
    """The bits of what agrees as it stands."""
    agreed = np.zeros(len(pairs[0]))
    for name, column in rows.cells.items():
        one, other = column.of(pairs)
        agreed += rows.judge.weights[name] * ((one == other) & (one > 0))
    return agreed


def agree_wholly(pairs: PairsOfRows, rows: PairedRows) -> Agreement:
    """What agrees, damaged and exchanged cells counting in part."""
    judge, found = rows.judge, _Sums(pairs, rows.judge)
    for name, column in rows.cells.items():
        one, other = column.of(pairs)
        filled = (one > 0) & (other > 0)
        equal = filled & (one == other)
        near = _near(one, other, filled & ~equal, column)
        found.agreed += judge.settings.near_share * judge.weights[name] * near
        found.add(name, equal, filled & ~equal & ~near)
    found.agreed += judge.settings.near_share * _take_exchanged(found.against, pairs, rows)
    return found.agreement()


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


def leave_nameless(pairs: PairsOfRows, bar: Bar, rows: PairedRows) -> PairsOfRows:
    """Leave out pairs that share no name the bar asks for, though the source row has one."""
    weights, naming = rows.judge.weights, rows.judge.naming.intersection(rows.cells)
    shared, nameless = np.zeros(len(pairs[0]), dtype=np.int64), np.ones(len(pairs[0]), dtype=bool)
    for name in (name for name in naming if weights[name] >= min(bar.named, bar.named_next)):
        one, other = rows.cells[name].of(pairs)
        shared += ((one == other) & (one > 0)) * (2 if weights[name] >= bar.named else 1)
        nameless &= (one == other) | (one == 0)
    kept = nameless | (shared > 1)
    return pairs[0][kept], pairs[1][kept]


def leave_hopeless(pairs: Agreement, bar: Bar, filled: Bits, rows: PairedRows) -> Agreement:
    """Leave out pairs of which too many cells differ that can be neither damaged nor exchanged."""
    judge, most = rows.judge, pairs.contradicted.copy()
    left = np.arange(len(most))
    for name in sorted(rows.cells, key=lambda name: -judge.weights[name]):
        one, other = rows.cells[name].of((pairs.ones[left], pairs.others[left]))
        asked = np.flatnonzero((one > 0) & (other > 0) & (one != other))
        strange = left[asked[~_may_be_near(one[asked], other[asked], rows.cells[name])]]
        strange = strange[~_stand_elsewhere(name, (pairs.ones[strange], pairs.others[strange]), rows)]
        most[strange] -= judge.weights[name]
        left = left[bar.may_be_met(pairs, most, filled, judge.settings.near_share)[left]]
    return pairs.take(left)


def _stand_elsewhere(name: str, pairs: PairsOfRows, rows: PairedRows) -> Flags:
    """Of which pairs the cells of a column stand in another's field, and the other way round."""
    found = np.zeros(len(pairs[0]), dtype=bool)
    for next_name in rows.cells:
        if next_name != name:
            found[_exchanged(rows.cells[name], rows.cells[next_name], pairs)] = True
    return found


def _take_exchanged(against: dict[str, Flags], pairs: PairsOfRows, rows: PairedRows) -> Bits:
    """Take out of what contradicts the cells that stand in each other's field; answer their bits per pair."""
    weights, bits = rows.judge.weights, np.zeros(len(pairs[0]))
    several = np.flatnonzero(np.sum(list(against.values()), axis=0) > 1)
    for name, next_name in itertools.combinations(against, 2):
        places = several[(against[name] & against[next_name])[several]]
        places = places[_exchanged(rows.cells[name], rows.cells[next_name], (pairs[0][places], pairs[1][places]))]
        bits[places] += weights[name] + weights[next_name]
        against[name][places] = against[next_name][places] = False
    return bits


def _exchanged(column: PairedCells, next_column: PairedCells, pairs: PairsOfRows) -> Numbers:
    """The places of the pairs that hold in either of two columns what the other row holds in the other."""
    places = np.arange(len(pairs[0]))
    for first, second in ((column, next_column), (next_column, column)):
        ones, others = pairs[0][places], pairs[1][places]
        outlines = first.outlines[0][ones]
        places = places[(outlines == second.outlines[1][others]) & (outlines > 0)]
    for first, second in ((column, next_column), (next_column, column)) if len(places) else ():
        one, other = first.one[pairs[0][places]], second.other[pairs[1][places]]
        same = pc.equal(first.loose.take(pa.array(one)), second.loose.take(pa.array(other)))
        places = places[same.to_numpy(zero_copy_only=False)]
    return places


def _near(one: Numbers, other: Numbers, asked: Flags, column: PairedCells) -> Flags:
    """Which of the asked pairs of cells may be one value, damaged."""
    near = np.zeros(len(one), dtype=bool)
    places = np.flatnonzero(asked)
    places = places[_may_be_near(one[places], other[places], column)]
    both, back = np.unique(one[places] * len(column.values) + other[places], return_inverse=True)
    pairs = zip(*(numbers.tolist() for numbers in np.divmod(both, len(column.values))), strict=True)
    alike = [looks_alike(column.values[first], column.values[second]) for first, second in pairs]
    near[places] = np.array(alike, dtype=bool)[back]
    return near


def _may_be_near(one: Numbers, other: Numbers, column: PairedCells) -> Flags:
    """Which pairs of cells are worth a closer look: the others have no mark in common."""
    asked = np.zeros(len(column.values), dtype=bool)
    asked[one] = asked[other] = True
    numbers, places = np.flatnonzero(asked), np.cumsum(asked) - 1
    marks = mark_all(CodedCells(numbers, column.values), column.loose.take(pa.array(numbers)))
    return marks.meet(places[one], places[other])
