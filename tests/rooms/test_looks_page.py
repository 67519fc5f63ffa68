"""Looks at one's own figures are told by reader and subject."""

from datetime import UTC, datetime

from implement.rollout.looks_page import gather, say_conditions, say_gathered

MONDAY, TUESDAY = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 3, 9, tzinfo=UTC)


def test_looks_are_gathered_by_reader_view_and_subject() -> None:
    looks = [
        (MONDAY, "Lena", "pseudonym", "adoption.person"),
        (TUESDAY, "Lena", "pseudonym", "adoption.days"),
        (MONDAY, "Hanna", "named", "incentives.statement"),
    ]
    assert [say_gathered(one) for one in gather(looks)] == [
        "Lena · use of the CRM · as a pseudonym · 2 times, last on 3 Mar 2026, 09:00",
        "Hanna · pay and rewards · by name · once, on 2 Mar 2026, 09:00",
    ]


def test_days_of_notice_are_said_only_where_there_are_any() -> None:
    assert "days" not in say_conditions("the works council", 0)
    assert say_conditions("the works council", 14).endswith("It begins 14 days after it was told.")
