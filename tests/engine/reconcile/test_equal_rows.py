"""Rows that arrived as they were are found by their hashes, share by share."""

import numpy as np
import pyarrow as pa
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import ROW
from implement.engine.reconcile.equal import EqualRows, _compare_here, _compare_there


def _compare(source: list[int], target: list[int], shares: int, backend: Backend) -> EqualRows:
    sides = [(np.arange(1, 1 + len(side)), np.array(side, dtype=np.uint64)) for side in (source, target)]
    if shares:
        return _compare_here(*sides, shares, backend)
    kept = [backend.keep_rows(pa.table({ROW: rows, "hash": hashes})) for rows, hashes in sides]
    return _compare_there(*kept, backend)


def _told(found: EqualRows, backend: Backend) -> tuple[object, ...]:
    pairs, left, others = (
        sorted(tuple(row.values()) for row in backend.connection.to_pyarrow(table).to_pylist())
        for table in (found.settled, found.left_source, found.left_target)
    )
    return pairs, left, others, found.arrived, found.unequal


@pytest.mark.parametrize("shares", [0, 1, 3])
def test_rows_are_paired_where_a_hash_occurs_equally_often(shares: int) -> None:
    with open_backend() as backend:
        found = _told(_compare([5, 7, 5, 9, 4, 4], [4, 5, 8, 5, 4, 4], shares, backend), backend)
    assert found == ([(1, 2), (3, 4)], [(2,), (4,), (5,), (6,)], [(1,), (3,), (5,), (6,)], 2, 4)


def test_shares_find_what_the_table_engine_finds() -> None:
    draw = np.random.default_rng(7)
    source, target = ([int(n) for n in draw.integers(0, 2**64 - 1, 60, dtype=np.uint64)] for _ in range(2))
    sides = source * 2 + source[:9], target[:20] + source[5:] + source
    with open_backend() as backend:
        told = [_told(_compare(*sides, shares, backend), backend) for shares in (0, 1, 4)]
    assert told[0] == told[1] == told[2]
    assert told[0][3] == 102


def test_an_empty_side_leaves_all_rows_of_the_other() -> None:
    with open_backend() as backend:
        found = _told(_compare([], [3, 3], 1, backend), backend)
    assert found == ([], [], [(1,), (2,)], 0, 1)
