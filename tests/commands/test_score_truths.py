"""Counted truths of real logs, without any mapping."""

import csv
from pathlib import Path

import pytest

from implement.commands.score import run

pytestmark = pytest.mark.truths

Rows = dict[str, dict[str, str]]


def score_rows(folder: Path, out: Path, *more: str) -> Rows:
    assert run([str(folder), "--out", str(out), *more]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return {row["user"]: row for row in csv.DictReader(file)}


def test_a_banks_log_has_68_users_one_robot_and_18010_events_of_nobody(
    truths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = score_rows(truths / "bpic2012_activity", tmp_path / "S.csv", "--as-of", "2012-03-14")
    assert len(rows) == 68
    assert [user for user, row in rows.items() if row["status"] == "excluded"] == ["112"]
    assert rows["112"]["note"].startswith("robot")
    assert "18010 events name no user" in capsys.readouterr().out
    silent = ("11029", "11120", "10880", "11200", "11189", "10929", "10939", "10910", "11202")
    assert {rows[user]["dormancy_band"] for user in silent} == {"silent"}


def test_a_permit_offices_log_has_48_ids_five_of_which_are_no_people(truths: Path, tmp_path: Path) -> None:
    rows = score_rows(truths / "receipt_activity", tmp_path / "S.csv")
    assert len(rows) == 48
    excluded = {user for user, row in rows.items() if row["status"] == "excluded"}
    assert excluded == {"TEST", "test", "admin1", "admin2", "admin3"}
    silent = [f"Resource{number}" for number in ("17", "15", "19", "10", "08", "03")]
    assert {rows[user]["dormancy_band"] for user in silent} == {"silent"}


def test_a_products_users_all_have_a_row_though_3177_never_logged_in(truths: Path, tmp_path: Path) -> None:
    rows = score_rows(truths / "relax_adoption", tmp_path / "S.csv")
    assert len(rows) == 12_000
    assert sum(1 for row in rows.values() if "no events at all" in row["note"]) == 3_177
