"""Phase 2: decide the fate of every row that phase 1 could not settle."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from implement.engine.coded import Numbers
from implement.engine.mapping.at_once import loosen_all
from implement.engine.reconcile.likeness import agree_wholly
from implement.engine.reconcile.linking import Link, link_rows
from implement.engine.reconcile.paired import PairedRows
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge

MOST_PAIRS = 50
FindCopies = Callable[[Sequence[int]], set[int]]


def no_copies(free: Sequence[int]) -> set[int]:
    """No free row is a second copy."""
    return set()


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

    def free_again(self) -> None:
        """Recount which rows have no partner."""
        taken = set(self.linked.values())
        self.free_sources = [place for place in range(len(self.source)) if place not in self.linked]
        self.free_targets = [place for place in range(len(self.target)) if place not in taken]


def decide_fates(source: Rows, target: Rows, judge: Judge, find_copies: FindCopies = no_copies) -> Fates:
    """Pair leftover rows by key where their content does not deny it, then loosely by key, then by content.

    Second copies of a record that has arrived are left out of the linking by content, so that none of them is taken
    for another record that was lost.
    """
    fates = Fates(source, target)
    fates.free_again()
    rows = PairedRows(source, target, judge)
    doubtful: list[Link] = []
    _pair_by_key(fates, source.keys, target.keys, rows, doubtful)
    fates.free_again()
    _pair_by_key(
        fates,
        [key.lstrip("0") for key in loosen_all(source.keys)],
        [key.lstrip("0") for key in loosen_all(target.keys)],
        rows,
        doubtful,
    )
    fates.free_again()
    copies = find_copies(fates.free_targets) if fates.free_sources else set()
    others = [place for place in fates.free_targets if place not in copies]
    linked = link_rows(rows, fates.free_sources, others)
    fates.linked.update(linked)
    fates.by_content.update(linked)
    _pair_doubtful(fates, doubtful, judge)
    fates.free_again()
    return fates


def _pair_by_key(
    fates: Fates, source_keys: Sequence[str], target_keys: Sequence[str], rows: PairedRows, doubtful: list[Link]
) -> None:
    """Pair the rows that share a key, the most alike first; a pair that shares nothing else is doubtful."""
    ones, others, groups = _sharing(fates, source_keys, target_keys)
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


def _sharing(fates: Fates, source_keys: Sequence[str], target_keys: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    """Pairs of free rows that share a key, key by key; of a key that too many share some only."""
    by_key = _by_key(target_keys, fates.free_targets)
    pairs = []
    for group, (key, ones) in enumerate(_by_key(source_keys, fates.free_sources).items()):
        others = by_key.get(key, [])
        if len(ones) * len(others) > MOST_PAIRS**2:
            ones, others = ones[:MOST_PAIRS], others[:MOST_PAIRS]
        pairs += [(one, other, group) for one in ones for other in others]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 3)
    return found[:, 0], found[:, 1], found[:, 2]


def _by_key(keys: Sequence[str], places: Sequence[int]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for place in places:
        if keys[place]:
            groups[keys[place]].append(place)
    return groups


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
