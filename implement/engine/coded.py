"""Columns of cells as numbers, so that rows are counted, compared and picked without touching a cell."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, repeat

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
MIXING_FACTOR = 0x9E3779B97F4A7C15
"""An odd number of 64 bits without a pattern: multiplied by it, numbers are spread over all bits."""
Places = Numbers | Sequence[int]


@dataclass(frozen=True, eq=False)
class CodedCells:
    """The cells of one column on some rows: `codes` are places among `values`, of which no two are equal."""

    codes: Numbers
    values: Sequence[str]

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: int) -> str:
        value: str = self.values[int(self.codes[place])]
        return value

    def __iter__(self) -> Iterator[str]:
        return map(self.values.__getitem__, self.codes.tolist())

    def take(self, places: Places) -> "CodedCells":
        """The cells on some of the rows."""
        return CodedCells(self.codes[np.asarray(places, dtype=np.int64)], self.values)

    def read(self, read_all: Callable[[Sequence[str]], Sequence[str]]) -> "CodedCells":
        """The cells as a reader writes them, each different one read once."""
        read = read_all(self.values)
        if read is self.values:
            return self
        book: dict[str, int] = {}
        turned = np.array([book.setdefault(value, len(book)) for value in read], dtype=np.int64)
        return CodedCells(turned[self.codes], list(book))

    def used_codes(self) -> Numbers:
        """The codes that do occur, in order."""
        occurs = np.zeros(len(self.values), dtype=bool)
        occurs[self.codes] = True
        return np.flatnonzero(occurs)

    def used(self) -> list[str]:
        """The different cells that do occur."""
        return [self.values[code] for code in self.used_codes().tolist()]

    def used_alone(self) -> "CodedCells":
        """The same cells without the values that do not occur."""
        codes = self.used_codes()
        if len(codes) == len(self.values):
            return self
        places = np.zeros(len(self.values), dtype=np.int64)
        places[codes] = np.arange(len(codes))
        return CodedCells(places[self.codes], [self.values[code] for code in codes.tolist()])

    def to_arrow(self) -> pa.Array:
        """The cells as Arrow has them, made of the fewer of the two: cells or values."""
        if len(self) < len(self.values):
            return pa.array(list(self), pa.string())
        return pa.array(self.values, pa.string()).take(pa.array(self.codes))

    def frequent_codes(self, most: int) -> tuple[Numbers, Numbers]:
        """The codes of the most frequent values and their counts; of equally frequent ones those that are met first."""
        codes, first, counts = np.unique(self.codes, return_index=True, return_counts=True)
        order = np.lexsort((first, -counts))[:most]
        return codes[order], counts[order]

    def frequent(self, most: int) -> dict[str, int]:
        """The most frequent values with their counts."""
        codes, counts = self.frequent_codes(most)
        return {self.values[code]: count for code, count in zip(codes.tolist(), counts.tolist(), strict=True)}

    def distinct(self) -> int:
        """How many different values there are."""
        return len(self.used_codes())

    def are(self, wanted: Collection[str]) -> Flags:
        """On which rows one of the wanted values stands."""
        codes = self.used_codes()
        known = np.zeros(len(self.values), dtype=bool)
        known[codes] = [self.values[code] in wanted for code in codes.tolist()]
        return known[self.codes]


def different(*numbers: Numbers) -> Numbers:
    """Each number once, in order; they mostly come in long runs that are in order, which are merged."""
    ordered = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *numbers]), kind="stable")
    return ordered[np.diff(ordered, prepend=ordered[:1] - 1) > 0]


def code_texts(cells: Sequence[str | None]) -> CodedCells:
    """Number texts; a missing one is a blank one."""
    book: dict[str, int] = {}
    codes = np.array([book.setdefault(cell or "", len(book)) for cell in cells], dtype=np.int64)
    return CodedCells(codes, list(book))


def code_cells(cells: pa.Array | pa.ChunkedArray) -> CodedCells:
    """Number the cells of one column; a missing one is a blank one."""
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    coded = whole.fill_null("").dictionary_encode()
    return CodedCells(coded.indices.to_numpy().astype(np.int64), coded.dictionary.to_pylist())


def number_alike(one: CodedCells, other: CodedCells) -> tuple[Numbers, Numbers, list[str]]:
    """Two columns with equal numbers for equal cells: 0 for blank ones, and for each number its cell."""
    one, other = one.used_alone(), other.used_alone()
    book, first = dict(zip(one.values, count(1), strict=False)), np.arange(1, 1 + len(one.values))
    first[first == book.get("")] = book[""] = 0
    second = np.array(list(map(book.get, other.values, repeat(-1))), dtype=np.int64)
    new = np.flatnonzero(second < 0)
    second[new] = len(first) + np.arange(1, 1 + len(new))
    values = ["", *one.values, *(other.values[place] for place in new.tolist())]
    return first[one.codes], second[other.codes], values


def number_by(cells: CodedCells, book: dict[str, int]) -> Numbers:
    """Number the cells by a book to which the values that do occur are added."""
    table = np.zeros(len(cells.values), dtype=np.int64)
    codes = cells.used_codes()
    table[codes] = [book.setdefault(cells.values[code], len(book)) for code in codes.tolist()]
    return table[cells.codes]
