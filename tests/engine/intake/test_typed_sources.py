"""Spreadsheets, Parquet, JSON and SQLite give the same kind of table as text does."""

import datetime as dt
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from implement.engine.backend import Backend
from implement.engine.intake import ForeignKey, load_manifest, read_tables
from implement.engine.intake.manifest import keep_intake
from tests.engine.intake.books import write_book, write_legacy_book
from tests.engine.intake.cells import cells_of, codes, only_table, rows_of
from tests.engine.intake.conftest import Read


def test_a_sheet_is_read_below_its_title_with_dates_formulas_and_merged_cells(backend: Backend, tmp_path: Path) -> None:
    write_legacy_book(tmp_path / "legacy.xlsx")
    intake = read_tables(tmp_path / "legacy.xlsx", backend)
    table = only_table(intake)
    assert (table.name, table.columns) == ("Kunden", ("Id", "Seit", "Betrag", "Aktiv", "Region"))
    assert rows_of(table) == [
        ("1001", "2020-01-01", "2.5", "true", "Nord"),
        ("1002", "2020-01-02", "2.5", "false", "Nord"),
        ("1003", "2020-01-03", "2.5", "false", None),
    ]
    assert [(skip.code, skip.values) for skip in intake.skipped] == [("sheet_empty", ("Leer",))]


def test_a_sheet_that_kept_its_default_name_is_called_like_the_file(backend: Backend, tmp_path: Path) -> None:
    write_book(tmp_path / "deals.xlsx", {"Tabelle1": [["id", "name"], [1, "Acme"]]})
    assert only_table(read_tables(tmp_path / "deals.xlsx", backend)).name == "deals"


def test_every_sheet_with_a_table_is_one_table(backend: Backend, tmp_path: Path) -> None:
    rows: list[list[object]] = [["id", "name"], ["007", "Acme"]]
    write_book(tmp_path / "all.xlsx", {"Deals": rows, "Remarks": [["only a remark"]], "Teams": rows})
    intake = read_tables(tmp_path / "all.xlsx", backend)
    assert [(table.name, rows_of(table)) for table in intake.tables] == [
        ("Deals", [("007", "Acme")]),
        ("Teams", [("007", "Acme")]),
    ]
    assert [skip.code for skip in intake.skipped] == ["sheet_not_a_table"]


def test_parquet_values_become_canonical_text(backend: Backend, tmp_path: Path) -> None:
    columns = {
        "id": pa.array([1, None], pa.int32()),
        "rate": [2.0, 1e20],
        "share": [0.1, 3e-7],
        "day": [dt.date(2020, 1, 31), None],
        "at": [dt.datetime.fromisoformat("2020-01-31T13:05"), dt.datetime.fromisoformat("2020-02-01T00:00")],
        "won": [True, False],
        "amount": [Decimal("12.50"), Decimal("0.00")],
        "tags": [["a", "b"], None],
    }
    pq.write_table(pa.table(columns), tmp_path / "deals.parquet")
    assert cells_of(read_tables(tmp_path / "deals.parquet", backend)) == [
        ("1", "2", "0.1", "2020-01-31", "2020-01-31T13:05:00", "true", "12.50", '["a","b"]'),
        (None, "100000000000000000000", "0.0000003", None, "2020-02-01", "false", "0.00", None),
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.jsonl", '{"id":1,"account":{"name":"Acme"}}\n{"id":2,"won":true,"amount":1.50}\n'),
        ("deals.json", '[{"id":1,"account":{"name":"Acme"}},\n {"id":2,"won":true,"amount":1.50}]'),
        ("deals.json", '{"total":2,"value":[{"id":1,"account":{"name":"Acme"}},{"id":2,"won":true,"amount":1.50}]}'),
    ],
    ids=["by line", "list", "list inside an object"],
)
def test_json_records_become_rows(read: Read, name: str, content: str) -> None:
    table = only_table(read(content, name))
    assert table.columns == ("id", "account.name", "won", "amount")
    assert rows_of(table) == [("1", "Acme", None, None), ("2", None, "true", "1.50")]


def test_a_wrong_json_line_is_a_fault_with_its_number(read: Read) -> None:
    assert codes(read('{"id":1}\n{"id":\n{"id":3}\n', "deals.jsonl")) == [(2, "json_damaged")]


def test_json_that_is_no_list_of_records_holds_no_table(read: Read) -> None:
    assert codes(read('{"threshold": 5}', "settings.json")) == [(None, "no_tables")]


def test_every_sqlite_table_is_read(backend: Backend, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "old.sqlite")
    database.executescript(
        "CREATE TABLE deals (id INTEGER, amount REAL, note TEXT); CREATE TABLE teams (name TEXT);"
        "INSERT INTO deals VALUES (1, 2.0, 'Łódź'), (2, NULL, ''); INSERT INTO teams VALUES ('Nord');"
    )
    database.close()
    intake = read_tables(tmp_path / "old.sqlite", backend)
    assert {table.name: rows_of(table) for table in intake.tables} == {
        "deals": [("1", "2", "Łódź"), ("2", None, None)],
        "teams": [("Nord",)],
    }


def test_what_a_database_declares_of_its_tables_is_kept_with_what_was_read(backend: Backend, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as database:
        database.executescript(
            "CREATE TABLE teams (no INTEGER PRIMARY KEY, region TEXT, place TEXT, UNIQUE (region, place));"
            "CREATE TABLE deals (id, owned REFERENCES Teams, region, place,"
            " FOREIGN KEY (region, place) REFERENCES teams (region, place));"
            "INSERT INTO teams VALUES (1, 'N', 'a'); INSERT INTO deals VALUES (7, 1, 'N', 'a');"
        )
    keep_intake(read_tables(tmp_path / "old.sqlite", backend), tmp_path)
    kept = {table.name: table.foreign_keys for table in load_manifest(tmp_path, backend).tables}
    both = ForeignKey("region|place", "teams", "region|place")
    assert kept == {"deals": (both, ForeignKey("owned", "Teams", "no")), "teams": ()}


def test_two_files_of_one_name_stay_two_tables(backend: Backend, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "deals.csv").write_text("id,name\n1,Acme\n")
    (tmp_path / "in" / "deals.tsv").write_text("id\tname\n1\tAcme\n")
    assert [table.name for table in read_tables(tmp_path / "in", backend).tables] == ["deals", "deals_2"]
