"""The judge of usage scores is judged: the simulated firm holds what its truth says, perfect scores get 1."""

import csv
from pathlib import Path

import numpy as np
import pyarrow.csv as pa_csv
import pytest

from tests.evaluators.usage.evaluate import main
from tests.evaluators.usage.exchange import events_table, write_rollout
from tests.evaluators.usage.noise import OTHER_IDS
from tests.evaluators.usage.presence import HOLIDAYS, dates_of, is_month_end
from tests.evaluators.usage.rollout import CASES, FAILS_ON, Rollout, simulate
from tests.evaluators.usage.scoring import HEADER, auc, precision_at_top, score_people, silence_baselines, true_pace
from tests.evaluators.usage.staff import DATA_ALLERGY, LOG_DAYS, PARTNER, TYPES


def _perfect(rollout: Rollout) -> dict[str, dict[str, str]]:
    """A row per person from the truth itself."""
    present = rollout.presence.present[:, LOG_DAYS - 56 : LOG_DAYS].sum(axis=1)
    silent, pace, next_active = silence_baselines(rollout)[0], true_pace(rollout), rollout.next_days[0]
    rows = {user: {"user": user, "status": "excluded"} for user in OTHER_IDS}
    for place, user in enumerate(rollout.staff.ids):
        resists = int(rollout.staff.resists[place])
        status = "scored" if present[place] >= 8 else "not_enough_data"
        rows[user] = {
            "user": user, "status": "excluded" if rollout.staff.left[place] <= LOG_DAYS else status,
            "usage": str(pace[place]), "usage_low": "0", "usage_high": "100", "resistance": str(100 * bool(resists)),
            "flagged": "yes" if resists else "no", "type_1": TYPES[resists] if resists else "", "type_2": "",
            "dormancy_risk": str(-next_active[place]), "days_silent": str(silent[place]),
            "present_days": str(present[place])}  # fmt: skip
    return rows


def _figures(rows: dict[str, dict[str, str]], rollout: Rollout) -> dict[str, float]:
    return {figure.name: figure.value for figure in score_people(rows, rollout)}


@pytest.mark.parametrize("size", [25, 60, 150])
def test_perfect_scores_are_judged_perfect(size: int) -> None:
    rollout = simulate("resistance", size)
    figures = _figures(_perfect(rollout), rollout)
    assert figures["AUC of resisters"] == 1.0
    assert figures["precision at top k"] == 1.0
    assert figures["wrongly flagged"] == 0.0
    assert figures["type first, flagged resisters"] == 1.0
    assert figures["status right"] == figures["robots and accounts excluded"] == figures["present days exact"] == 1.0


def test_perfect_dormancy_is_judged_perfect() -> None:
    rollout = simulate("dormancy", 120)
    assert _figures(_perfect(rollout), rollout)["AUC of dormancy"] == 1.0


def test_an_empty_answer_is_judged_empty() -> None:
    rollout = simulate("resistance", 60)
    figures = _figures({}, rollout)
    assert figures["people with a row"] == 0.0
    assert np.isnan(figures["resistance (column empty)"])


@pytest.mark.parametrize(("scores", "expected"), [([3, 2, 1, 0], 1.0), ([0, 1, 2, 3], 0.0), ([1, 1, 1, 1], 0.5)])
def test_auc_counts_pairs_in_the_right_order(scores: list[int], expected: float) -> None:
    assert auc(np.array(scores, dtype=float), np.array([True, True, False, False])) == expected


def test_precision_at_top_counts_the_highest_k() -> None:
    assert precision_at_top(np.array([9.0, 8, 7, 1]), np.array([True, False, True, False])) == 0.5


def test_nobody_works_by_hand_while_absent_or_before_the_start() -> None:
    rollout = simulate("resistance", 60)
    events, size = rollout.events, rollout.staff.size
    by_hand = (events["person"] < size) & (events["source"] == 0)
    assert rollout.presence.present[events["person"][by_hand], events["day"][by_hand]].all()


