"""Rows that arrived as they were are found by their hashes, in memory as on other machines."""

import numpy as np
import pyarrow as pa
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import ROW
from implement.engine.mapping.plan import DATE, LISTED, ColumnMapping, Writing
from implement.engine.reconcile.arrived.equal import EqualRows, _compare_here, _compare_there, _sieve
from implement.engine.reconcile.arrived.expressions import stands_as_it_is
from implement.engine.reconcile.arrived.settled import hashed_rows, span


def _compare(source: list[int], target: list[int], here: bool, backend: Backend) -> EqualRows:
    sides = [(np.arange(1, 1 + len(side)), np.array(side, dtype=np.uint64)) for side in (source, target)]
    if here:
        return _compare_here(*(hashed_rows([span(rows)], hashes) for rows, hashes in sides), backend)
    kept = [backend.keep_rows(pa.table({ROW: rows, "hash": hashes})) for rows, hashes in sides]
    return _compare_there(*kept, backend)


def _told(found: EqualRows, backend: Backend) -> tuple[object, ...]:
    pairs, left, others = (
        sorted(tuple(row.values()) for row in backend.connection.to_pyarrow(table).to_pylist())
        for table in (found.settled.pairs(), found.left_source, found.left_target)
    )
    return pairs, left, others, found.arrived, found.unequal


@pytest.mark.parametrize("here", [False, True])
def test_rows_are_paired_where_a_hash_occurs_equally_often(here: bool) -> None:
    with open_backend() as backend:
        found = _told(_compare([5, 7, 5, 9, 4, 4], [4, 5, 8, 5, 4, 4], here, backend), backend)
    assert found == ([(1, 2), (3, 4)], [(2,), (4,), (5,), (6,)], [(1,), (3,), (5,), (6,)], 2, 4)


def test_memory_finds_what_the_table_engine_finds() -> None:
    draw = np.random.default_rng(7)
    source, target = ([int(n) for n in draw.integers(0, 2**64 - 1, 60, dtype=np.uint64)] for _ in range(2))
    sides = source * 2 + source[:9], target[:20] + source[5:] + source
    with open_backend() as backend:
        told = [_told(_compare(*sides, here, backend), backend) for here in (False, True)]
    assert told[0] == told[1]
    assert told[0][3] == 102


def test_an_empty_side_leaves_all_rows_of_the_other() -> None:
    with open_backend() as backend:
        found = _told(_compare([], [3, 3], True, backend), backend)
    assert found == ([], [], [(1,), (2,)], 0, 1)


@pytest.mark.parametrize("here", [False, True])
def test_some_rows_are_asked_for_their_counterparts(here: bool) -> None:
    with open_backend() as backend:
        found = _compare([5, 7, 5, 9, 4, 4], [4, 5, 8, 5, 9, 4], here, backend)
        pairs = backend.connection.to_pyarrow(found.settled.pairs_of(np.array([2, 3, 4, 6])))
    assert sorted(tuple(pair.values()) for pair in pairs.to_pylist()) == [(3, 4), (4, 5), (6, 6)]


def test_rows_whose_numbers_leave_gaps_keep_them_in_whatever_order_they_come() -> None:
    rows = hashed_rows([span(np.array([9, 3, 5]))], np.array([7, 8, 7], dtype=np.uint64))
    assert rows.in_order().tolist() == [5, 9, 3]


@pytest.mark.parametrize(("parts", "found"), [([[4, 5], [], [6]], None), ([[4, 5], [7]], [4, 5, 7])])
def test_numbers_are_kept_only_of_rows_that_do_not_follow_one_another(
    parts: list[list[int]], found: list[int] | None
) -> None:
    rows = hashed_rows([span(np.array(part, dtype=np.int64)) for part in parts], np.arange(3, dtype=np.uint64))
    assert rows.first == 4
    assert (rows.listed is None) if found is None else (rows.listed is not None and rows.listed.tolist() == found)


def test_a_hash_of_nothing_is_counted_too() -> None:
    """Nought times anything is nought: were hashes summed up as they are, it would be equal however often it is."""
    one, other = (np.zeros(times, dtype=np.uint64) for times in (3, 2))
    assert _sieve(one, other)[0].all()
    assert not _sieve(one, one)[0].any()


@pytest.mark.parametrize(
    ("column", "stands"),
    [
        (ColumnMapping("name", "label"), True),
        (ColumnMapping("day", "date", DATE), True),
        (ColumnMapping("day", "date", DATE, rewritten=True), False),
        (ColumnMapping("firms", "firms", LISTED), False),
        (ColumnMapping("phones", "phones", source_writing=Writing(entry="value")), False),
        (ColumnMapping("stage", "phase", values=(("Won", "gewonnen"),)), False),
    ],
)
def test_cells_are_hashed_as_they_stand_where_neither_side_is_read(column: ColumnMapping, stands: bool) -> None:
    assert stands_as_it_is(column) is stands
