"""Different pairs of cells: what is asked of them is asked once of each different cell, or of all pairs at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from implement.engine.coded import CodedCells, Flags, Numbers, Places
from implement.engine.reconcile.cells.one_cell import EQUAL
from implement.engine.reconcile.classes import CLASSES

FATES = (EQUAL, *CLASSES)
CODES = {fate: code for code, fate in enumerate(FATES)}
OPEN = -1
"""The code of a pair that has no fate yet."""
Read = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Cells:
    """The cells of one side: `codes` are places among `values`; where cells were read, values may be equal."""

    codes: Numbers
    values: Sequence[str]

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    def take(self, places: Places) -> "Cells":
        """Some of the cells, with the values that do occur."""
        used = CodedCells(self.codes, self.values).take(places).used_alone()
        return Cells(used.codes, used.values)

    def read(self, read_all: Read) -> "Cells":
        """The cells as a reader writes them."""
        read = read_all(self.values)
        return self if read is self.values else Cells(self.codes, read)

    def are(self, claim: Callable[[str], bool]) -> Flags:
        """Of which cells a claim is true."""
        return np.fromiter(map(claim, self.values), dtype=bool, count=len(self.values))[self.codes]


@dataclass(frozen=True)
class Pairs:
    """Pairs of cells, as they were written and as they were found."""

    one: Cells
    other: Cells

    def __len__(self) -> int:
        return len(self.one.codes)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return zip(self.one, self.other, strict=True)

    def take(self, places: Places) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.one.take(places), self.other.take(places))

    def read(self, ones: Read, others: Read) -> "Pairs":
        """The pairs as either side's cells are read."""
        one, other = self.one.read(ones), self.other.read(others)
        return self if one is self.one and other is self.other else Pairs(one, other)

    def are(self, claim: Callable[[str], bool]) -> tuple[Flags, Flags]:
        """Of which cells of either side a claim is true."""
        return self.one.are(claim), self.other.are(claim)

    def are_so(self, claim: Callable[[str, str], bool]) -> Flags:
        """Of which pairs a claim is true."""
        return np.fromiter(map(claim, self.one, self.other), dtype=bool, count=len(self))

    def both_are(self, claim: Callable[[str], bool]) -> Flags:
        """In which pairs a claim is true of both cells."""
        return self.among(self.one.are(claim), lambda some: some.other.are(claim))

    def among(self, asked: Flags, claim: Callable[["Pairs"], Flags]) -> Flags:
        """Of which of the pairs that are asked a claim is true."""
        places, found = np.flatnonzero(asked), np.zeros(len(self), dtype=bool)
        found[places] = claim(self.take(places))
        return found

    def are_alike(self) -> Flags:
        """In which pairs both sides hold the same text."""
        one, other = (np.array(side.values, dtype=object)[side.codes] for side in (self.one, self.other))
        alike: Flags = one == other
        return alike


def first_fates(*claims: tuple[Flags, str]) -> Numbers:
    """The fate of the first claim that is true of each pair."""
    return np.select([claim for claim, _ in claims], [CODES[fate] for _, fate in claims], OPEN)


def pair_up(written: CodedCells, found: CodedCells) -> tuple[Pairs, Numbers]:
    """The different pairs of cells, and which of them stands in each row."""
    width = max(1, len(found.values))
    pairs, places = np.unique(written.codes * width + found.codes, return_inverse=True)
    every = np.arange(len(pairs))
    one, other = Cells(pairs // width, written.values), Cells(pairs % width, found.values)
    return Pairs(one.take(every), other.take(every)), places
