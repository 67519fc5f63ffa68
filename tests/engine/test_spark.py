"""Spark finds what DuckDB finds: the same cells, the same findings, the same scores."""

from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import ibis
import pyarrow as pa
import pytest

from implement.commands import reconcile as reconcile_command
from implement.commands import score as score_command
from implement.engine.backend import ENGINES, EngineMissing, hash_cells, open_backend
from implement.engine.mapping.plan import DATE, LOOSE, NUMBER, TEXT, ColumnMapping, Writing
from implement.engine.reconcile.expressions import canonical_source
from tests.engine.transfers import CLIENT_HEAD, DEAL_HEAD, Table, build_clients, build_deals, write_table
from tests.engine.usage import logs

pytestmark = pytest.mark.usefixtures("spark")

CELLS = [
    None, "", " ", "0", "-0", "007", "1.0", "1,5", "1.234,56", "1,234.56", "1e3", "1E+10", "1d", "1f", "0x1p3", "inf",
    "NaN", " 12 ", "12\n", "1_000", "+5", ".5", "5.", "1 000", "2024-01-05", "5.1.2024", "1/5/2024",
    "2024-01-05 00:00:00", "2024-01-05T10:20", "31.12.99", "1850-02-30", "2024-1-5\n", "12.05.2024 10:30", "99/99/9999",
    "ΛΟΓΟΣ", "λογος", "ΣΑΣ Σ", "İstanbul", "ıI", "ẞ straße", "ŁÓDŹ", "e\u0301", "ﬁ", "👍🏽 ok", "a\u200bb", "O'Brien",
    "a\\b", "$1", "日本語", "ᾼ", "000-12",
]  # fmt: skip
WRITINGS = {
    "text": (TEXT, Writing()), "loose": (LOOSE, Writing()), "comma": (NUMBER, Writing(comma=True)),
    "point": (NUMBER, Writing()), "dmy": (DATE, Writing(order="DMY")), "mdy": (DATE, Writing(order="MDY YMD-")),
    "ymd": (DATE, Writing(order="YMD")),
}  # fmt: skip
DAYS = logs.working_days()


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


def _damage(clients: Table, deals: Table) -> tuple[Table, Table]:
    """Lose a client, copy another, swap its fields; keep half the deals' ids, lose some deals, change others."""
    arrived = [*clients[:50], *clients[51:], ["C0099", *clients[3][1:]]]
    arrived[7] = [*arrived[7][:2], arrived[7][3], arrived[7][2], arrived[7][4]]
    kept = [[row[0] if n % 2 else "", *row[1:]] for n, row in enumerate(deals) if row[3] != "Offer" or n % 3]
    kept[4] = [*kept[4][:2], kept[4][2][:6], *kept[4][3:]]
    kept[9] = [kept[9][0], clients[1][0], *kept[9][2:]]
    for row in kept:
        row[4], row[5] = row[4].replace(".", ","), ".".join(reversed(row[5].split("-")))
    return arrived, kept


def test_the_findings_are_the_same(tmp_path: Path) -> None:
    clients = build_clients()
    deals = build_deals(clients)
    arrived, kept = _damage(clients, deals)
    for side, firms, orders in (("old", clients, deals), ("new", arrived, kept)):
        write_table(tmp_path / side / "clients.csv", CLIENT_HEAD, firms)
        write_table(tmp_path / side / "deals.csv", DEAL_HEAD, orders, separator=";")
    for engine in ENGINES:
        asked = [str(tmp_path / "old"), str(tmp_path / "new"), "--engine", engine, "--out", str(tmp_path / engine)]
        assert reconcile_command.run(asked) == 1
    assert (tmp_path / "spark").read_bytes() == (tmp_path / "duckdb").read_bytes()
    assert {"dropped", "torn_relation", "duplicated", "truncated"} <= set((tmp_path / "spark").read_text().split(","))


def test_the_scores_are_the_same(tmp_path: Path) -> None:
    events = logs.a_log(effective_date="2024-01-15", text_hash="same", filled="3", total="4", record_id="d1")
    events += [logs.an_event("alice", day, 11, object="deal", action="stage", record_id="d1", hits="0") for day in DAYS]
    events += [logs.an_event("bob", day, object="task", action="assign", target_user="carol") for day in DAYS]
    logs.write_table(tmp_path / "firm", "events", [e for n, e in enumerate(events) if e["user"] != "dave" or n % 9])
    logs.write_table(tmp_path / "firm", "users", [{"user": user, "team": "north"} for user in logs.PEOPLE])
    logs.write_table(tmp_path / "firm", "meetings", [{"team": "north", "weekday": "1", "hour": "11"}])
    for engine in ENGINES:
        files = ["--out", str(tmp_path / f"{engine}_scores"), "--reasons", str(tmp_path / f"{engine}_reasons")]
        assert score_command.run([str(tmp_path / "firm"), "--engine", engine, *files]) == 0
    for name in ("scores", "reasons"):
        assert (tmp_path / f"spark_{name}").read_bytes() == (tmp_path / f"duckdb_{name}").read_bytes()
    assert len((tmp_path / "spark_reasons").read_text().splitlines()) > 1


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
