"""Link rows without a common key by their content: few candidates by selective values, then the best mutual fit."""

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from implement.engine.reconcile.candidates import (
    CodedCells,
    Numbers,
    PairsOfRows,
    code_cells,
    find_candidates,
    loosen_cells,
)
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge, Likeness, looks_alike, marks_of

Link = tuple[int, int]


def link_rows(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge
) -> dict[Link, Likeness]:
    """Link free rows of both sides one to one, best agreement first."""
    if not sources or not targets:
        return {}
    least = math.log2(len(targets)) + judge.settings.same_bits
    scored = _score(source, sources, target, targets, judge, least, judge.settings.same_share)
    return _take_best(scored, source, target)


def nearest_rows(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge, rows: int
) -> dict[int, int]:
    """For each source row the most alike target row, if it is alike enough to be its twin; several may share one."""
    if not sources or not targets:
        return {}
    least = math.log2(max(2, rows)) + judge.settings.twin_bits
    scored = _score(source, sources, target, targets, judge, least, judge.settings.twin_share)
    scored = {link: alike for link, alike in scored.items() if _names_itself(alike, rows, judge)}
    best: dict[int, int] = {}
    for (one, other), _ in _ranked(scored, source, target):
        best.setdefault(one, other)
    return best


def _names_itself(alike: Likeness, rows: int, judge: Judge) -> bool:
    """Say whether the agreement tells who the record is, not only what is common to many."""
    bits = math.log2(max(2, rows))
    almost_unique = alike.identified >= bits - judge.settings.naming_slack
    return almost_unique or alike.identified_next >= judge.settings.naming_share * bits


def _score(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge, least: float, share: float
) -> dict[Link, Likeness]:
    """The likeness of all candidates that are alike enough."""
    names = [name for name, weight in judge.weights.items() if weight and name not in judge.skipped]
    coded = code_cells(source, sources, target, targets, names)
    whole = sum((judge.weights[name] * (coded[name].one > 0) for name in names), np.zeros(len(sources)))
    ids = np.argsort(np.argsort(np.array([target.ids[place] for place in targets])))
    scored: dict[Link, Likeness] = {}
    loose = loosen_cells(coded)
    for pairs in find_candidates(loose, judge):
        pairs = _most_alike(pairs, coded, names, judge, ids)
        for one, other, alike in _compare(pairs, coded, loose, judge):
            enough = min(least, 0.9 * max(1.0, whole[one])) if not alike.contradicted else least
            if alike.share >= share and alike.agreed >= enough:
                scored[sources[one], targets[other]] = alike
    return scored


def _most_alike(
    pairs: PairsOfRows, coded: Mapping[str, CodedCells], names: Sequence[str], judge: Judge, ids: Numbers
) -> PairsOfRows:
    """For each source row the few candidates that share most of it as it stands."""
    ones, others = pairs
    equal = np.zeros(len(ones))
    for name in names:
        cells = coded[name]
        first = cells.one[ones]
        equal += judge.weights[name] * ((first == cells.other[others]) & (first > 0))
    order = np.lexsort((ids[others], -equal.round(6), ones))
    ones, others = ones[order], others[order]
    begins = np.searchsorted(ones, ones, "left")
    kept = np.arange(len(ones)) - begins < judge.settings.candidates
    return ones[kept], others[kept]


