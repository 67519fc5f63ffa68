"""Spark reads cells as DuckDB does, tells rows apart, keeps what it has worked out, and says what it needs."""

from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import ibis
import pyarrow as pa
import pytest

from implement.engine.backend import ENGINES, EngineMissing, hash_cells, open_backend
from implement.engine.mapping.plan import DATE, LISTED, LOOSE, NUMBER, TEXT, ColumnMapping, Writing
from implement.engine.reconcile.arrived.expressions import canonical_source

pytestmark = pytest.mark.usefixtures("spark")

CELLS = [
    None, "", " ", "0", "-0", "007", "1.0", "1,5", "1.234,56", "1,234.56", "1e3", "1E+10", "1d", "1f", "0x1p3", "inf",
    "NaN", " 12 ", "12\n", "1_000", "+5", ".5", "5.", "1 000", "2024-01-05", "5.1.2024", "1/5/2024",
    "2024-01-05 00:00:00", "2024-01-05T10:20", "31.12.99", "1850-02-30", "2024-1-5\n", "12.05.2024 10:30", "99/99/9999",
    "ΛΟΓΟΣ", "λογος", "ΣΑΣ Σ", "İstanbul", "ıI", "ẞ straße", "ŁÓDŹ", "e\u0301", "ﬁ", "👍🏽 ok", "a\u200bb", "O'Brien",
    "a\\b", "$1", "日本語", "ᾼ", "000-12",
    "A7;A1", " A7 | A1|", '["A7", "Ł1","A7"]', "['A1', 'A7']", ";", "[]", "A1,,Z\nB2 3",
]  # fmt: skip
WRITINGS = {
    "text": (TEXT, Writing()), "loose": (LOOSE, Writing()), "comma": (NUMBER, Writing(comma=True)),
    "point": (NUMBER, Writing()), "dmy": (DATE, Writing(order="DMY")), "mdy": (DATE, Writing(order="MDY YMD-")),
    "ymd": (DATE, Writing(order="YMD")), "listed": (LISTED, Writing()),
}  # fmt: skip


def _read_cells(engine: str) -> pa.Table:
    columns = [
        ColumnMapping("cell", name, kind, writing, writing, rewritten=True, values=(("O'Brien", "x\\y"),))
        for name, (kind, writing) in WRITINGS.items()
    ]
    cells = pa.table({"row": range(len(CELLS)), "cell": pa.array(CELLS, pa.string())})
    with open_backend(engine) as backend:
        table = backend.adopt(backend.embedded.connection.create_table("cells", cells))
        read = table.select("row", **{str(one.target): canonical_source(table, one) for one in columns})
        return backend.connection.to_pyarrow(read.order_by("row"))


def _like(cells: pa.ChunkedArray) -> list[int]:
    """Each cell by the first that equals it: engines write numbers differently, but hold the same ones for equal."""
    found: list[str] = cells.to_pylist()
    return [found.index(cell) for cell in found]


def test_cells_are_read_alike() -> None:
    one, other = (_read_cells(engine) for engine in ENGINES)
    for name, (kind, _) in WRITINGS.items():
        if kind == NUMBER:
            assert _like(one[name]) == _like(other[name])
        else:
            assert one[name].to_pylist() == other[name].to_pylist()


def test_a_row_that_differs_has_another_hash() -> None:
    with open_backend("spark") as backend:
        rows = ibis.range(300_000).unnest().name("n").as_table()
        hashed = rows.select(hash=hash_cells([ibis._.n.cast("string")], backend))
        assert backend.connection.to_pyarrow(hashed.distinct().count()).as_py() == 300_000


def test_what_is_kept_is_worked_out_once(tmp_path: Path) -> None:
    with open_backend("spark", scratch=tmp_path) as backend:
        kept = backend.keep(ibis.memtable({"n": [1, 2]}).mutate(by_chance=ibis.random()))
        first, second = (backend.connection.to_pyarrow(kept["by_chance"].sum()).as_py() for _ in range(2))
        assert first == second


@pytest.mark.parametrize("missing", ["pyspark", "Java 17"])
def test_what_spark_needs_is_said(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing == "pyspark":
        monkeypatch.setattr("implement.engine.backend.find_spec", lambda _: None)
    else:
        spark = import_module("implement.engine.spark")
        monkeypatch.setattr(spark, "_open_session", Mock(side_effect=spark.NoJava))
    with pytest.raises(EngineMissing, match=missing.removeprefix("py")):
        open_backend("spark")
