"""Who is no person at work, and why; nobody is left out silently."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from implement.engine.usage.attribution import name_words
from tests.engine.usage.logs import MONDAY, a_log, an_event, score_log


def statuses(folder: Path, events: list[dict[str, str]], **tables: list[dict[str, str]]) -> dict[str, str]:
    """Excluded users with the first word of their reason."""
    scoring = score_log(folder, events, **tables)
    return {each.user: each.code for each in scoring.excluded}


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("TEST", "test_account"), ("test", "test_account"), ("anna.test@firm.de", "test_account"),
        ("TestUser01", "test_account"),
        ("admin1", "admin_account"), ("SysAdmin", "admin_account"), ("root", "admin_account"),
        ("администратор", "admin_account"),
        ("crm-sync", "robot_name"), ("api_user", "robot_name"), ("HubSpot Integration", "robot_name"),
        ("robot7", "robot_name"),
        ("migration", "migration_name"), ("system", "robot_name"),
    ],
)  # fmt: skip
def test_a_name_that_tells_of_no_person_is_excluded(tmp_path: Path, user: str, code: str) -> None:
    assert statuses(tmp_path, [*a_log(weeks=2), an_event(user, MONDAY)]) == {user: code}


@pytest.mark.parametrize(
    "user", ["m.testa", "j.bot", "rootham", "adminah", "apian", "anna@test.de", "importante", "Resource01"]
)
def test_a_name_that_only_resembles_such_a_word_is_a_person(tmp_path: Path, user: str) -> None:
    assert statuses(tmp_path, [*a_log(weeks=2), an_event(user, MONDAY)]) == {}


def every_day(user: str, hours: range, weeks: int = 8) -> list[dict[str, str]]:
    days = [MONDAY + timedelta(days=number) for number in range(7 * weeks)]
    return [an_event(user, day, hour) for day in days for hour in hours]


def test_who_works_every_day_and_night_is_a_robot(tmp_path: Path) -> None:
    assert statuses(tmp_path, a_log() + every_day("4711", range(24))) == {"4711": "robot"}


def test_a_nightly_run_is_a_robot_though_it_does_little(tmp_path: Path) -> None:
    assert statuses(tmp_path, a_log() + every_day("4711", range(2, 3))) == {"4711": "robot"}


def test_who_also_works_on_weekends_is_a_person(tmp_path: Path) -> None:
    assert statuses(tmp_path, a_log() + every_day("4711", range(9, 11))) == {}


def test_who_only_imported_and_is_on_no_list_is_the_migrations_user(tmp_path: Path) -> None:
    loaded = [an_event("4711", MONDAY, source="import") for _ in range(40)]
    assert statuses(tmp_path, a_log() + loaded) == {"4711": "migration_user"}
    listed = [{"user": "4711"}, {"user": "alice"}, {"user": "bob"}]
    assert statuses(tmp_path, a_log() + loaded, users=listed) == {}


def test_a_bulk_load_is_no_persons_work(tmp_path: Path) -> None:
    assert statuses(tmp_path, a_log() + [an_event("4711", MONDAY) for _ in range(600)]) == {"4711": "bulk_load"}


def test_who_left_is_out_and_who_leaves_today_is_not(tmp_path: Path) -> None:
    last_day = date.fromisoformat(max(event["ts"] for event in a_log())[:10])
    left = [
        {"user": "alice", "left": (last_day - timedelta(days=1)).isoformat()},
        {"user": "bob", "left": last_day.isoformat()},
    ]
    assert statuses(tmp_path, a_log(), users=left) == {"alice": "left"}


def test_words_of_a_name_are_those_before_the_at() -> None:
    assert name_words("crm.sync-01@robots.example.com") == ("crm", "sync")
