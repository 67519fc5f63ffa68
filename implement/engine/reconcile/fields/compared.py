"""Findings on the fields of linked records."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from implement.engine.backend import Backend
from implement.engine.coded import Flags, Numbers, code_cells, code_texts, number_by
from implement.engine.mapping.names import looks_like_id
from implement.engine.mapping.writings.at_once import loosen_all
from implement.engine.reconcile.arrived.rows import read_translated
from implement.engine.reconcile.cells.differences import Differences
from implement.engine.reconcile.cells.differing import are_fates, compare_all, compare_translated
from implement.engine.reconcile.cells.one_cell import EQUAL
from implement.engine.reconcile.cells.pairs import CODES
from implement.engine.reconcile.classes import (
    FIELDS_SWAPPED,
    MOJIBAKE,
    NUMBER_FORMAT,
    REFORMATTED,
    REKEYED,
    TRUNCATED,
    VALUE_CHANGED,
)
from implement.engine.reconcile.fates.outcome import TableOutcome
from implement.engine.reconcile.links.pairing import Leftovers
from implement.engine.reconcile.relations.references import Outcomes
from implement.engine.reconcile.relations.relating import name_lists, name_references

_OF_KEYS = (EQUAL, MOJIBAKE, NUMBER_FORMAT, TRUNCATED)
"""What is said of a key: other differences of a key are findings on the record.

Of a key of several parts each is a field like any other.
"""


class _Cells(NamedTuple):
    """Differing cells: where they stand, and numbers for what was written as it is read, and for both sides loosely."""

    rows: Numbers
    fields: Numbers
    places: Numbers
    read: Numbers
    written: Numbers
    found: Numbers

    def hold_what_is_of(self, others: "_Cells") -> Flags:
        """Which of them and of others, two by two, hold what was written in the other."""
        hold: Flags = (self.read != others.read) & (self.found == others.written) & (others.found == self.written)
        return hold


_NONE = np.zeros((len(_Cells._fields), 0), dtype=np.int64)


def name_fields(
    outcome: TableOutcome, leftovers: tuple[Leftovers, Leftovers], outcomes: Outcomes, backend: Backend
) -> None:
    """Add the findings on fields of linked rows."""
    between = *_between_linked(outcome), *_between_plain(outcome, *leftovers)
    differences = [_name(outcome, one) for one in between]
    _name_swaps(outcome, differences)
    _name_rekeyed(outcome, differences)
    for name, references in outcome.mapping.referring.items():
        if outcome.mapping.column(name) in outcome.mapping.compared:
            changed = [one for one in differences if one.field == name]
            name_references(outcome, references, changed, outcomes, backend)
    name_lists(outcome, differences, outcomes, backend)
    for one in differences:
        outcome.add_table(one.findings(outcome.mapping.source))


def _between_linked(outcome: TableOutcome) -> Iterator[Differences]:
    """The differing cells of the rows that were linked one by one."""
    fates, source, target = outcome.fates, outcome.fates.source, outcome.fates.target
    ones, others = (np.fromiter(places, dtype=np.int64) for places in (fates.linked.keys(), fates.linked.values()))
    numbers, ids = (np.array(source.numbers), np.array(target.numbers)), (pa.array(source.ids), pa.array(target.ids))
    for name in outcome.source.readers:
        translated = name in outcome.target.translated
        is_read = translated or not outcome.source.readers[name].is_same_text_same
        columns = (source.read, target.read) if is_read else (source.raw, target.raw)
        first, second = columns[0][name].take(ones), columns[1][name].take(others)
        differ = np.flatnonzero(pc.not_equal(first.to_arrow(), second.to_arrow()))
        one, other = ones[differ], others[differ]
        yield Differences(
            name,
            numbers[0][one],
            numbers[1][other],
            ids[0].take(pa.array(one)),
            ids[1].take(pa.array(other)),
            source.raw[name].take(one),
            target.raw[name].take(other),
            target.read[name].take(other) if translated else None,
            np.zeros(len(differ), dtype=np.int64),
        )


def _between_plain(outcome: TableOutcome, left: Leftovers, right: Leftovers) -> Iterator[Differences]:
    """The differing cells of the pairs that were found by numbers alone; the key is the same, or did not pair them."""
    plain, source, target = outcome.plain, outcome.source, outcome.target
    for name, same in plain.same.items():
        if (name,) == source.key_columns:
            continue
        differ = np.flatnonzero(~same)
        one, other = pa.array(plain.ones[differ]), pa.array(plain.others[differ])
        found = code_cells(right.cells.column(target.names[name]).take(other))
        parents = None
        if name in target.translated:
            named = right.cells.column(target.translated[name]).take(other).to_pylist()
            parents = code_texts(read_translated(source.readers[name], named, found))
        yield Differences(
            name,
            plain.source_rows[differ],
            plain.target_rows[differ],
            left.ids.take(one),
            right.ids.take(other),
            code_cells(left.cells.column(source.names[name]).take(one)),
            found,
            parents,
            np.zeros(len(differ), dtype=np.int64),
        )


def _name(outcome: TableOutcome, one: Differences) -> Differences:
    """Name what happened to each cell; what is no difference, or a key that merely changed, is left out."""
    reader = outcome.source.readers[one.field]
    if one.parents is not None:
        fates = compare_translated(one.written.used_alone().read(reader.read_sources), one.parents)
    else:
        fates = compare_all(reader, one.written, one.found)
    told = fates != CODES[EQUAL]
    if (one.field,) == outcome.source.key_columns:
        told &= are_fates(fates, _OF_KEYS)
    return replace(one, fates=fates).keep(np.flatnonzero(told))


def _name_rekeyed(outcome: TableOutcome, differences: Sequence[Differences]) -> None:
    """Where records were linked by content, another id of theirs is a matter of the whole record."""
    own = outcome.mapping.source_id
    if len(own) == 1 and own[0] not in outcome.source.key_columns and looks_like_id(own[0]):
        for one in differences:
            if one.field == own[0]:
                one.fates[are_fates(one.fates, [VALUE_CHANGED])] = CODES[REKEYED]


def _name_swaps(outcome: TableOutcome, differences: Sequence[Differences]) -> None:
    """Recognise values that stand in each other's field: both fields count as swapped."""
    cells, sizes = _mirrored(outcome, differences)
    ends = np.cumsum(sizes)
    twos = ends[sizes == 2]
    _name_swapped(cells[:, twos - 2], cells[:, twos - 1], differences)
    for end, size in zip(ends[sizes > 2].tolist(), sizes[sizes > 2].tolist(), strict=True):
        left = list(range(end - size, end))
        for one, other in itertools.combinations(range(end - size, end), 2):
            if one in left and other in left and _name_swapped(cells[:, [one]], cells[:, [other]], differences):
                left = [place for place in left if place not in (one, other)]


