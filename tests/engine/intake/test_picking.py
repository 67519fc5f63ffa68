"""Rows picked by their numbers are those the table engine would find."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import ROW, SourceTable, fetch_rows, fetch_rows_with, find_values, map_rows, read_tables

ROWS = 40_000


@pytest.fixture(scope="module")
def backend() -> Iterator[Backend]:
    with open_backend() as opened:
        yield opened


@pytest.fixture(scope="module")
def deals(backend: Backend, tmp_path_factory: pytest.TempPathFactory) -> SourceTable:
    """Deals in several blocks, one of them an empty record."""
    path: Path = tmp_path_factory.mktemp("deals") / "deals.csv"
    lines = [f"D{place},{'long title ' * 4}{place},{place % 7 or ''}" for place in range(ROWS)]
    path.write_text("\n".join(["id,title,stage", *lines[:500], ",,", *lines[500:]]), encoding="utf-8")
    return read_tables(path, backend).tables[0]


def _numbers(wanted: list[int]) -> ir.Table:
    return ibis.memtable({ROW: wanted}, schema={ROW: "int64"})


def _picked(deals: SourceTable, wanted: list[int], backend: Backend) -> list[tuple[object, ...]]:
    picked = fetch_rows(deals.relation, np.array(wanted, dtype=np.int64), ["stage", "id"], backend)
    return [tuple(row.values()) for row in picked.to_pylist()]


def test_rows_are_picked_from_all_blocks_of_a_staged_file(deals: SourceTable, backend: Backend) -> None:
    assert backend.staged_at(deals.relation) is not None
    found = _picked(deals, [40_001, 2, 500, 2, 501, 502, 9_999_999], backend)
    assert found == [(2, "1", "D1"), (500, "2", "D499"), (502, "3", "D500"), (40_001, "1", f"D{ROWS - 1}")]
    assert _picked(deals, [], backend) == []


def test_rows_of_a_table_that_is_not_staged_are_picked_alike(deals: SourceTable, backend: Backend) -> None:
    elsewhere = backend.keep(deals.relation)
    picked = fetch_rows(elsewhere, np.array([30_000, 7]), ["id"], backend)
    assert picked.column("id").to_pylist() == ["D6", "D29998"]


def test_values_are_found_wherever_they_stand(deals: SourceTable, backend: Backend) -> None:
    asked = pa.array(["D1", f"D{ROWS - 1}", "D 1", "d2", "long title"])
    for relation in (deals.relation, backend.keep(deals.relation)):
        assert sorted(find_values(asked, relation, "id", backend).to_pylist()) == ["D1", f"D{ROWS - 1}"]
        assert find_values(asked.slice(2), relation, "id", backend).to_pylist() == []
        assert find_values(pa.array(["3", "7"]), relation, "stage", backend).to_pylist() == ["3"]


def test_tables_staged_as_one_keep_the_order_of_their_rows(deals: SourceTable, backend: Backend) -> None:
    further = [deals.relation.mutate(**{ROW: deals.relation[ROW] + place * ROWS * 2}) for place in range(1, 4)]
    staged = backend.keep_staged(ibis.union(deals.relation, *further))
    rows = np.concatenate([batch.column(ROW).to_numpy() for batch in backend.read(staged)])
    assert len(rows) == 4 * ROWS
    assert (np.diff(rows) > 0).all()
    found = fetch_rows(staged, np.array([7 * ROWS, 3 * ROWS, 7]), ["id"], backend)
    assert found.column(ROW).to_pylist() == [7, 3 * ROWS, 7 * ROWS]


def test_rows_are_mapped_in_the_order_of_the_file_across_a_gap(deals: SourceTable, backend: Backend) -> None:
    mapped = map_rows(deals.relation, _numbers([40_001, 500, 502, 1, 500]), ["id"], backend)
    assert mapped is not None
    assert mapped.column("id").to_pylist() == ["D0", "D499", "D500", f"D{ROWS - 1}"]


def test_rows_of_a_table_that_is_not_staged_are_left_to_the_table_engine(deals: SourceTable, backend: Backend) -> None:
    assert map_rows(backend.keep(deals.relation), _numbers([1]), ["id"], backend) is None


def test_rows_are_found_by_what_any_of_several_columns_holds(deals: SourceTable, backend: Backend) -> None:
    wanted = {"id": pa.array(["D0", f"D{ROWS - 1}", "none"]), "title": pa.array(["long title " * 4 + "500"])}
    found = fetch_rows_with(deals.relation, wanted, [ROW, "id"], backend)
    assert found is not None
    assert found.select([ROW, "id"]).to_pydict() == {ROW: [1, 502, ROWS + 1], "id": ["D0", "D500", f"D{ROWS - 1}"]}
    assert fetch_rows_with(backend.keep(deals.relation), wanted, ["id"], backend) is None
