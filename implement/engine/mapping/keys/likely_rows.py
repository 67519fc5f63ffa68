"""Rows that belong together where no column holds the same values: by long common ends, or by two columns as one."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from implement.engine.mapping.looking.alignment import Alignment, pick_rows_of
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.plan import DATE
from implement.engine.mapping.writings.at_once import loosen_all

TAIL = 8
LEAST_SHARE = 0.25
"""So many of the rows of the smaller side must be found."""
LEAST_ROWS = 5
MOST_JOINED = 8
"""So many columns are tried two by two."""
Cells = Sequence[str]


def align_likely(source: TableProfile, target: TableProfile) -> list[Alignment]:
    """Rows matched by values that are written differently, the most rows first; large tables are left alone."""
    if not (source.complete and target.complete):
        return []
    found = [_match(one, other, source, target) for one, other in _alike(source, target)]
    least = max(LEAST_ROWS, LEAST_SHARE * min(source.row_count, target.row_count))
    return sorted((one for one in found if one.size >= least), key=lambda one: -one.size)


def _alike(source: TableProfile, target: TableProfile) -> Iterator[tuple[Cells, Cells]]:
    ones, others = ({name: _loose(side, name) for name in _candidates(side)} for side in (source, target))
    for one, other in itertools.product(_long(source), _long(target)):
        yield [cell[-TAIL:] for cell in ones[one]], [cell[-TAIL:] for cell in others[other]]
    for first, second in itertools.permutations(_of_words(source), 2):
        joined = _join(ones[first], ones[second])
        yield from ((joined, others[name]) for name in _of_words(target))
    for first, second in itertools.permutations(_of_words(target), 2):
        joined = _join(others[first], others[second])
        yield from ((ones[name], joined) for name in _of_words(source))


def _candidates(table: TableProfile) -> list[str]:
    return list(dict.fromkeys([*_long(table), *_of_words(table)]))


def _long(table: TableProfile) -> list[str]:
    columns = (c for c in table.columns.values() if c.kind != DATE and c.unique >= 0.5 and c.mean_length >= TAIL)
    return sorted(column.name for column in columns if column.mean_length < 2 * TAIL + 4)


def _of_words(table: TableProfile) -> list[str]:
    """Columns of short texts that may be names, those of most values first."""
    named = [column for column in table.columns.values() if _may_be_name(column)]
    return [column.name for column in sorted(named, key=lambda c: (-len(c.counts), c.name))[:MOST_JOINED]]


def _may_be_name(column: ColumnProfile) -> bool:
    few = list(itertools.islice(column.counts, 50))
    lettered = sum(any(map(str.isalpha, value)) and not any(map(str.isdigit, value)) for value in few)
    return len(few) >= LEAST_ROWS and lettered >= 0.9 * len(few) and 3 <= column.mean_length <= 40


def _loose(table: TableProfile, name: str) -> Cells:
    return loosen_all([cell or "" for cell in table.rows[name]])


def _join(first: Cells, second: Cells) -> Cells:
    return [one + other if one and other else "" for one, other in zip(first, second, strict=True)]


def _match(ones: Cells, others: Cells, source: TableProfile, target: TableProfile) -> Alignment:
    """Rows whose value occurs once on either side."""
    first, second = _once(ones), _once(others)
    shared = sorted(first.keys() & second.keys())
    rows = pick_rows_of(source.rows, [first[v] for v in shared]), pick_rows_of(target.rows, [second[v] for v in shared])
    return Alignment(*rows, len(shared))


def _once(cells: Cells) -> dict[str, int]:
    counts = Counter(cells)
    return {cell: row for row, cell in enumerate(cells) if cell and counts[cell] == 1}
