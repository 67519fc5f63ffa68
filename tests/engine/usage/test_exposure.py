"""Who was there when: what may be expected of part-timers, newcomers, the sick, and on days nobody worked."""

from datetime import date, timedelta
from pathlib import Path

from tests.engine.usage.logs import MONDAY, PEOPLE, a_log, score_log, working_days

WEEKS = 10
LAST = working_days(weeks=WEEKS)[-1]


def present_days(folder: Path, **tables: list[dict[str, str]]) -> dict[str, int | None]:
    scoring = score_log(folder, a_log(weeks=WEEKS), **tables)
    return {row.user: row.present_days for row in scoring.scores}


def test_eight_weeks_are_forty_working_days(tmp_path: Path) -> None:
    assert present_days(tmp_path)["alice"] == 40


def test_absences_holidays_and_listed_working_days_are_left_out(tmp_path: Path) -> None:
    users = [
        {"user": "alice", "work_days": "12"},
        {"user": "bob", "work_days": "12345"},
        {"user": "carol", "work_days": ""},
    ]
    off = [{"user": "bob", "from": (LAST - timedelta(days=6)).isoformat(), "to": LAST.isoformat()}]
    found = present_days(tmp_path, users=users, absences=off, holidays=[{"date": LAST.isoformat()}])
    assert (found["alice"], found["bob"], found["carol"]) == (16, 35, 39)


def test_a_newcomer_counts_from_the_later_of_hire_and_go_live(tmp_path: Path) -> None:
    start = LAST - timedelta(days=9)
    users = [
        {"user": "alice", "hired": start.isoformat(), "go_live": MONDAY.isoformat()},
        {"user": "bob", "hired": "2020-01-01"},
    ]
    scoring = score_log(tmp_path, a_log(weeks=WEEKS), users=users)
    rows = {row.user: row for row in scoring.scores}
    assert (rows["alice"].present_days, rows["bob"].present_days) == (8, 40)
    assert rows["alice"].status == "scored"


def test_under_eight_days_there_is_no_score_and_no_flag(tmp_path: Path) -> None:
    users = [{"user": "alice", "hired": (LAST - timedelta(days=8)).isoformat()}, {"user": "bob"}]
    row = next(row for row in score_log(tmp_path, a_log(weeks=WEEKS), users=users).scores if row.user == "alice")
    assert (row.present_days, row.status, row.usage) == (7, "not_enough_data", None)


def test_a_day_on_which_nobody_worked_counts_as_closed(tmp_path: Path) -> None:
    people = [f"{name}{number}" for name in PEOPLE for number in range(2)]
    outage = working_days(weeks=WEEKS)[-8]
    events = [event for event in a_log(people, WEEKS) if not event["ts"].startswith(outage.isoformat())]
    scoring = score_log(tmp_path, events)
    assert scoring.exposure.closed_days == (outage,)
    assert {row.present_days for row in scoring.scores} == {39}


def test_a_part_timer_is_measured_on_the_days_they_are_seen(tmp_path: Path) -> None:
    users = [{"user": "alice", "fte": "0.4"}, *({"user": user, "fte": "1"} for user in PEOPLE[1:])]
    events = [
        e for e in a_log(weeks=WEEKS) if e["user"] != "alice" or date.fromisoformat(e["ts"][:10]).isoweekday() <= 2
    ]
    row = next(row for row in score_log(tmp_path, events, users=users).scores if row.user == "alice")
    assert row.present_days == 16
    assert row.usage is not None
    assert row.usage > 95
