"""Rows of both sides with their cells as numbers, by which pairs of them are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers, number_alike
from implement.engine.mapping.at_once import loosen_all
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge

Flags = npt.NDArray[np.bool_]
PairsOfRows = tuple[Numbers, Numbers]
"""Two arrays of one length: places among the source rows, and beside each a place among the target rows."""


@dataclass(frozen=True)
class PairedCells:
    """One column of both sides as numbers: equal cells have equal numbers, blank cells 0."""

    one: Numbers
    other: Numbers
    values: list[str]
    """Number → cell."""

    def of(self, pairs: PairsOfRows) -> PairsOfRows:
        """The numbers of the cells of pairs of rows, side by side."""
        return self.one[pairs[0]], self.other[pairs[1]]

    @cached_property
    def loose(self) -> list[str]:
        """Number → cell without what is a matter of writing."""
        return loosen_all(self.values)


@dataclass(frozen=True)
class PairedRows:
    """Rows of both sides that are compared with each other in all fields that say something."""

    source: Rows
    target: Rows
    judge: Judge

    @cached_property
    def cells(self) -> dict[str, PairedCells]:
        """The cells as numbers, column by column."""
        read = self.source.read, self.target.read
        return {name: PairedCells(*number_alike(read[0][name], read[1][name])) for name in self.judge.compared}

    @cached_property
    def loose(self) -> dict[str, PairsOfRows]:
        """All columns with one number for cells that differ in writing alone, in whatever columns they stand."""
        book = {"": 0}
        tables = {
            name: np.array([book.setdefault(loose, len(book)) for loose in cells.loose], dtype=np.int64)
            for name, cells in self.cells.items()
        }
        return {name: (table[self.cells[name].one], table[self.cells[name].other]) for name, table in tables.items()}

    def may_exchange(self, name: str, next_name: str) -> bool:
        """Say whether each of two columns holds on one side what the other column holds on the other side."""
        (one, other), (next_one, next_other) = self._met[name], self._met[next_name]
        return bool((one & next_other).any() and (next_one & other).any())

    @cached_property
    def _met(self) -> dict[str, tuple[Flags, Flags]]:
        """Which numbers of loosened cells are met in each column of either side; blank ones count as none."""
        most = 1 + max((int(side.max(initial=0)) for sides in self.loose.values() for side in sides), default=0)
        met = {name: (np.zeros(most, dtype=bool), np.zeros(most, dtype=bool)) for name in self.loose}
        for name, sides in self.loose.items():
            for flags, numbers in zip(met[name], sides, strict=True):
                flags[numbers] = True
                flags[0] = False
        return met

    @cached_property
    def id_ranks(self) -> tuple[Numbers, Numbers]:
        """The rank of each row's id on its side; equal ones have equal ranks."""
        return rank_texts(self.source.ids), rank_texts(self.target.ids)


def rank_texts(texts: Iterable[str]) -> Numbers:
    """The rank of each text; equal ones have equal ranks."""
    ranks = pc.rank(pa.array(texts, pa.string()), sort_keys="ascending", tiebreaker="dense")
    found: Numbers = ranks.to_numpy().astype(np.int64)
    return found
