"""Books of hashes: where each of them stands is found by how it begins, without bringing them into order."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Entries = npt.NDArray[np.int32]
HASH_BITS = 64
SPARE_BITS = 1
"""There is room for twice as many hashes as there are, so that few find theirs taken."""
EMPTY = -1


@dataclass(frozen=True)
class Book:
    """Different hashes; an entry stands where its hash says by its beginning, or in the next room that was empty."""

    hashes: Hashes
    entries: Entries
    is_whole: bool = True
    """False where writing ended at a hash that is there twice."""

    def find(self, asked: Hashes) -> Entries:
        """The places of these hashes; -1 for one that is not in the book."""
        at = _rooms(asked, self.entries)
        found = self.entries.take(at)
        waiting = np.flatnonzero((self.hashes.take(found) != asked) & (found != EMPTY))
        at, asked = at[waiting], asked[waiting]
        while len(waiting):
            at = (at + 1) & (len(self.entries) - 1)
            met = self.entries.take(at)
            found[waiting] = met
            left = np.flatnonzero((self.hashes.take(met) != asked) & (met != EMPTY))
            waiting, at, asked = waiting[left], at[left], asked[left]
        return found


def write_book(hashes: Hashes) -> Book:
    """A book of these hashes, as far as they are different."""
    entries = np.full(1 << (SPARE_BITS + len(hashes).bit_length()), EMPTY, dtype=np.int32)
    waiting, at = np.arange(len(hashes), dtype=np.int32), _rooms(hashes, entries)
    while len(waiting):
        empty = entries.take(at) == EMPTY
        entries[at[empty]] = waiting[empty]
        left = np.flatnonzero(entries.take(at) != waiting)
        waiting, at = waiting[left], at[left]
        if (hashes.take(entries.take(at)) == hashes.take(waiting)).any():
            return Book(hashes, entries, is_whole=False)
        at = (at + 1) & (len(entries) - 1)
    return Book(hashes, entries)


def _rooms(hashes: Hashes, entries: Entries) -> npt.NDArray[np.int64]:
    """Where hashes stand if their room is not taken."""
    return (hashes >> np.uint64(HASH_BITS + 1 - len(entries).bit_length())).view(np.int64)
