"""What speaks for a pair of columns: their names, their values, and what they hold on matched rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from implement.engine.mapping.columns.overlap import value_similarity
from implement.engine.mapping.columns.several_choices import choices_agreement, hold_choices
from implement.engine.mapping.columns.ticks import tick_agreement
from implement.engine.mapping.looking.alignment import (
    LONGEST_COMPARED,
    Alignment,
    agreement,
    normal_cells,
    normalised,
    replaced,
)
from implement.engine.mapping.looking.profile import Cells, ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import column_similarity
from implement.engine.mapping.plan import DATE, NUMBER, TEXT, Writing
from implement.engine.mapping.writings.at_once import canonical_all
from implement.engine.mapping.writings.centuries import are_short, without_century
from implement.engine.mapping.writings.counted import counted_order, read_counted_days
from implement.engine.mapping.writings.cuts import same_beginnings
from implement.engine.mapping.writings.dates import read_date
from implement.engine.mapping.writings.prefixes import LONGEST_PREFIX, same_after_mark, same_tails
from implement.engine.mapping.writings.scales import same_scale
from implement.engine.mapping.writings.words import same_words
from implement.engine.mapping.writings.zones import is_moment, move, zone_of_days, zone_of_instants

GLIMPSE = 50
REPLACED_ROWS = 3
SHORTEST_WITH_PREFIX = 6
SETTLED = 0.95
"""Columns that agree so well on matched rows are not compared with others in roundabout ways."""
DOUBTFUL = 0.5
FEW_LENGTHS = 3
"""Ids that are as long as each other are of so few lengths, damaged ones too."""
Scores = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Evidence:
    """What speaks for a pair of columns, each from 0 to 1; `rows` is None where no rows could be matched."""

    name: float
    values: float
    rows: float | None

    @property
    def same(self) -> float:
        """How much of one column the other holds: on matched rows where there are any, else anywhere."""
        return self.values if self.rows is None else self.rows

    @property
    def score(self) -> float:
        """All evidence in one figure; the same name is believed unless the rows clearly say otherwise."""
        if self.rows is None:
            seen = max(0.5 * self.name + 0.5 * self.values, 0.85 * self.values * (self.values > 0.6))
        else:
            seen = max(0.75 * self.rows + 0.15 * self.name + 0.1 * self.values, 0.3 * self.name + 0.2 * self.values)
        return max(seen, 0.9 + 0.1 * seen if self.name == 1.0 else 0.0)


def weigh_columns(
    source: TableProfile, target: TableProfile, matched: Alignment | None
) -> dict[tuple[str, str], Evidence]:
    """Collect the evidence for every pair of columns of two tables."""
    rows = weigh_rows(source, target, matched) if matched and matched.size >= 5 else {}
    return {
        (one.name, other.name): Evidence(
            column_similarity(one.name, source.table.name, other.name, target.table.name),
            value_similarity(one, other),
            rows.get((one.name, other.name)),
        )
        for one in source.columns.values()
        for other in target.columns.values()
    }


def weigh_rows(source: TableProfile, target: TableProfile, matched: Alignment) -> Scores:
    """How well each pair of columns agrees on matched rows."""
    return _Rows(source, target, matched).weigh()


class _Rows:
    """Matched rows, read once, and how well each pair of columns agrees on them."""

    def __init__(self, source: TableProfile, target: TableProfile, matched: Alignment) -> None:
        self._matched = matched
        self._ones = {name: column for name, column in source.columns.items() if column.counts}
        self._others = {name: column for name, column in target.columns.items() if column.counts}
        self._written = {name: normalised(matched.source[name], column) for name, column in self._ones.items()}
        self._found = {name: normalised(matched.target[name], column) for name, column in self._others.items()}
        self._dates = {name: _as_dates(matched.target[name], column) for name, column in self._others.items()}
        self._read: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
        self._repeating = {name for name in self._ones if _repeats(matched.source[name])}
        self._repeating_there = {name for name in self._others if _repeats(matched.target[name])}

    def weigh(self) -> Scores:
        """How well each pair agrees: as it stands, and where that settles neither, read in other ways too."""
        agreed = {pair: self._agreement(*pair) for pair in self._pairs()}
        settled = [{pair[side] for pair, share in agreed.items() if share > SETTLED} for side in (0, 1)]
        return {
            pair: share if pair[0] in settled[0] or pair[1] in settled[1] else self._in_other_ways(*pair, share)
            for pair, share in agreed.items()
        }

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return ((one, other) for one in self._ones for other in self._others)

    def _agreement(self, one: str, other: str) -> float:
        columns = self._ones[one], self._others[other]
        return agreement(self._matched, *columns, self._written[one], self._found[other])

    def _in_other_ways(self, one: str, other: str, agreed: float) -> float:
        if agreed > 0.8:
            return agreed
        if DATE in (self._ones[one].kind, self._others[other].kind):
            agreed = max(agreed, self._as_days(one, other))
        if one in self._repeating and other in self._repeating_there:
            agreed = max(agreed, 0.95 * replaced(self._written[one], self._found[other], 400))
        if one in self._choices[0] and other in self._choices[1]:
            agreed = max(agreed, 0.95 * self._chosen(one, other))
        agreed = max(agreed, 0.95 * self._ticked(one, other))
        return max(agreed, 0.9 * self._rewritten(one, other)) if agreed < DOUBTFUL else agreed

    def _as_days(self, one: str, other: str) -> float:
        first, second, written, found = self._ones[one], self._others[other], self._written[one], self._found[other]
        shares = [agreement(self._matched, first, second, written, read) for read in self._dates[other]]
        if first.kind == NUMBER and (order := counted_order(*first.middle)):
            days = read_counted_days(self._matched.source[one], order)
            shares.append(agreement(self._matched, first, second, days, found))
        if second.kind == NUMBER and (order := counted_order(*second.middle)):
            days = read_counted_days(self._matched.target[other], order)
            shares.append(agreement(self._matched, first, second, written, days))
        if first.kind == second.kind == DATE and are_short(first.writing.layout) != are_short(second.writing.layout):
            shares.append(agreement(self._matched, first, second, without_century(written), without_century(found)))
        if first.kind == second.kind == DATE and ":" in first.writing.layout + second.writing.layout:
            shares += [self._as_beginnings(one, other, timed) for timed in (0, 1)]
        return max(shares, default=0.0)

    def _as_beginnings(self, one: str, other: str, timed: int) -> float:
        """How well days agree with instants in UTC on one of the sides, each on or beginning its day in one zone."""
        first, second = self._ones[one], self._others[other]
        read = [self._moments(self._matched.source, first), self._moments(self._matched.target, second)]
        pairs = [pair for pair in zip(read[1 - timed], read[timed], strict=True) if all(pair)]
        if zone := zone_of_days(pairs):
            read[timed] = [move(moment, zone) if moment else "" for moment in read[timed]]
        elif zone := zone_of_instants([(moment, day) for day, moment in pairs]):
            read[timed] = [move(moment, zone)[:10] if moment else "" for moment in read[timed]]
        else:
            return 0.0
        return agreement(self._matched, first, second, *read)

    def _moments(self, side: dict[str, Cells], column: ColumnProfile) -> list[str]:
        known = self._read[side is self._matched.source]
        if column.name not in known:
            known[column.name] = _as_moments(side[column.name], column)
        return known[column.name]

    @cached_property
    def _choices(self) -> tuple[set[str], set[str]]:
        """The columns of either side whose cells hold several of a few choices."""
        sides = (self._ones, self._matched.source), (self._others, self._matched.target)
        one, other = ({name for name in names if hold_choices(cells[name])} for names, cells in sides)
        return one, other

    def _chosen(self, one: str, other: str) -> float:
        if TEXT not in (self._ones[one].kind, self._others[other].kind):
            return 0.0
        return choices_agreement(_not_empty(self._matched.source[one], self._matched.target[other]))

    def _ticked(self, one: str, other: str) -> float:
        return tick_agreement(self._ones[one], self._others[other], self._written[one], self._found[other])

    def _rewritten(self, one: str, other: str) -> float:
        """How often cells differ only by what stands before them, by the order of words, or by a power of ten."""
        first, second = self._ones[one], self._others[other]
        if DATE in (first.kind, second.kind) or min(first.unique, second.unique) < 0.2:
            return 0.0
        if first.kind == second.kind == NUMBER and (share := same_scale(self._written[one], self._found[other])):
            return share
        raw = self._matched.source[one], self._matched.target[other]
        if max(len(first.lengths), len(second.lengths)) <= FEW_LENGTHS and (share := same_beginnings(_not_empty(*raw))):
            return share
        ends = self._to_their_ends(one, other)
        marked = same_after_mark(*ends)
        if min(first.mean_length, second.mean_length) < SHORTEST_WITH_PREFIX:
            return marked
        return max(marked, same_tails(*ends), same_words(*raw))

    def _to_their_ends(self, one: str, other: str) -> tuple[list[str], list[str]]:
        """The cells of both columns; where both are of single long words, such as addresses of pages, to their ends."""
        columns = self._ones[one], self._others[other]
        if min(column.mean_length for column in columns) <= LONGEST_COMPARED - LONGEST_PREFIX:
            return self._written[one], self._found[other]
        raw = self._matched.source[one], self._matched.target[other]
        if not all(map(_are_single_words, raw)):
            return self._written[one], self._found[other]
        return normal_cells(raw[0], columns[0]), normal_cells(raw[1], columns[1])


def _not_empty(ones: Cells, others: Cells) -> list[tuple[str, str]]:
    """Pairs of cells in which both sides wrote something, be it a word that says that there is nothing."""
    return [(one, other) for one, other in zip(ones, others, strict=True) if one and other]


def _repeats(cells: Cells) -> bool:
    """Say whether whole cells, of which long ones may begin alike, occur so often that a replacement shows."""
    times = Counter(filter(None, cells))
    return max(times.values(), default=0) >= REPLACED_ROWS <= times.total() / len(times)


def _are_single_words(cells: Cells) -> bool:
    few = list(islice(filter(None, cells), GLIMPSE))
    return 2 * sum(" " in cell.strip() for cell in few) < len(few)


def _as_moments(cells: Cells, column: ColumnProfile) -> list[str]:
    """The cells of a column of dates as ISO moments, blank where a cell is none."""
    read = canonical_all([cell or "" for cell in cells], DATE, column.writing)
    return [moment if is_moment(moment) else "" for moment in read]


def _as_dates(cells: Cells, column: ColumnProfile) -> list[list[str]]:
    """The cells of a column read as dates in either order, if some of them may be dates."""
    orders = [Writing(order=order) for order in ("DMY", "MDY")]
    few = list(islice(filter(None, cells), GLIMPSE))
    if not any(read_date(cell, writing.order) for cell in few for writing in orders):
        return []
    return [normalised(cells, replace(column, kind=DATE, writing=writing)) for writing in orders]
