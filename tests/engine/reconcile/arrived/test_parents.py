"""Parents are found by the hashes of what the target calls them."""

import numpy as np
import pyarrow as pa

from implement.engine.backend import open_backend
from implement.engine.reconcile.arrived.book import write_book
from implement.engine.reconcile.arrived.parents import LAST, Called, KnownParents, know_parents


def _known(named: list[int]) -> KnownParents:
    hashes = np.array([*named, LAST], dtype=np.uint64)
    return KnownParents(
        write_book(hashes), hashes, np.arange(len(hashes)), pa.chunked_array([[*map(str, named), None]])
    )


def test_what_begins_alike_is_told_apart_and_the_unknown_has_no_id() -> None:
    known = _known([0, 3, 4, 1 << 62, (1 << 62) + 1, (1 << 64) - 2])
    asked = [4, 5, 0, (1 << 62) + 1, (1 << 64) - 2, 1 << 63, 3]
    named = known.name_all(np.array(asked, dtype=np.uint64)).to_pylist()
    assert named == ["4", None, "0", str((1 << 62) + 1), str((1 << 64) - 2), None, "3"]


def test_many_parents_are_found_as_a_search_finds_them() -> None:
    draw = np.random.default_rng(3)
    hashes = np.unique(draw.integers(0, LAST, 5_000, dtype=np.uint64))
    asked = draw.permutation(hashes)
    assert (_known(hashes.tolist()).called.find(asked) == np.searchsorted(hashes, asked)).all()


def test_of_parents_called_alike_the_first_is_known_and_a_blank_name_is_a_blank_parent() -> None:
    names, ids = pa.chunked_array([["a", "b", None, "c"]]), pa.chunked_array([["4", "5"], ["7", "9"]])
    pairs = np.array([0, 1, 0, 2, 3]), np.array([3, 0, 2, 1, 0])
    with open_backend() as backend:
        known = know_parents(Called(names, ids, *pairs), backend)
        called = known.name_all(known.called.hashes).to_pylist()
    assert called[-1] is None
    assert sorted(called[:-1]) == ["", "4", "4", "7"]


def test_a_book_is_not_whole_where_a_hash_is_there_twice() -> None:
    twice = np.array([1 << 63, 5, (1 << 63) + 1, 7, 1 << 63], dtype=np.uint64)
    assert not write_book(twice).is_whole
    assert write_book(twice[:-1]).find(twice).tolist() == [0, 1, 2, 3, 0]