def _name_swapped(ones: Numbers, others: Numbers, differences: Sequence[Differences]) -> bool:
    """Name those cells swapped that hold what was written in the other; say whether any do."""
    swapped = _Cells(*ones).hold_what_is_of(_Cells(*others))
    for cells in (_Cells(*ones[:, swapped]), _Cells(*others[:, swapped])):
        for field in np.unique(cells.fields).tolist():
            differences[field].fates[cells.places[cells.fields == field]] = CODES[FIELDS_SWAPPED]
    return bool(swapped.any())


def _mirrored(outcome: TableOutcome, differences: Sequence[Differences]) -> tuple[Numbers, Numbers]:
    """Row by row the differing cells that hold the same two texts as another, whichever was written in which.

    With them how many of them hold the same two in one row.
    """
    cells = _of_several(outcome, differences)
    keys = np.array([cells[0], *np.sort(cells[-2:], axis=0)])
    order = np.lexsort((cells[1], *keys[::-1]))
    firsts = np.flatnonzero(np.any(np.diff(keys[:, order], prepend=-1) != 0, axis=0))
    sizes = np.diff(firsts, append=len(order))
    return cells[:, order[np.repeat(sizes > 1, sizes)]], sizes[sizes > 1]


def _of_several(outcome: TableOutcome, differences: Sequence[Differences]) -> Numbers:
    """The cells of rows of which several differ, one in each column."""
    rows = np.concatenate([_NONE[0], *(one.source_rows for one in differences)])
    _, which, times = np.unique(rows, return_inverse=True, return_counts=True)
    several = np.split(times[which] > 1, np.cumsum([len(one) for one in differences]))
    read, loose, found = {"": 0}, {"": 0}, [_NONE]
    for field, one in enumerate(differences):
        places = np.flatnonzero(several[field] & ~are_fates(one.fates, (REFORMATTED,)))
        reader = outcome.source.readers[one.field]
        some = one.keep(places)
        written = some.written.used_alone().read(reader.read_sources)
        sides = (number_by(cells.read(loosen_all), loose) for cells in (written, some.read_found(reader)))
        where = some.source_rows, np.full(len(places), field), places
        found.append(np.array([*where, number_by(written, read), *sides], dtype=np.int64))
    return np.concatenate(found, axis=1)
