"""`implement drift` keeps its contract: exit codes, the file, what it says on the screen."""

import csv
from pathlib import Path

import pytest

from implement.commands import drift as command
from tests.engine.drift.crm import DEALS, deals_then, touch
from tests.engine.transfers import Table, write_table


def _sides(folder: Path, later: Table) -> list[str]:
    sides = (("then", deals_then()), ("now", later))
    return [str(write_table(folder / side / "deals.csv", DEALS, rows)) for side, rows in sides]


def test_the_exit_code_is_0_when_nothing_happened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stamped_anew = [[*row[:-1], "2025-04-01 09:00:00"] for row in deals_then()]
    assert command.run(_sides(tmp_path, stamped_anew[::-1])) == 0
    assert "nothing happened" in capsys.readouterr().out


def test_the_exit_code_is_1_and_the_file_tells_what_happened(tmp_path: Path) -> None:
    later = deals_then()
    touch(later[2], "Amount", "", by="U2")
    assert command.run([*_sides(tmp_path, later), "--out", str(tmp_path / "d.csv")]) == 1
    rows = list(csv.DictReader((tmp_path / "d.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["record"], row["change"], row["changed_by"]) for row in rows] == [("D00002", "emptied", "U2")]


def test_unusable_input_is_exit_code_2_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run([str(tmp_path / "nowhere"), _sides(tmp_path, deals_then())[0]]) == 2
    assert "There is no such file or folder" in capsys.readouterr().err
