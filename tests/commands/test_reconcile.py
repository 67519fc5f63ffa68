"""`implement map` and `implement reconcile` keep their contract: exit codes, header, order."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from implement.commands import map as map_command
from implement.commands import reconcile as reconcile_command
from implement.commands.transfer_report import choose_language
from tests.engine.transfers import DEAL_HEAD, build_clients, build_deals, write_table

DEALS = build_deals(build_clients())


def _sides(folder: Path, kept: int) -> list[str]:
    source = write_table(folder / "old" / "deals.csv", DEAL_HEAD, DEALS)
    return [str(source), str(write_table(folder / "new" / "deals.csv", DEAL_HEAD, DEALS[:kept]))]


def test_the_exit_code_is_0_without_harm_and_1_with_a_loss(tmp_path: Path) -> None:
    assert reconcile_command.run(_sides(tmp_path / "whole", len(DEALS))) == 0
    assert reconcile_command.run(_sides(tmp_path / "less", 100)) == 1


def test_the_findings_file_has_the_agreed_header_and_order(tmp_path: Path) -> None:
    reconcile_command.run([*_sides(tmp_path, 140), "--out", str(tmp_path / "f.csv")])
    rows = list(csv.reader((tmp_path / "f.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["table", "source_id", "target_id", "class", "field", "source_value", "target_value", "cause"]
    assert rows[1:] == sorted(rows[1:]) and [row[3] for row in rows[1:]] == ["dropped"] * 10


def test_a_column_that_is_lost_as_a_whole_is_named_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_table(tmp_path / "old" / "deals.csv", [*DEAL_HEAD, "notes"], [[*row, f"n{row[0]}"] for row in DEALS])
    target = write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, DEALS)
    assert reconcile_command.run([str(source), str(target)]) == 1
    assert f"    value_lost      the whole column notes, {len(DEALS)} values" in capsys.readouterr().out.splitlines()


def test_an_edited_mapping_leaves_a_table_behind_on_purpose(tmp_path: Path) -> None:
    _source, target = _sides(tmp_path, len(DEALS))
    write_table(tmp_path / "old" / "notes.csv", ["note", "who"], [[f"n{i}", f"w{i}"] for i in range(9)])
    mapping = tmp_path / "m.yaml"
    assert map_command.run([str(tmp_path / "old"), target, "--out", str(mapping)]) == 0
    text = mapping.read_text(encoding="utf-8").replace(
        "- source: notes\n", "- source: notes\n  left_behind: outdated\n"
    )
    mapping.write_text(text, encoding="utf-8")
    assert reconcile_command.run([str(tmp_path / "old"), target, "--mapping", str(mapping)]) == 0


def test_unusable_input_is_exit_code_2_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reconcile_command.run([str(tmp_path / "nowhere"), *_sides(tmp_path, 9)[1:]]) == 2
    assert "There is no such file or folder" in capsys.readouterr().err


def test_the_report_tells_the_loss_and_its_cause(tmp_path: Path) -> None:
    reconcile_command.run([*_sides(tmp_path, 100), "--report", str(tmp_path / "r.html"), "--language", "en"])
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "50 harmful findings" in text and "one piece was lost" in text
    assert '<code class="name">deals</code>' in text


def test_the_report_shows_where_the_records_went_and_needs_nothing_else(tmp_path: Path) -> None:
    reconcile_command.run([*_sides(tmp_path, 100), "--report", str(tmp_path / "r.html"), "--language", "en"])
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "did not arrive 50" in text and "100 of 150 records arrived" in text
    assert "<link" not in text and "<script" not in text


@pytest.mark.parametrize(("terminal", "language"), [("de_DE.UTF-8", "de"), ("ru_RU.KOI8-R", "ru"), ("C.UTF-8", "en")])
def test_the_report_speaks_the_language_of_the_terminal(terminal: str, language: str) -> None:
    assert choose_language(None, {"LANG": terminal}) == language
    assert choose_language("pl", {"LANG": terminal}) == "pl"


def test_the_report_is_in_the_language_asked_for_with_its_numbers_and_days(tmp_path: Path) -> None:
    reconcile_command.run([*_sides(tmp_path, 100), "--report", str(tmp_path / "r.html"), "--language", "de"])
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text and "50 schädliche Befunde" in text
    assert "nicht angekommen" in text and "harmful" not in text
    assert f"{datetime.now().astimezone():%d.%m.%Y}" in text


def test_the_repair_lies_in_a_folder_ready_to_import(tmp_path: Path) -> None:
    reconcile_command.run([*_sides(tmp_path, 140), "--repair", str(tmp_path / "repair")])
    text = (tmp_path / "repair" / "import" / "1-insert-deals.csv").read_text(encoding="utf-8")
    assert list(csv.reader(text.splitlines())) == [DEAL_HEAD, *DEALS[140:]]
    assert "10 new records of deals" in (tmp_path / "repair" / "README.txt").read_text(encoding="utf-8")
