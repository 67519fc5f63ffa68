"""Dates are turned as bytes exactly as the table engine would turn them."""

import ibis
import pyarrow as pa
import pytest

from implement.engine.backend import Backend, open_backend
from implement.engine.intake import SourceTable
from implement.engine.mapping.plan import DATE, ColumnMapping, TableMapping, Writing
from implement.engine.reconcile.arrived.expressions import canonical_target
from implement.engine.reconcile.arrived.rows import target_side
from implement.engine.reconcile.arrived.turning import find_turned, turn_dates, with_iso

DAYS = ["13.07.2020", "13/07/2020", "2020-07-13", "7.1.2020", "", None, "13.07,2020", "a3.b7.c020"]
TIMES = ["13.07.2020 00:00:00", "13.07.2020 10:20:30", "13/07/2020 10:20:30", "13.07.2020T10:20:30", "13.07.2020 10:20"]


def _read(rows: pa.Table, column: ColumnMapping, backend: Backend) -> list[str]:
    given = ibis.memtable(rows)
    cells: list[str] = backend.connection.to_pyarrow(given.select(cell=canonical_target(given, column)))[
        "cell"
    ].to_pylist()
    return cells


@pytest.mark.parametrize("layout", ["99.99.9999", "99/99/9999", "99.99.9999 99:99:99"])
@pytest.mark.parametrize("order", ["DMY", "MDY"])
@pytest.mark.parametrize("more", [[], ["ж3.07.2020"]])
def test_turned_dates_are_read_as_the_table_engine_reads_them(layout: str, order: str, more: list[str]) -> None:
    column = ColumnMapping("since", "from", DATE, Writing(), Writing(order=order, layout=layout), True)
    table = TableMapping("old", "new", columns=(column,))
    rows = pa.table({"_row": range(13 + len(more)), "from": [*DAYS, *TIMES, *more]}).slice(1)
    with open_backend() as backend:
        there = SourceTable("new", "new.csv", None, ("from",), rows.num_rows, ibis.memtable(rows), "csv")
        turned = find_turned(table, target_side(table, there, {}))
        assert list(turned) == ["from"]
        found = turn_dates(rows, turned)
        assert (found["from"].to_pylist() != rows["from"].to_pylist()) is not bool(more)
        assert _read(found, with_iso(table, turned).columns[0], backend) == _read(rows, column, backend)
