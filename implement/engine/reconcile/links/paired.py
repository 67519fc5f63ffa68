"""Rows of both sides with their cells as numbers, by which pairs of them are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers, number_alike
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.reconcile.arrived.rows import Rows
from implement.engine.reconcile.links.marks import Words, outline_all
from implement.engine.reconcile.links.weights import Judge

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
    def loose(self) -> pa.Array:
        """Number → cell without what is a matter of writing."""
        return pa.array(loosen_all(self.values), pa.string())

    @cached_property
    def loosely(self) -> PairsOfRows:
        """One number for cells that differ in writing alone; 0 where nothing else is left."""
        numbers = self.loose.dictionary_encode().indices.to_numpy().astype(np.int64)
        return numbers[self.one], numbers[self.other]

    @cached_property
    def outlines(self) -> tuple[Words, Words]:
        """What the loosened cells of both sides begin with and how long they are, as one number; 0 for blank ones."""
        outlines = outline_all(self.loose)
        return outlines[self.one], outlines[self.other]


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
    def id_ranks(self) -> tuple[Numbers, Numbers]:
        """The rank of each row's id on its side; equal ones have equal ranks."""
        return rank_texts(self.source.ids), rank_texts(self.target.ids)


def rank_texts(texts: Iterable[str]) -> Numbers:
    """The rank of each text; equal ones have equal ranks."""
    ranks = pc.rank(pa.array(texts, pa.string()), sort_keys="ascending", tiebreaker="dense")
    found: Numbers = ranks.to_numpy().astype(np.int64)
    return found