def _compare(
    pairs: PairsOfRows, coded: Mapping[str, CodedCells], loose: Mapping[str, PairsOfRows], judge: Judge
) -> list[tuple[int, int, Likeness]]:
    """What `Judge.compare` says of each pair, worked out column by column."""
    ones, others = pairs
    agreed, first, second = (np.zeros(len(ones)) for _ in range(3))
    against: dict[str, np.ndarray] = {}
    for name, cells in coded.items():
        weight = judge.weights[name]
        one, other = cells.one[ones], cells.other[others]
        filled = (one > 0) & (other > 0)
        equal = filled & (one == other)
        near = _near(one, other, filled & ~equal, cells.values)
        against[name] = filled & ~equal & ~near
        agreed += weight * equal + judge.settings.near_share * weight * near
        if name in judge.naming:
            bits = weight * equal
            second = np.maximum(second, np.minimum(first, bits))
            first = np.maximum(first, bits)
    agreed += judge.settings.near_share * _take_exchanged(against, pairs, loose, judge)
    contradicted = sum((judge.weights[name] * no for name, no in against.items()), np.zeros(len(ones)))
    fields = sum((no.astype(np.int64) for no in against.values()), np.zeros(len(ones), dtype=np.int64))
    columns = (ones, others, agreed, contradicted, fields, first, second)
    listed = zip(*(column.tolist() for column in columns), strict=True)
    return [(one, other, Likeness(*figures)) for one, other, *figures in listed]


def _take_exchanged(
    against: dict[str, np.ndarray], pairs: PairsOfRows, loose: Mapping[str, PairsOfRows], judge: Judge
) -> np.ndarray:
    """Take out of what contradicts the cells that stand in each other's field; answer their bits per pair."""
    ones, others = pairs
    bits = np.zeros(len(ones))
    for name, next_name in itertools.combinations(against, 2):
        crossed = against[name] & against[next_name]
        places = np.flatnonzero(crossed)
        (one, other), (next_one, next_other) = loose[name], loose[next_name]
        first, second = one[ones[places]], next_one[ones[places]]
        same = (first == next_other[others[places]]) & (second == other[others[places]]) & (first > 0) & (second > 0)
        places = places[same]
        bits[places] += judge.weights[name] + judge.weights[next_name]
        against[name][places] = against[next_name][places] = False
    return bits


def _near(one: Numbers, other: Numbers, asked: np.ndarray, values: Sequence[str]) -> np.ndarray:
    """Which of the asked pairs of cells may be one value, damaged."""
    near = np.zeros(len(one), dtype=bool)
    both, places = np.unique(one[asked] * len(values) + other[asked], return_inverse=True)
    firsts, seconds = both // len(values), both % len(values)
    seen = _share_marks(firsts, seconds, values)
    for place in np.flatnonzero(seen).tolist():
        seen[place] = looks_alike(values[firsts[place]], values[seconds[place]])
    near[asked] = seen[places]
    return near


def _share_marks(firsts: Numbers, seconds: Numbers, values: Sequence[str]) -> np.ndarray:
    """Which pairs of values are worth a closer look: the others have no mark in common."""
    numbers, places = np.unique(np.concatenate([firsts, seconds]), return_inverse=True)
    shared = np.zeros(len(firsts), dtype=bool)
    for marks in zip(*(marks_of(values[number]) for number in numbers.tolist()), strict=True):
        book: dict[str | None, int] = {None: 0}
        codes = np.array([book.setdefault(mark, len(book)) for mark in marks])[places]
        one, other = codes[: len(firsts)], codes[len(firsts) :]
        shared |= (one == other) & (one > 0)
    return shared


def _ranked(scored: Mapping[Link, Likeness], source: Rows, target: Rows) -> list[tuple[Link, Likeness]]:
    return sorted(
        scored.items(),
        key=lambda entry: (
            -round(entry[1].rank, 6),
            source.ids[entry[0][0]],
            target.ids[entry[0][1]],
            source.numbers[entry[0][0]],
            target.numbers[entry[0][1]],
        ),
    )


def _take_best(scored: Mapping[Link, Likeness], source: Rows, target: Rows) -> dict[Link, Likeness]:
    linked: dict[Link, Likeness] = {}
    ones: set[int] = set()
    others: set[int] = set()
    for (one, other), alike in _ranked(scored, source, target):
        if one not in ones and other not in others:
            ones.add(one)
            others.add(other)
            linked[one, other] = alike
    return linked
