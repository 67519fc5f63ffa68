"""Arrived parents by what the target calls them, held as numbers: looked up in memory, without a join."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend, hash_cells
from implement.engine.coded import MIXING_FACTOR, Numbers
from implement.engine.reconcile.arrived.book import Book, Hashes, write_book
from implement.engine.reconcile.arrived.loosely import loosely

UNRESOLVED = "\x01"
"""Marks a reference that names no record we know; no cell begins so."""
MIXING = np.uint64(MIXING_FACTOR)
LAST = np.iinfo(np.uint64).max
_NAMES, _IDS = ["", None], [UNRESOLVED, ""]
"""What is known before all: the unknown parent, and the blank one that is called nothing."""


@dataclass(frozen=True)
class KnownParents:
    """The hashes of what the target calls each arrived parent, and of each its id in the source and the hash of that.

    What is blank names a blank parent. The last entry stands for all that is not known.
    """

    called: Book
    parents: Hashes
    places: Numbers
    """Where each parent's id stands among `ids`, which stay where they are."""
    ids: pa.ChunkedArray
    has_namesakes: bool = False
    """Whether several parents are called alike; the first of them is found."""

    def find(self, hashes: Hashes) -> Hashes:
        """The hashes of the ids in the source of those that are called so."""
        return self.parents.take(self.called.find(hashes))

    def name_all(self, hashes: Hashes) -> pa.ChunkedArray:
        """The ids in the source of those that are called so; none for one that is not known."""
        return self.ids.take(pa.array(self.places.take(self.called.find(hashes))))


@dataclass(frozen=True)
class ListedParents:
    """The same where rows are on other machines, as a table to join with: texts called `named` and `parent`."""

    texts: ir.Table
    has_namesakes: bool = True
    """Whether several parents may be called alike; to count them there costs more than to look for those asked for."""


ParentLinks = KnownParents | ListedParents


@dataclass(frozen=True)
class Called:
    """What the target calls records, and their ids in the source.

    `there` are places among what they are called, and beside each is in `here` a place among the ids.
    """

    names: pa.ChunkedArray
    ids: pa.ChunkedArray
    there: Numbers
    here: Numbers


def put_beside(called: Sequence[Called]) -> Called:
    """Records of several tables, of any of which a column may name one."""
    names, ids = (_one_after_another(texts) for texts in ([one.names for one in called], [one.ids for one in called]))
    there, here = (
        _moved_on([len(one.names) for one in called], [one.there for one in called]),
        _moved_on([len(one.ids) for one in called], [one.here for one in called]),
    )
    return Called(names, ids, there, here)


def _one_after_another(texts: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for one in texts for chunk in one.chunks], pa.string())


def _moved_on(lengths: Sequence[int], places: Sequence[Numbers]) -> Numbers:
    starts = np.cumsum([0, *lengths[:-1]])
    moved: Numbers = np.concatenate([one + start for one, start in zip(places, starts, strict=True)])
    return moved


def know_parents(called: Called, backend: Backend, *, is_loose: bool = False) -> KnownParents:
    """The records that are called so, the unknown one and the blank one, ready to be looked up, be it loosely."""
    names, ids = (
        pa.chunked_array([first, *texts.chunks], pa.string())
        for first, texts in ((_NAMES, called.names), (_IDS, called.ids))
    )
    before = np.arange(len(_IDS))[::-1]
    there, here = (np.concatenate([places + len(_IDS), before]) for places in (called.there, called.here))
    valid = names.is_valid().to_numpy()
    valid[: len(_IDS)] = True
    there, here = there[valid[there]], here[valid[there]]
    named, parents = _hash(names, backend, is_loose)[there], _hash(ids, backend, is_loose)[here]
    named[-1] = LAST
    book = write_book(named)
    has_namesakes = not book.is_whole
    if has_namesakes:
        order = _first_of_alike(named, ids, here)
        named, parents, here = named[order], parents[order], here[order]
        book = write_book(named)
    kept = pa.table({"named": named, "parents": parents, "places": here})
    mapped = backend.map_batches(kept.to_batches(), kept.schema)
    known = pa.chunked_array([pa.nulls(1, ids.type), *ids[1:].chunks])
    named, parents, places = (column.to_numpy() for column in mapped.columns)
    return KnownParents(replace(book, hashes=named), parents, places, known, has_namesakes)


def _hash(texts: pa.ChunkedArray, backend: Backend, is_loose: bool) -> Hashes:
    given = ibis.memtable(pa.table({"text": texts}))
    cell = loosely(given["text"]) if is_loose else given["text"]
    hashes = backend.connection.to_pyarrow(given.select(number=hash_cells([cell], backend)))
    found: Hashes = hashes.column("number").to_numpy().view(np.uint64)
    return found


def _first_of_alike(named: Hashes, ids: pa.ChunkedArray, here: Numbers) -> Numbers:
    """The rows in the order of what they are called, of those called alike the first parent alone."""
    order = np.lexsort((pc.rank(ids.take(pa.array(here))).to_numpy(), named))
    found: Numbers = order[np.append(True, named[order][1:] != named[order][:-1])]
    return found
