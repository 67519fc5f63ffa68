"""Findings on the fields of linked records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.coded import number_alike
from implement.engine.mapping.plan import Reference
from implement.engine.reconcile.cells import EQUAL, CellReader, name_swaps
from implement.engine.reconcile.classes import (
    FIELDS_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    TORN_RELATION,
    TRUNCATED,
    VALUE_CHANGED,
    VALUE_FILLED,
    VALUE_LOST,
    WRONG_RELATION,
)
from implement.engine.reconcile.findings import Finding
from implement.engine.reconcile.outcome import TableOutcome
from implement.engine.reconcile.references import Outcomes, is_direct, known_names
from implement.engine.reconcile.rows import read_translated

_DAMAGED = frozenset({MOJIBAKE, NUMBER_FORMAT, REFORMATTED, TRUNCATED, FIELDS_SWAPPED})
_OF_KEYS = frozenset({MOJIBAKE, NUMBER_FORMAT, TRUNCATED})
"""What is said of a key: other differences of a key are findings on the record."""


@dataclass
class Differences:
    """The cells of one field that differ on linked rows, as written and found, list by list."""

    field: str
    source_rows: list[int]
    target_rows: list[int]
    source_ids: list[str]
    target_ids: list[str]
    written: list[str]
    found: list[str]
    parents: list[str]
    """Where the field is looked up, what was found as the source calls it."""
    fates: list[str]

    def __len__(self) -> int:
        return len(self.fates)

    def keep(self, places: Sequence[int]) -> None:
        """Leave out all but some."""
        for name in _LISTS:
            cells = getattr(self, name)
            setattr(self, name, [cells[place] for place in places] if cells else cells)

    def read_target(self, place: int, reader: CellReader) -> str:
        """What was found, in canonical form."""
        return self.parents[place] if self.parents else reader.read_target(self.found[place])

    def findings(self, table: str) -> Iterator[Finding]:
        """What is to be told of the field."""
        columns = (self.source_ids, self.target_ids, self.fates, self.written, self.found)
        for place, (one, other, fate, written, found) in enumerate(zip(*columns, strict=True)):
            rows = self.source_rows[place], self.target_rows[place]
            if fate != EQUAL:
                yield Finding(table, one, other, fate, self.field, written, found, "", *rows)


_LISTS = [one.name for one in fields(Differences) if one.name != "field"]


def name_fields(outcome: TableOutcome, outcomes: Outcomes, backend: Backend) -> None:
    """Add the findings on fields of linked rows."""
    differences = [*_between_linked(outcome), *_between_plain(outcome)]
    for one in differences:
        _name(outcome, one)
    _name_swaps(outcome, differences)
    for reference in outcome.mapping.references:
        if outcome.mapping.column(reference.column) in outcome.mapping.compared:
            changed = [one for one in differences if one.field == reference.column]
            _name_references(outcome, reference, changed, outcomes, backend)
    for one in differences:
        outcome.findings += one.findings(outcome.mapping.source)


def _between_linked(outcome: TableOutcome) -> Iterator[Differences]:
    """The differing cells of the rows that were linked one by one."""
    fates, source, target = outcome.fates, outcome.fates.source, outcome.fates.target
    ones, others = (np.fromiter(places, dtype=np.int64) for places in (fates.linked.keys(), fates.linked.values()))
    for name in outcome.source.readers:
        translated = name in outcome.target.translated
        columns = (source.read, target.read) if translated else (source.raw, target.raw)
        first, second, _ = number_alike(columns[0][name].take(ones), columns[1][name].take(others))
        differ = np.flatnonzero(first != second)
        one, other = ones[differ].tolist(), others[differ].tolist()
        yield Differences(
            name,
            [source.numbers[place] for place in one],
            [target.numbers[place] for place in other],
            [source.ids[place] for place in one],
            [target.ids[place] for place in other],
            list(source.raw[name].take(one)),
            list(target.raw[name].take(other)),
            list(target.read[name].take(other)) if translated else [],
            [EQUAL] * len(one),
        )


def _between_plain(outcome: TableOutcome) -> Iterator[Differences]:
    """The differing cells of the pairs that were found by numbers alone; the key is the same, or did not pair them."""
    plain, source, target = outcome.plain, outcome.source, outcome.target
    for name in plain.source.same:
        if name in source.key_columns:
            continue
        differ = np.flatnonzero(~plain.are_same(name))
        ones, others = plain.ones[differ], plain.others[differ]
        written = plain.source.cells.column(source.names[name]).take(ones).fill_null("").to_pylist()
        found = plain.target.cells.column(target.names[name]).take(others).fill_null("").to_pylist()
        parents = []
        if name in target.translated:
            named = plain.target.cells.column(target.translated[name]).take(others).to_pylist()
            parents = read_translated(source.readers[name], named, found)
        yield Differences(
            name,
            plain.source.numbers[ones].tolist(),
            plain.target.numbers[others].tolist(),
            plain.source.ids.take(pa.array(ones)).to_pylist(),
            plain.target.ids.take(pa.array(others)).to_pylist(),
            written,
            found,
            parents,
            [EQUAL] * len(differ),
        )


def _name(outcome: TableOutcome, one: Differences) -> None:
    """Name what happened to each cell; what is no difference, or a key that merely changed, is left out."""
    reader = outcome.source.readers[one.field]
    if one.field in outcome.target.translated:
        one.fates = [
            _compare_translated(written, parent)
            for written, parent in zip(reader.read_sources(one.written), one.parents, strict=True)
        ]
    else:
        one.fates = [reader.compare(a or None, b or None) for a, b in zip(one.written, one.found, strict=True)]
    told = _OF_KEYS if one.field in outcome.source.key_columns else None
    one.keep([place for place, fate in enumerate(one.fates) if fate != EQUAL and (told is None or fate in told)])


def _name_swaps(outcome: TableOutcome, differences: Sequence[Differences]) -> None:
    """Recognise values that stand in each other's field, on rows of which several cells differ."""
    every = np.concatenate([np.zeros(0, dtype=np.int64), *(np.array(one.source_rows, np.int64) for one in differences)])
    numbers, times = np.unique(every, return_counts=True)
    several = set(numbers[times > 1].tolist())
    by_row: dict[int, list[tuple[Differences, int]]] = defaultdict(list)
    for one in differences:
        for place, number in enumerate(one.source_rows):
            if number in several:
                by_row[number].append((one, place))
    for cells in by_row.values():
        _name_swapped(outcome, cells)


