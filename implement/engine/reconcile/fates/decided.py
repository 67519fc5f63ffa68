"""Phase 2: decide the fate of every row that phase 1 could not settle."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from implement.engine.coded import Flags, Numbers
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.reconcile.arrived.rows import Rows
from implement.engine.reconcile.links.candidates import Block
from implement.engine.reconcile.links.likeness import agree_wholly
from implement.engine.reconcile.links.linking import Link, link_rows
from implement.engine.reconcile.links.paired import PairedRows
from implement.engine.reconcile.links.weights import Judge

MOST_PAIRS = 50
Write = Callable[[Sequence[str]], Sequence[str]]
Twin = tuple[Rows, int]
"""Where a row stands: among which rows, and its place there."""
FindCopies = Callable[[PairedRows, Sequence[int], set[Link]], dict[int, Twin]]
"""Finds the second copies among free rows; known strangers are told, each as the number of a source row and a place."""


@dataclass
class Fates:
    """Which leftover rows belong together and which stand alone, by their places in `source` and `target`."""

    source: Rows
    target: Rows
    linked: dict[int, int] = field(default_factory=dict)
    by_content: set[int] = field(default_factory=set)
    """Source places that were linked by content, not by key."""
    free_sources: list[int] = field(default_factory=list)
    free_targets: list[int] = field(default_factory=list)
    copies: dict[int, Twin] = field(default_factory=dict)
    """Free target places that are second copies of a record that has arrived under their key."""

    def free_again(self) -> None:
        """Recount which rows have no partner."""
        taken = set(self.linked.values())
        self.free_sources = [place for place in range(len(self.source)) if place not in self.linked]
        self.free_targets = [place for place in range(len(self.target)) if place not in taken]

    def link_twins(self, twins: Mapping[int, Twin]) -> None:
        """Link free target rows to their twins that are free too: a record of which a copy is there has arrived.

        A row may hold too little to be found among many others, and still be all that another one holds. Of several
        copies the first is linked.
        """
        free = {self.source.numbers[place]: place for place in self.free_sources}
        for other, (pool, place) in twins.items():
            one = free.pop(pool.numbers[place], None)
            if one is not None:
                self.linked[one] = other
                self.by_content.add(one)
        self.free_again()


def decide_fates(source: Rows, target: Rows, judge: Judge, find_copies: FindCopies) -> Fates:
    """Pair leftover rows by key where their content does not deny it, then loosely by key, then by content.

    Second copies of a record that has arrived are left out of the linking by content, so that none of them is taken
    for another record that was lost.
    """
    fates = Fates(source, target)
    fates.free_again()
    rows = PairedRows(source, target, judge)
    doubtful: list[Link] = []
    for write in (list, _loosely):
        _pair_by_key(fates, write, rows, doubtful)
        fates.free_again()
    fates.copies = find_copies(rows, fates.free_targets, {(source.numbers[one], other) for one, other in doubtful})
    others = [place for place in fates.free_targets if place not in fates.copies]
    linked = link_rows(rows, fates.free_sources, others)
    fates.linked.update(linked)
    fates.by_content.update(linked)
    _pair_doubtful(fates, doubtful, judge)
    fates.free_again()
    return fates


def _loosely(keys: Sequence[str]) -> Sequence[str]:
    return [key.lstrip("0") for key in loosen_all(keys)]


def _pair_by_key(fates: Fates, write: Write, rows: PairedRows, doubtful: list[Link]) -> None:
    """Pair the rows that share a key, the most alike first; a pair that shares nothing else is doubtful."""
    ones, others, groups = _sharing(fates, write, doubtful)
    alike, told = agree_wholly((ones, others), rows), rows.judge.settings
    foreign = (alike.share < told.same_share) & (alike.contradicted >= told.foreign_bits)
    taken: set[int] = set()
    for place in np.lexsort((others, ones, rows.id_ranks[1][others], -alike.rank.round(6), groups)).tolist():
        one, other = int(ones[place]), int(others[place])
        if one in fates.linked or other in taken:
            continue
        if foreign[place]:
            doubtful.append((one, other))
            continue
        fates.linked[one] = other
        taken.add(other)


def _sharing(fates: Fates, write: Write, known: Sequence[Link]) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs of free rows that share a key, and its number, but for known ones; of a key that too many share some."""
    book = {"": 0}
    free = np.array(fates.free_sources, dtype=np.int64), np.array(fates.free_targets, dtype=np.int64)
    one, other = _number(fates.source, free[0], write, book), _number(fates.target, free[1], write, book)
    crowded = np.bincount(one, minlength=len(book)) * np.bincount(other, minlength=len(book)) > MOST_PAIRS**2
    for keys in (one, other):
        keys[_late(keys, crowded)] = 0
    ones, others = Block(one, other, free[1], len(other)).partners(free[0])
    new = ~np.isin(ones * len(other) + others, [place * len(other) + next_place for place, next_place in known])
    return ones[new], others[new], one[ones[new]]


def _number(rows: Rows, places: Numbers, write: Write, book: dict[str, int]) -> Numbers:
    """The keys of some rows by the numbers a book has for them; 0 for other rows, and for blank keys."""
    numbers = np.zeros(len(rows), dtype=np.int64)
    written = write([rows.keys[place] for place in places.tolist()])
    numbers[places] = [book.setdefault(key, len(book)) for key in written]
    return numbers


def _late(keys: Numbers, crowded: Flags) -> Numbers:
    """Where crowded keys stand but for the first few times."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    later = np.arange(len(order)) - np.searchsorted(ordered, ordered) >= MOST_PAIRS
    return order[later & crowded[ordered]]


def _pair_doubtful(fates: Fates, doubtful: Sequence[Link], judge: Judge) -> None:
    """Believe the key after all where neither row found another partner and few fields contradict it."""
    taken = set(fates.linked.values())
    for one, other in doubtful:
        if one in fates.linked or other in taken:
            continue
        alike = judge.compare(fates.source, one, fates.target, other)
        if alike.share >= judge.settings.foreign_share or alike.fields_contradicted < judge.settings.foreign_fields:
            fates.linked[one] = other
            taken.add(other)
