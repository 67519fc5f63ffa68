"""Counted truths of real logs of work, through the command line (make check-data)."""

import csv
from pathlib import Path

import pytest

from implement.commands import score

pytestmark = pytest.mark.truths


def _score(folder: Path, tmp_path: Path, *more: str) -> list[dict[str, str]]:
    out = tmp_path / "scores.csv"
    assert score.run([str(folder), "--out", str(out), *more]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _excluded(rows: list[dict[str, str]]) -> dict[str, str]:
    return {row["user"]: row["note"] for row in rows if row["status"] == "excluded"}


def test_the_bank_has_68_users_and_user_112_is_a_robot(
    truths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _score(truths / "bpic2012_activity", tmp_path)
    assert len(rows) == 68
    assert list(_excluded(rows)) == ["112"]
    assert "robot" in _excluded(rows)["112"]
    assert "18010" in capsys.readouterr().out


def test_the_municipality_leaves_out_its_test_and_admin_accounts(truths: Path, tmp_path: Path) -> None:
    rows = _score(truths / "receipt_activity", tmp_path)
    assert len(rows) == 48
    assert set(_excluded(rows)) == {"TEST", "test", "admin1", "admin2", "admin3"}


def test_12000_people_of_whom_3177_never_logged_in(
    truths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:  # M60
    rows = _score(truths / "relax_adoption", tmp_path)
    assert len(rows) == 12000
    assert "3177 users have no events at all" in capsys.readouterr().out
    never = [row for row in rows if "no events at all" in row["note"]]
    assert len(never) == 3177
    assert {row["dormancy_band"] for row in never} <= {"silent", "at_risk", ""}