def _name_swapped(outcome: TableOutcome, cells: Sequence[tuple[Differences, int]]) -> None:
    readers = outcome.source.readers
    named = name_swaps(
        [(one.field, one.fates[place]) for one, place in cells],
        {one.field: readers[one.field].read_source(one.written[place]) for one, place in cells},
        {one.field: one.read_target(place, readers[one.field]) for one, place in cells},
    )
    for (one, place), (_, fate) in zip(cells, named, strict=True):
        one.fates[place] = fate


def _compare_translated(one: str, other: str) -> str:
    if one == other:
        return EQUAL
    return VALUE_FILLED if not one else VALUE_LOST if not other else VALUE_CHANGED


def _name_references(
    outcome: TableOutcome,
    reference: Reference,
    differences: Sequence[Differences],
    outcomes: Outcomes,
    backend: Backend,
) -> None:
    """Turn differences in a reference into torn and wrong relations."""
    changed = [
        (one, place)
        for one in differences
        for place, fate in enumerate(one.fates)
        if fate not in _DAMAGED and fate != VALUE_FILLED
    ]
    if not changed:
        return
    existing = _existing(reference, [one.found[place] for one, place in changed], outcome, outcomes, backend)
    gone = outcomes[reference.parent].gone if reference.parent in outcomes else {}
    reader = outcome.source.readers[reference.column]
    for one, place in changed:
        read = one.read_target(place, reader)
        one.fates[place] = _relation_fate(one.written[place], one.found[place], read, existing, gone)


def _relation_fate(written: str, found: str, read: str, existing: set[str], gone: Mapping[str, str]) -> str:
    if not found:
        return TORN_RELATION
    if gone.get(written) == read != "":
        return EQUAL
    return WRONG_RELATION if found in existing else TORN_RELATION


def _existing(
    reference: Reference, names: Sequence[str], outcome: TableOutcome, outcomes: Outcomes, backend: Backend
) -> set[str]:
    """Which of the names the target uses do name a parent there."""
    parent = outcomes.get(reference.parent)
    if parent is None and reference.parent == outcome.mapping.source:
        parent = outcome
    if parent is None or reference.target_parent_column is None:
        return set(names)
    assert is_direct(reference, parent.mapping) or reference.target_parent_column
    return known_names(names, parent.target.table.relation, reference.target_parent_column, backend)
