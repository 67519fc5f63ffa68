"""Rows that arrived as they were: which of the source and of the target belong together."""

from dataclasses import dataclass, replace
from typing import Protocol

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Numbers
from implement.engine.reconcile.parents import Hashes

Flags = npt.NDArray[np.bool_]


class Settled(Protocol):
    """Pairs of rows that arrived as they were, as row numbers of both sides (`source_row`, `target_row`)."""

    def pairs(self) -> ir.Table:
        """All of them."""

    def pairs_of(self, source_rows: Numbers) -> ir.Table:
        """Those of these rows."""


@dataclass(frozen=True)
class SettledThere:
    """Where rows are on other machines: a table to join with."""

    table: ir.Table

    def pairs(self) -> ir.Table:
        """All of them."""
        return self.table

    def pairs_of(self, source_rows: Numbers) -> ir.Table:
        """Those of these rows."""
        asked = ibis.memtable(pa.table({"source_row": pa.array(source_rows, pa.int64())}))
        return self.table.semi_join(asked, "source_row")


@dataclass(frozen=True)
class HashedRows:
    """The rows of one side in the order of the file with their hashes; which are `left` is known when both are."""

    hashes: Hashes
    left: Flags
    first: int
    listed: Numbers | None = None
    """The numbers of the rows where they do not follow one another."""

    def at(self, places: Numbers) -> Numbers:
        """The numbers of some of the rows."""
        return places + self.first if self.listed is None else self.listed[places]

    def only(self, hashes: Hashes) -> "HashedRows":
        """The same rows, all left but those with these hashes."""
        asked = pc.is_in(pa.array(self.hashes), value_set=pa.array(hashes)).to_numpy(zero_copy_only=False)
        return replace(self, left=self.left | ~asked)

    def in_order(self) -> Numbers:
        """The rows that are not left, in the order of their hashes; those of one hash in the order of the file."""
        places = np.flatnonzero(~self.left)
        hashes = self.hashes[places]
        order = np.argsort(hashes)
        ordered = hashes[order]
        if (ordered[1:] == ordered[:-1]).any():
            order = np.lexsort((places, hashes))
        return self.at(places[order])


def hashed_rows(numbers: Numbers, hashes: Hashes) -> HashedRows:
    """Rows with their hashes, none of them left yet."""
    order = slice(None) if (np.diff(numbers) > 0).all() else np.argsort(numbers)
    numbers, hashes = numbers[order], hashes[order]
    first = int(numbers[0]) if len(numbers) else 0
    follow = not len(numbers) or int(numbers[-1]) - first == len(numbers) - 1
    return HashedRows(hashes, np.zeros(len(hashes), dtype=bool), first, None if follow else numbers)


@dataclass(frozen=True)
class SettledHere:
    """Where the hashes of both sides are in memory: rows are paired when somebody asks for them."""

    source: HashedRows
    target: HashedRows

    def pairs(self) -> ir.Table:
        """All of them."""
        return ibis.memtable(pa.table({"source_row": self.source.in_order(), "target_row": self.target.in_order()}))

    def pairs_of(self, source_rows: Numbers) -> ir.Table:
        """Those of these rows."""
        numbers = self.source.at(np.arange(len(self.source.hashes)))
        hashes = self.source.hashes[np.isin(numbers, source_rows)]
        ones, others = (side.only(hashes).in_order() for side in (self.source, self.target))
        asked = np.isin(ones, source_rows)
        return ibis.memtable(pa.table({"source_row": ones[asked], "target_row": others[asked]}))
