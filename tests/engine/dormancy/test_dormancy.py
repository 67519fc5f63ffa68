"""Who falls silent: bands and the rank, with leave told from silence."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from implement.engine.scoring import UserScore, score
from tests.engine.usage.logs import PEOPLE, a_log, read_folder, score_log, working_days, write_table

LAST = working_days()[-1]


def rows(folder: Path, silent_days: int, **tables: list[dict[str, str]]) -> dict[str, UserScore]:
    """Alice stops so many days before the end."""
    end = (LAST - timedelta(days=silent_days)).isoformat()
    events = [event for event in a_log() if event["user"] != "alice" or event["ts"][:10] <= end]
    return {row.user: row for row in score_log(folder, events, **tables).scores}


@pytest.mark.parametrize(
    ("silent_days", "band"),
    [(0, "active"), (3, "active"), (7, "quiet"), (14, "at_risk"), (28, "silent"), (35, "silent")],
)
def test_the_longer_the_silence_the_graver_the_band(tmp_path: Path, silent_days: int, band: str) -> None:
    row = rows(tmp_path, silent_days)["alice"]
    assert (row.dormancy_band, row.days_silent) == (band, silent_days)


def test_who_is_silent_ranks_above_who_is_not(tmp_path: Path) -> None:
    found = rows(tmp_path, 14)
    risks = [found[user].dormancy_risk or 0.0 for user in PEOPLE]
    assert risks[0] == max(risks)
    assert len(set(risks[1:])) == 1


def test_leave_is_not_silence(tmp_path: Path) -> None:
    leave = [{"user": "alice", "from": (LAST - timedelta(days=30)).isoformat(), "to": LAST.isoformat()}]
    row = rows(tmp_path, 31, absences=leave)["alice"]
    assert row.days_silent == 31
    assert row.dormancy_band == "active"


def test_who_never_came_is_silent_though_no_day_can_be_named(tmp_path: Path) -> None:
    users = [{"user": user} for user in (*PEOPLE, "zoe")]
    row = rows(tmp_path, 0, users=users)["zoe"]
    assert (row.dormancy_band, row.days_silent, row.last_active_day) == ("silent", None, None)
    assert row.status == "scored"
    assert row.usage is not None
    assert row.usage < 25


def test_the_last_day_counts_and_what_lies_after_does_not(tmp_path: Path) -> None:
    exchange, user_days = read_folder(write_table(tmp_path, "events", a_log()))
    scoring = score(user_days, exchange.workforce, date(2024, 3, 1))
    assert {row.last_active_day for row in scoring.scores} == {date(2024, 3, 1)}
    assert scoring.user_days.last_day == date(2024, 3, 1)
