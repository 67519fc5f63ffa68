"""Beginnings that only a few of the values were given, where those like them were given another: no habit of a side.

Of numbers that begin with `0` most began with `+49` afterwards and a few with `+43`: those few are other numbers now,
unless another column tells why, as that of the country does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from implement.engine.mapping.plan import ColumnMapping
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.mapping.writings.prefixes import split_heads
from implement.engine.mapping.writings.writing import layout_of

RARE = 0.2
"""So few, beside those that were given the usual beginning, may be strays."""
TOLD_SHARE = 0.8
"""Another column tells those apart of which so many stand beside others like them there."""
Rows = Sequence[int]
Columns = Mapping[str, Sequence[str | None]]


def without_strays(mapping: ColumnMapping, source: Columns, target: Columns) -> ColumnMapping:
    """The column without beginnings of the target that a few values have for no reason that other columns tell.

    Both sides are given by the same rows, in the same order.
    """
    theirs = mapping.target_writing.prefixes.split("|")
    if len(theirs) < 2 or mapping.target is None:
        return mapping
    rows = _rows_by_heads(source[mapping.source], target[mapping.target])
    others = [cells for name, cells in source.items() if name != mapping.source]
    others += [cells for name, cells in target.items() if name != mapping.target]
    usual = {max((heads for heads in rows if heads[0] == ours), key=lambda heads: len(rows[heads])) for ours, _ in rows}
    kept = {theirs for _, theirs in usual}
    for heads in rows.keys() - usual:
        most = next(one for one in usual if one[0] == heads[0])
        if len(rows[heads]) > RARE * len(rows[most]) or _is_told(rows[heads], rows[most], others):
            kept.add(heads[1])
    prefixes = "|".join(prefix for prefix in theirs if prefix in kept)
    return replace(mapping, target_writing=replace(mapping.target_writing, prefixes=prefixes))


def _rows_by_heads(ones: Sequence[str | None], others: Sequence[str | None]) -> dict[tuple[str, str], list[int]]:
    """In which rows a value begins so on one side and so on the other."""
    rows: dict[tuple[str, str], list[int]] = {}
    loose = [loosen_all([cell or "" for cell in cells]) for cells in (ones, others)]
    for place, (one, other) in enumerate(zip(*loose, strict=True)):
        if one and other and (heads := split_heads(one, other)) is not None:
            rows.setdefault(heads, []).append(place)
    return rows


def _is_told(few: Rows, most: Rows, columns: Iterable[Sequence[str | None]]) -> bool:
    return any(
        _tells([read(cells[row] or "") for row in few], [read(cells[row] or "") for row in most])
        for cells in columns
        for read in (str, layout_of, _ending)
    )


def _ending(cell: str) -> str:
    """What stands behind the last point: the country of a mail address."""
    return cell.rpartition(".")[2]


def _tells(few: Sequence[str], most: Sequence[str]) -> bool:
    """Say whether most of the few have words that others of them have as well, and more of them than of the rest."""
    times, others = Counter(few), Counter(most)
    told = sum(count for word, count in times.items() if word and count > 1 and count - 1 > others[word])
    return told >= TOLD_SHARE * len(few)
