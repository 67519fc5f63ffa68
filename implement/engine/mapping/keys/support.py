"""How well the other columns agree on rows that a key matches: what speaks for the key."""

from implement.engine.mapping.columns.evidence import weigh_rows
from implement.engine.mapping.columns.overlap import telling
from implement.engine.mapping.looking.alignment import Alignment, Pair, agreement, normalised, replaced
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.settings import MappingSettings

SUPPORT_ROWS = 400
MOST_PAIRS = 2_500
"""Tables of more pairs of columns are not read in every way."""
LEAST_SUPPORT_ROWS = 5
SETTLED = 0.95
"""Columns that agree so well need not be looked at for replaced values."""


def support_of(source: TableProfile, target: TableProfile, key: tuple[Pair, ...], matched: Alignment) -> float:
    """How well the other columns agree on rows matched by this key, the telling columns counting most."""
    if matched.size < 2:
        return 0.0
    few = _head(matched)
    keyed, keyed_target = {one for one, _ in key}, {other for _, other in key}
    founds = {n: normalised(few.target[n], c) for n, c in target.columns.items() if n not in keyed_target}
    agreed: list[tuple[float, float]] = []
    for name, column in source.columns.items():
        weight = telling(column, source)
        if name in keyed or weight < 0.3 or column.filled < 0.05:
            continue
        written = normalised(few.source[name], column)
        agreed.append((_best_agreement(few, column, target, written, founds), weight))
    if not agreed:
        return 1.0
    top = sorted(agreed, reverse=True)[: max(1, (len(agreed) + 1) // 2)]
    return sum(share * weight for share, weight in top) / sum(weight for _, weight in top)


def support_in_any_way(
    source: TableProfile,
    target: TableProfile,
    key: tuple[Pair, ...],
    matched: Alignment,
    settings: MappingSettings,
) -> float:
    """How well the other columns agree; where that is too little, read in other ways too."""
    support = support_of(source, target, key, matched)
    if support >= settings.key_support or len(source.columns) * len(target.columns) > MOST_PAIRS:
        return support
    return max(support, _support_in_other_ways(source, target, key, matched))


def _support_in_other_ways(
    source: TableProfile, target: TableProfile, key: tuple[Pair, ...], matched: Alignment
) -> float:
    """How well the other columns agree once they are read in every way known."""
    if matched.size < LEAST_SUPPORT_ROWS:
        return 0.0
    best: dict[str, float] = {}
    for (one, other), share in weigh_rows(source, target, _head(matched)).items():
        if (one, other) not in key:
            best[one] = max(best.get(one, 0.0), share)
    weights = {name: telling(source.columns[name], source) for name in best}
    told = sorted((share, weights[name]) for name, share in best.items() if weights[name] >= 0.3)
    top = told[len(told) // 2 :]
    return sum(share * weight for share, weight in top) / sum(weight for _, weight in top) if top else 0.0


def _best_agreement(
    few: Alignment, column: ColumnProfile, target: TableProfile, written: list[str], founds: dict[str, list[str]]
) -> float:
    best = 0.0
    for other, found in founds.items():
        best = max(best, agreement(few, column, target.columns[other], written, found))
    return best if best > SETTLED else max([best, *(replaced(written, found, 60) for found in founds.values())])


def _head(matched: Alignment) -> Alignment:
    step = max(1, matched.size // SUPPORT_ROWS)
    return Alignment(
        {name: cells[::step] for name, cells in matched.source.items()},
        {name: cells[::step] for name, cells in matched.target.items()},
        len(range(0, matched.size, step)),
    )
