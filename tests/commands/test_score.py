"""The command `score`: its files, its screen and its exit codes."""

import csv
import gzip
from pathlib import Path

import pytest

from implement.commands.score import run
from tests.engine.usage.logs import PEOPLE, a_log, an_event, working_days, write_table

HEADER = (
    "user,status,usage,usage_low,usage_high,resistance,resistance_low,resistance_high,flagged,type_1,type_2,"
    "dormancy_band,dormancy_risk,days_silent,present_days,note"
)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    events = [*a_log(), *(an_event("test", day) for day in working_days()[:3]), an_event("", working_days()[0])]
    write_table(tmp_path / "firm", "users", [{"user": user, "team": "north"} for user in (*PEOPLE, "zoe")])
    return write_table(tmp_path / "firm", "events", events)


def test_everybody_gets_a_row_sorted_by_user(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "SCORES.csv"
    assert run([str(folder), "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8").splitlines()[0] == HEADER
    rows = read_rows(out)
    assert [row["user"] for row in rows] == sorted([*PEOPLE, "test", "zoe"])
    assert {row["status"] for row in rows if row["user"] != "test"} == {"scored"}


def test_who_is_excluded_is_listed_with_the_reason(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run([str(folder), "--out", str(tmp_path / "S.csv")])
    row = next(row for row in read_rows(tmp_path / "S.csv") if row["user"] == "test")
    assert (row["status"], row["usage"], row["flagged"]) == ("excluded", "", "no")
    assert row["note"].startswith("test account")
    screen = capsys.readouterr().out
    assert "Excluded: test (3 events): test account" in screen
    assert "1 events name no user" in screen


def test_reasons_carry_k_of_n_and_the_days(tmp_path: Path) -> None:
    events = [e for n, e in enumerate(a_log()) if e["user"] != "alice" or n % 10 == 0]
    write_table(tmp_path / "firm", "events", events)
    assert run([str(tmp_path / "firm"), "--reasons", str(tmp_path / "R.csv")]) == 0
    first = read_rows(tmp_path / "R.csv")[0]
    assert (first["user"], first["signal"], first["k"], first["n"]) == ("alice", "rhythm", "8", "40")
    assert (first["first_day"], first["last_day"]) == ("2024-01-20", "2024-03-15")


def test_a_gzipped_log_in_another_encoding_scores_the_same(folder: Path, tmp_path: Path) -> None:
    run([str(folder), "--out", str(tmp_path / "plain.csv")])
    packed = tmp_path / "packed"
    packed.mkdir()
    for file in folder.iterdir():
        (packed / f"{file.name}.gz").write_bytes(gzip.compress(file.read_text(encoding="utf-8").encode("utf-16")))
    assert run([str(packed), "--out", str(tmp_path / "other.csv")]) == 0
    assert (tmp_path / "other.csv").read_bytes() == (tmp_path / "plain.csv").read_bytes()


def test_as_of_includes_its_day_and_scores_what_was_known_then(folder: Path, tmp_path: Path) -> None:
    assert run([str(folder), "--as-of", "2024-02-16", "--out", str(tmp_path / "S.csv")]) == 0
    assert {row["days_silent"] for row in read_rows(tmp_path / "S.csv") if row["user"] in PEOPLE} == {"0"}


@pytest.mark.parametrize(
    "mapping", ["events: [", "eventz: {}", "events: {columns: {user: nobody}}", "events: {file: gone.csv}"]
)
def test_a_mapping_that_cannot_be_followed_ends_with_two(folder: Path, tmp_path: Path, mapping: str) -> None:
    (tmp_path / "M.yaml").write_text(mapping, encoding="utf-8")
    assert run([str(folder), "--mapping", str(tmp_path / "M.yaml"), "--out", str(tmp_path / "S.csv")]) == 2
    assert not (tmp_path / "S.csv").exists()


def test_a_log_without_readable_times_is_refused_with_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = [event | ({"ts": "soon"} if n % 5 == 0 else {}) for n, event in enumerate(a_log(weeks=2))]
    write_table(tmp_path, "events", events)
    assert run([str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "events, row 1, column ts: soon is no time." in said
    assert "32 of 160 rows have a time that cannot be read." in said


def test_a_few_unreadable_times_are_left_out_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_table(tmp_path, "events", [*a_log(), {"user": "alice", "ts": "soon"}])
    assert run([str(tmp_path)]) == 0
    assert "soon is no time." in capsys.readouterr().out


def test_an_empty_or_missing_folder_ends_with_two(tmp_path: Path) -> None:
    assert run([str(tmp_path)]) == 2
    assert run([str(tmp_path / "nowhere")]) == 2


def test_small_teams_are_withheld_on_the_screen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    users = [{"user": user, "team": "small" if user in PEOPLE[:3] else "large"} for user in PEOPLE]
    write_table(tmp_path, "users", users)
    run([str(write_table(tmp_path, "events", a_log()))])
    screen = capsys.readouterr().out
    assert "small  " not in screen
    assert "large  " not in screen
    assert "everybody" in screen


def test_a_log_of_nobody_but_test_accounts_is_read_and_scores_nobody(tmp_path: Path) -> None:
    events = [an_event(user, working_days()[0]) for user in ("admin", "test")]
    out = tmp_path / "SCORES.csv"
    assert run([str(write_table(tmp_path / "firm", "events", events)), "--out", str(out)]) == 0
    assert {row["status"] for row in read_rows(out)} == {"excluded"}


def test_one_event_is_too_little_to_score(tmp_path: Path) -> None:
    out = tmp_path / "SCORES.csv"
    events = [an_event("anna", working_days()[0])]
    assert run([str(write_table(tmp_path / "firm", "events", events)), "--out", str(out)]) == 0
    assert [row["status"] for row in read_rows(out)] == ["not_enough_data"]
