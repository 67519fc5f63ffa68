"""Link rows without a common key by their content: few candidates by selective values, then the best mutual fit."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from implement.engine.mapping.writing import loosen
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge, Likeness

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
    scored: dict[Link, Likeness] = {}
    whole = _whole_bits(source, judge)
    for one, others in _candidates(source, sources, target, targets, judge):
        for other in others:
            alike = judge.compare(source, one, target, other)
            enough = min(least, 0.9 * whole(one)) if not alike.contradicted else least
            if alike.share >= share and alike.agreed >= enough:
                scored[one, other] = alike
    return scored


def _whole_bits(source: Rows, judge: Judge):  # type: ignore[no-untyped-def]
    def bits(place: int) -> float:
        return max(1.0, sum(w for n, w in judge.weights.items() if source.read[n][place] and n not in judge.skipped))

    return bits


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


def _candidates(
    source: Rows, sources: Sequence[int], target: Rows, targets: Sequence[int], judge: Judge
) -> Iterable[tuple[int, list[int]]]:
    """For each source row the target rows that share a rare value, or a rare pair of middling values."""
    names = sorted(
        (n for n, w in judge.weights.items() if w >= 1.0 and n not in judge.skipped),
        key=lambda n: (-judge.weights[n], n),
    )
    singles = _index(target, targets, [(name,) for name in names], judge.settings.block_rows)
    pairs = list(itertools.combinations(names[:7], 2))
    doubles = _index(target, targets, pairs, judge.settings.block_rows)
    for one in sources:
        found = _look_up(source, one, [(name,) for name in names], singles)
        if len(found) < 3:
            found |= _look_up(source, one, pairs, doubles)
        if not found and len(targets) <= judge.settings.block_rows:
            found = set(targets)
        yield one, sorted(found)


def _index(
    rows: Rows, places: Sequence[int], blocks: Sequence[tuple[str, ...]], most: int
) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]]:
    index: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = defaultdict(list)
    for block in blocks:
        columns = [rows.read[name] for name in block]
        for place in places:
            value = tuple(loosen(cells[place]) for cells in columns)
            if all(value):
                index[block, value].append(place)
    return {key: found for key, found in index.items() if len(found) <= most}


def _look_up(
    rows: Rows,
    place: int,
    blocks: Sequence[tuple[str, ...]],
    index: Mapping[tuple[tuple[str, ...], tuple[str, ...]], list[int]],
) -> set[int]:
    found: set[int] = set()
    for block in blocks:
        found.update(index.get((block, tuple(loosen(rows.read[name][place]) for name in block)), ()))
    return found