def test_active_days_are_the_days_with_events_by_hand() -> None:
    rollout = simulate("dormancy", 60)
    events, size = rollout.events, rollout.staff.size
    by_hand = (events["person"] < size) & (events["source"] == 0)
    seen = np.zeros((size, LOG_DAYS), dtype=bool)
    seen[events["person"][by_hand], events["day"][by_hand]] = True
    assert (seen == rollout.active[:, :LOG_DAYS]).all()


def test_resisters_have_the_share_asked_for_and_clean_firms_none() -> None:
    assert (simulate("resistance", 100).staff.resists > 0).sum() == 18
    assert (simulate("clean", 100).staff.resists > 0).sum() == 0


def test_those_whose_data_was_lost_searched_for_a_lost_record() -> None:
    rollout = simulate("resistance", 300)
    events = rollout.events
    grieved = np.flatnonzero(rollout.staff.resists == DATA_ALLERGY)
    zero_hits = events["hits"] == 0
    sought = set(events["record"][zero_hits])
    found = [person for person in grieved if rollout.lost_records[person] in sought]
    assert len(found) >= 0.9 * len(grieved)


def test_a_system_that_fails_leaves_a_week_without_any_event() -> None:
    days = set(simulate("outage", 60).events["day"].tolist())
    assert not days & set(range(FAILS_ON.start, FAILS_ON.stop)) and {FAILS_ON.start - 1, FAILS_ON.stop} <= days


def test_people_who_move_keep_their_events_and_get_another_head() -> None:
    before, after = simulate("resistance", 60), simulate("moved", 60)
    moved = before.staff.team != after.staff.team
    assert 0.05 < moved.mean() < 0.3 and (before.events["day"] == after.events["day"]).all()
    assert (after.staff.team[after.staff.manager[moved]] == after.staff.team[moved]).all()


def test_a_new_role_appears_with_people_hired_lately() -> None:
    staff = simulate("new_role", 100).staff
    assert 3 <= (staff.role == PARTNER).sum() <= 20 and (staff.hired[staff.role == PARTNER] == LOG_DAYS - 60).all()


def test_month_ends_are_the_last_four_days() -> None:
    days = np.arange(LOG_DAYS)
    ends = {str(day) for day in dates_of(days[is_month_end(days)]) if str(day).startswith("2025-02")}
    assert ends == {"2025-02-25", "2025-02-26", "2025-02-27", "2025-02-28"}
    assert "2025-06-09" in HOLIDAYS


@pytest.mark.parametrize("size", [12, 25])
def test_small_firms_are_simulated_too(size: int) -> None:
    assert set(simulate("resistance", size).events["person"]) >= set(range(size // 2))


def test_the_same_people_can_live_the_same_weeks_again() -> None:
    first, again = simulate("few", 60), simulate("few", 60, event_seed=99)
    assert (first.staff.resists == again.staff.resists).all()
    assert (first.presence.present == again.presence.present).all()
    assert len(first.events["day"]) != len(again.events["day"])


def test_events_of_six_hundred_people_are_about_six_hundred_thousand() -> None:
    assert 450_000 < events_table(simulate("resistance", 600)).num_rows < 750_000


@pytest.mark.parametrize("layout", ["csv", "parquet"])
def test_all_tables_of_the_exchange_format_are_written(layout: str, tmp_path: Path) -> None:
    write_rollout(simulate("few", 25), tmp_path, layout)
    names = {"events", "users", "absences", "holidays", "meetings", "migration", "orders"}
    assert {path.stem for path in tmp_path.iterdir()} == names
    if layout == "csv":
        assert pa_csv.read_csv(tmp_path / "users.csv").num_rows == 27


def test_the_command_line_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rollout = simulate("clean", 25)
    with (tmp_path / "scores.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, restval="")
        writer.writeheader()
        writer.writerows(_perfect(rollout).values())
    answer = tmp_path / "answer.py"
    answer.write_text(f"import shutil, sys\nshutil.copy({str(tmp_path / 'scores.csv')!r}, sys.argv[-1])\n")
    main(["--size", "25", "--case", "clean", "--command", f"python3 {answer}", "--again"])
    printed = capsys.readouterr().out
    assert "status right" in printed
    assert set(CASES) >= {"clean"}
