"""Rows that arrived as they were: which of the source and of the target belong together."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.coded import Flags, Numbers
from implement.engine.reconcile.arrived.book import Hashes, write_book

Span = range | Numbers


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

    @property
    def settled(self) -> Numbers:
        """The places of the rows that are not left."""
        return np.flatnonzero(~self.left)

    def in_order(self) -> Numbers:
        """Those rows in the order of their hashes; those of one hash in the order of the file."""
        places = self.settled
        return self.at(places[np.lexsort((places, self.hashes[places]))])


def span(numbers: Numbers) -> Span:
    """Numbers of rows that follow one another as a range, which takes no memory; others as they are."""
    first = int(numbers[0]) if len(numbers) else 0
    follow = np.arange(first, first + len(numbers))
    return range(first, first + len(numbers)) if np.array_equal(numbers, follow) else numbers.copy()


def hashed_rows(spans: Sequence[Span], hashes: Hashes) -> HashedRows:
    """Rows with their hashes, none of them left yet."""
    left, spans = np.zeros(len(hashes), dtype=bool), [one for one in spans if len(one)]
    ranges = [one for one in spans if isinstance(one, range)]
    if len(ranges) == len(spans) and all(one.stop == other.start for one, other in itertools.pairwise(ranges)):
        return HashedRows(hashes, left, ranges[0].start if ranges else 0)
    numbers = np.concatenate([np.asarray(one) for one in spans])
    order = np.argsort(numbers)
    return HashedRows(hashes[order], left, int(numbers[order[0]]), numbers[order])


@dataclass(frozen=True)
class SettledHere:
    """Where the hashes of both sides are in memory: rows are paired when somebody asks for them."""

    source: HashedRows
    target: HashedRows

    def pairs(self) -> ir.Table:
        """All of them."""
        return _offer(*_pair(self.source, self.target))

    def pairs_of(self, source_rows: Numbers) -> ir.Table:
        """Those of these rows."""
        numbers = self.source.at(np.arange(len(self.source.hashes)))
        hashes = self.source.hashes[np.isin(numbers, source_rows)]
        ones, others = _pair(self.source.only(hashes), self.target.only(hashes))
        asked = np.isin(ones, source_rows)
        return _offer(ones[asked], others[asked])


def _pair(source: HashedRows, target: HashedRows) -> tuple[Numbers, Numbers]:
    """The settled rows side by side; where a hash is there several times, in the order of the file."""
    ones, others = source.settled, target.settled
    book = write_book(source.hashes[ones])
    if not book.is_whole:
        return source.in_order(), target.in_order()
    return source.at(ones[book.find(target.hashes[others])]), target.at(others)


def _offer(ones: Numbers, others: Numbers) -> ir.Table:
    return ibis.memtable(pa.table({"source_row": ones, "target_row": others}))
