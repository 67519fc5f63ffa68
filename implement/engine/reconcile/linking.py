"""Link rows without a common key by their content: few candidates by selective values, then the best mutual fit."""

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from implement.engine.mapping.writing import loosen
from implement.engine.reconcile.rows import Rows
from implement.engine.reconcile.weights import Judge, Likeness

Link = tuple[int, int]
FEW_CANDIDATES = 3
PAIRED_FIELDS = 7


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
    for one, others in _candidates(source, sources, target, targets, judge):
        for other in others:
            alike = judge.compare(source, one, target, other)
            enough = min(least, 0.9 * _whole_bits(source, one, judge)) if not alike.contradicted else least
            if alike.share >= share and alike.agreed >= enough:
                scored[one, other] = alike
    return scored


def _whole_bits(source: Rows, place: int, judge: Judge) -> float:
    """The bits of all filled fields of a row."""
    return max(1.0, sum(w for n, w in judge.weights.items() if source.read[n][place] and n not in judge.skipped))


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
    most = judge.settings.block_rows
    found: dict[int, set[int]] = {one: set() for one in sources}
    _share_values(found, [(name,) for name in names], source, target, targets, most)
    needy = {one: others for one, others in found.items() if len(others) < FEW_CANDIDATES}
    _share_values(needy, list(itertools.combinations(names[:PAIRED_FIELDS], 2)), source, target, targets, most)
    for one, others in found.items():
        if not others and len(targets) <= most:
            others = set(targets)
        yield one, sorted(others)


def _share_values(
    found: Mapping[int, set[int]],
    blocks: Sequence[tuple[str, ...]],
    source: Rows,
    target: Rows,
    targets: Sequence[int],
    most: int,
) -> None:
    """Add to each source row the target rows with equal values in a block of fields, unless they are too many."""
    names = sorted({name for block in blocks for name in block})
    mine = {name: {one: loosen(source.read[name][one]) for one in found} for name in names}
    theirs = {name: _hits(set(mine[name].values()) - {""}, target.read[name], targets) for name in names}
    for block in blocks:
        first = min(block, key=lambda name: (len(theirs[name]), name))
        index: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place in theirs[first]:
            if all(place in theirs[name] for name in block):
                index[tuple(theirs[name][place] for name in block)].append(place)
        for one, others in found.items():
            shared = index.get(tuple(mine[name][one] for name in block), ())
            if len(shared) <= most:
                others.update(shared)


def _hits(wanted: set[str], cells: Sequence[str], places: Sequence[int]) -> dict[int, str]:
    """The places whose cell is one of the wanted values."""
    return {place: value for place in places if (value := loosen(cells[place])) in wanted}
