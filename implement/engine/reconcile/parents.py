"""Arrived parents by what the target calls them, held as numbers: looked up in memory, without a join."""

from dataclasses import dataclass
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import Numbers

Hashes = npt.NDArray[np.uint64]
UNRESOLVED = "\x01"
"""Marks a reference that names no record we know; no cell begins so."""
MIXING = np.uint64(0x9E3779B97F4A7C15)
HASH_BITS = 64
LAST = np.iinfo(np.uint64).max
Pairs = tuple[Numbers, Numbers]
"""Two arrays of one length: places among the target's texts, and beside each a place among the source's."""
_NAMES, _IDS = ["", None], [UNRESOLVED, ""]
"""What is known before all: the unknown parent, and the blank one that is called nothing."""


@dataclass(frozen=True)
class KnownParents:
    """The hashes of what the target calls each arrived parent, in order, beside each its id in the source and its hash.

    What is blank names a blank parent. The last entry stands for all that is not known.
    """

    named: Hashes
    parents: Hashes
    places: Numbers
    """Where each parent's id stands among `ids`, which stay where they are."""
    ids: pa.ChunkedArray

    def find(self, hashes: Hashes) -> npt.NDArray[np.int32]:
        """The places of those that are called so."""
        places: npt.NDArray[np.int32] = self._starts.take((hashes >> self._shift).view(np.int64))
        met = self.named.take(places)
        waiting = np.flatnonzero(met < hashes)
        at, asked = places[waiting], hashes[waiting]
        while len(waiting):
            at += 1
            found = self.named.take(at)
            places[waiting], met[waiting] = at, found
            left = np.flatnonzero(found < asked)
            waiting, at, asked = waiting[left], at[left], asked[left]
        places[met != hashes] = len(self.named) - 1
        return places

    def name_all(self, hashes: Hashes) -> pa.ChunkedArray:
        """The ids in the source of those that are called so; none for one that is not known."""
        return self.ids.take(pa.array(self.places.take(self.find(hashes))))

    @property
    def _shift(self) -> np.uint64:
        return np.uint64(HASH_BITS - len(self.named).bit_length())

    @cached_property
    def _starts(self) -> npt.NDArray[np.int32]:
        """For each beginning of a hash where the hashes are that begin so."""
        beginnings = np.arange(1 << len(self.named).bit_length(), dtype=np.uint64)
        return np.searchsorted(self.named, beginnings << self._shift).astype(np.int32)


@dataclass(frozen=True)
class ListedParents:
    """The same where rows are on other machines, as a table to join with: texts called `named` and `parent`."""

    texts: ir.Table


ParentLinks = KnownParents | ListedParents


def know_parents(names: pa.ChunkedArray, ids: pa.ChunkedArray, pairs: Pairs, backend: Backend) -> KnownParents:
    """Of what the target calls records and of their ids in the source, put side by side by pairs of places."""
    names, ids = (
        pa.chunked_array([first, *texts.chunks], pa.string()) for first, texts in ((_NAMES, names), (_IDS, ids))
    )
    there, here = (np.concatenate([np.arange(len(_IDS)), places + len(_IDS)]) for places in pairs)
    valid = names.is_valid().to_numpy()
    valid[: len(_IDS)] = True
    there, here = there[valid[there]], here[valid[there]]
    named, parents = _hash(names, backend)[there], _hash(ids, backend)[here]
    named[0] = LAST
    order = _in_order(named, ids, here)
    kept = pa.table({"named": named[order], "parents": parents[order], "places": here[order]})
    mapped = backend.map_batches(kept.to_batches(), kept.schema)
    known = pa.chunked_array([pa.nulls(1, ids.type), *ids[1:].chunks])
    named, parents, places = (column.to_numpy() for column in mapped.columns)
    return KnownParents(named, parents, places, known)


def _hash(texts: pa.ChunkedArray, backend: Backend) -> Hashes:
    given = ibis.memtable(pa.table({"text": texts}))
    hashes = backend.connection.to_pyarrow(given.select(number=hash_cells([given["text"]], backend)))
    found: Hashes = hashes.column("number").to_numpy().view(np.uint64)
    return found


def _in_order(named: Hashes, ids: pa.ChunkedArray, here: Numbers) -> Numbers:
    """The rows in the order of what they are called; of those called alike the first parent alone."""
    order: Numbers = np.argsort(named)
    if (named[order][1:] == named[order][:-1]).any():
        order = np.lexsort((pc.rank(ids.take(pa.array(here))).to_numpy(), named))
        order = order[np.append(True, named[order][1:] != named[order][:-1])]
    return order
