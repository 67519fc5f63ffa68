"""Years of two digits: which century they are of is told by the other side, where it writes years whole.

`48` is 1948 among the days people were born and 2048 among those on which contracts end. The other side tells so
where most of its years stand within a hundred of each other; without it 70 and more are of the last century.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from implement.engine.mapping.plan import ColumnMapping
from implement.engine.mapping.writings.dates import USUAL_FIRST_YEAR, read_date

CENTURY = 100
LEAST_ROWS = 5
"""So many dates more must be the same than as years are usually read."""
_ANOTHER = USUAL_FIRST_YEAR + CENTURY
_WHOLE_YEAR = re.compile(r"\d{4}")
_WHOLE_LAYOUT = "9999"


def with_first_year(mapping: ColumnMapping, pairs: Sequence[tuple[str, str]]) -> ColumnMapping:
    """The column with the first of the hundred years that two digits stand for, if rows tell another than the usual."""
    written, found = mapping.source_writing, mapping.target_writing
    if first := _first_year(pairs, written.order, found.order):
        written = replace(written, first_year=first)
    if first := _first_year([(other, one) for one, other in pairs], found.order, written.order):
        found = replace(found, first_year=first)
    return replace(mapping, source_writing=written, target_writing=found)


def _first_year(pairs: Iterable[tuple[str, str]], order: str, order_there: str) -> int:
    """The first of the hundred years that most of the first dates are of; 0 where that is the usual one."""
    years: Counter[int] = Counter()
    for short, whole in (pair for pair in pairs if not _WHOLE_YEAR.search(pair[0])):
        day, other = read_date(short, order), read_date(whole, order_there)
        if day and other and day[2:10] == other[2:10] and is_short(short, order) and not is_short(whole, order_there):
            years[int(other[:4])] += 1
    told = {first: _of_century(years, first) for first in _firsts(years)}
    most = max(told.values(), default=0)
    if most < LEAST_ROWS + _of_century(years, USUAL_FIRST_YEAR):
        return 0
    return _middle([first for first, times in told.items() if times == most])


def is_short(cell: str, order: str) -> bool:
    """Say whether a date is written with two digits of its year: it is read as told."""
    return read_date(cell, order) != read_date(cell, order, _ANOTHER)


def are_short(layout: str) -> bool:
    """Say whether a column of dates with this usual layout writes two digits of a year."""
    return bool(layout) and _WHOLE_LAYOUT not in layout


def without_century(days: Iterable[str]) -> list[str]:
    """ISO days as far as two digits of the year tell them."""
    return [day[2:] for day in days]


def _firsts(years: Counter[int]) -> range:
    return range(min(years) - CENTURY + 1, max(years) + 1) if years else range(0)


def _of_century(years: Counter[int], first: int) -> int:
    return sum(times for year, times in years.items() if first <= year < first + CENTURY)


def _middle(firsts: Sequence[int]) -> int:
    """The year in the middle of the longest run: a year that no row shows is likely one beside those that some do."""
    runs: list[list[int]] = []
    for first in firsts:
        if runs and first == runs[-1][-1] + 1:
            runs[-1].append(first)
        else:
            runs.append([first])
    longest = max(runs, key=len)
    return longest[len(longest) // 2]
