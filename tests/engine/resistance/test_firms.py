"""Whole invented firms, whose resisters are known: who stands out, who must not, what fits."""

from pathlib import Path

import numpy as np
import pytest

from implement.commands.score import run
from tests.evaluators.usage.exchange import write_rollout
from tests.evaluators.usage.rollout import simulate
from tests.evaluators.usage.scoring import read_scores, score_people

OPTIONAL = ("users", "absences", "holidays", "meetings", "migration", "orders")


def figures_of(folder: Path, case: str, size: int, seed: int = 1, without: tuple[str, ...] = ()) -> dict[str, float]:
    rollout = simulate(case, size, seed)
    write_rollout(rollout, folder / "firm")
    for name in without:
        (folder / "firm" / f"{name}.parquet").unlink()
    assert run([str(folder / "firm"), "--out", str(folder / "S.csv"), "--reasons", str(folder / "R.csv")]) == 0
    return {figure.name: figure.value for figure in score_people(read_scores(folder / "S.csv"), rollout)}


def test_resisters_of_a_firm_of_sixty_stand_out(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, "resistance", 60)
    assert figures["AUC of resisters"] >= 0.93
    assert figures["precision at top k"] >= 0.8
    assert figures["wrongly flagged"] <= 0.02


def test_in_a_firm_without_resisters_hardly_anybody_is_flagged(tmp_path: Path) -> None:
    assert figures_of(tmp_path, "clean", 100)["wrongly flagged"] <= 0.02


def test_with_events_alone_resisters_are_still_told_and_what_is_missing_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = figures_of(tmp_path, "resistance", 60, without=OPTIONAL)
    assert figures["AUC of resisters"] >= 0.8
    assert "Evidence of resistance cannot be taken from: meeting_eve, off_system, steer, lost_data." in (
        capsys.readouterr().out
    )
    assert "resistance without meeting_eve" in (tmp_path / "S.csv").read_text(encoding="utf-8")


def test_every_flag_has_a_reason_and_a_firm_of_twelve_flags_nobody(tmp_path: Path) -> None:
    figures_of(tmp_path, "resistance", 60)
    flagged = {user for user, row in read_scores(tmp_path / "S.csv").items() if row["flagged"] == "yes"}
    explained = {line.split(",")[0] for line in (tmp_path / "R.csv").read_text(encoding="utf-8").splitlines()}
    assert flagged and flagged <= explained
    assert np.isnan(figures_of(tmp_path / "small", "clean", 12)["AUC of resisters"])
    rows = read_scores(tmp_path / "small" / "S.csv").values()
    assert {row["flagged"] for row in rows} == {"no"}
    assert all("too few people to flag anybody" in row["note"] for row in rows if row["status"] == "scored")


def test_without_a_list_of_users_low_use_of_unknown_roles_is_flagged_of_hardly_anybody(tmp_path: Path) -> None:
    assert figures_of(tmp_path, "clean", 100, without=OPTIONAL)["wrongly flagged"] <= 0.02
