"""Each signal stands out for whoever shows it, with figures counted by hand, and for nobody else."""

from datetime import date
from pathlib import Path

import pytest

from implement.engine.resistance import Reason
from implement.engine.resistance.habits import Habits
from implement.engine.scoring import score
from tests.engine.usage.logs import PEOPLE, Event, a_log, an_event, read_folder, score_log, working_days, write_table

DAYS = working_days()
WINDOW = [day for day in DAYS if day >= date(2024, 1, 20)]
USERS = [{"user": user, "team": "north", "role": "sales", "manager": ""} for user in PEOPLE]


def reasons_of(folder: Path, events: list[Event], **tables: list[dict[str, str]]) -> dict[str, dict[str, Reason]]:
    scores = score_log(folder, events, users=USERS, **tables).scores
    return {row.user: {reason.signal: reason for reason in row.reasons} for row in scores}


def everybody(alices: list[Event], others: list[Event]) -> list[Event]:
    """One event a day of the window for each, so that k of n is 40 at most."""
    rest = [other | {"user": user} for user in PEOPLE[1:] for other in others]
    return [*a_log(), *alices, *rest]


def daily(**columns: str) -> list[Event]:
    return [an_event("alice", day, 11, **columns) for day in WINDOW]


DONE = {"object": "task", "action": "complete"}
ASSIGNED = {"object": "task", "action": "assign", "target_user": "alice"}
SHARES = [
    ("late", daily(effective_date="2024-01-01"), [an_event("", d, effective_date=str(d)) for d in WINDOW], (40, 40)),
    ("complete", daily(filled="2", total="10"), daily(filled="9", total="10"), (80, 400)),
    ("copy", daily(text_hash="same"), [an_event("", d, 11, text_hash=str(d)) for d in WINDOW], (39, 40)),
    ("narrow", daily(object="deal") * 3, daily(), (80, 200)),
    ("struggle", daily(action="error") * 4, daily(action="error"), (160, 40)),
]


@pytest.mark.parametrize(("signal", "alices", "others", "figures"), SHARES, ids=[case[0] for case in SHARES])
def test_a_habit_of_one_person_stands_out(
    tmp_path: Path, signal: str, alices: list[Event], others: list[Event], figures: tuple[int, int]
) -> None:
    found = reasons_of(tmp_path, everybody(alices, others))
    assert (found["alice"][signal].k, found["alice"][signal].n) == figures
    assert [user for user in PEOPLE if signal in found[user]] == ["alice"]


def test_tasks_left_lying_and_handed_on_stand_out(tmp_path: Path) -> None:
    given = [an_event("heidi", day, 9, **ASSIGNED | {"target_user": user}) for day in WINDOW for user in PEOPLE[:7]]
    done = [an_event(user, day, 12, **DONE) for day in WINDOW for user in PEOPLE[1:7]]
    passed_on = daily(object="task", action="reassign", target_user="heidi")[:30]
    alice = reasons_of(tmp_path, [*a_log(), *given, *done, *passed_on])["alice"]
    assert (alice["tasks"].k, alice["tasks"].n) == (0, 40)
    assert (alice["reassign"].k, alice["reassign"].n) == (30, 40)


def test_records_just_before_the_teams_meeting_stand_out(tmp_path: Path) -> None:
    meetings = [{"team": "north", "weekday": "3", "hour": "14"}]
    wednesdays = [day for day in WINDOW if day.isoweekday() == 3]
    eve = [an_event("alice", day, hour) for day in wednesdays for hour in (11, 12, 13) * 10]
    early = [an_event("bob", day, 10) for day in wednesdays for _ in range(30)]
    found = reasons_of(tmp_path, [*a_log(), *eve, *early], meetings=meetings)
    assert (found["alice"]["meeting_eve"].k, found["alice"]["meeting_eve"].n) == (240, 320)
    assert "meeting_eve" not in found["bob"]


def test_habits_of_an_older_log_count_no_more_than_there_is(tmp_path: Path) -> None:
    exchange, user_days = read_folder(write_table(tmp_path, "events", a_log()))
    older = Habits({"alice": {"eve": 500}}, frozenset({"meeting_eve"}))
    scores = score(user_days, exchange.workforce, habits=older).scores
    alice = next(reason for row in scores if row.user == "alice" for reason in row.reasons)
    assert (alice.signal, alice.k, alice.n) == ("meeting_eve", 80, 80)


def test_months_that_are_entered_in_their_last_four_days_stand_out(tmp_path: Path) -> None:
    last_days = [day for day in WINDOW if day in (date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29))]
    more = [an_event("alice", day) for day in last_days for _ in range(40)]
    alice = reasons_of(tmp_path, [*a_log(), *more])["alice"]["month_end"]
    assert (alice.k, alice.n) == (120 + 7 * 2, 200)


def test_deals_that_jump_through_their_stages_in_a_day_stand_out(tmp_path: Path) -> None:
    def deal(user: str, start: int, step: int) -> list[Event]:
        stages = {"object": "deal", "action": "stage", "record_id": f"{user}{start}"}
        return [an_event(user, WINDOW[start + step * n], 9 + n, **stages) for n in range(3)]

    jumps = [event for start in range(12) for event in deal("alice", start, 0)]
    walks = [event for user in PEOPLE[1:] for start in range(12) for event in deal(user, start, 2)]
    found = reasons_of(tmp_path, [*a_log(), *jumps, *walks])
    assert (found["alice"]["jump"].k, found["alice"]["jump"].n) == (12, 12)
    assert "jump" not in found["bob"]


def test_orders_the_crm_never_knew_stand_out(tmp_path: Path) -> None:
    orders = [
        {"order_id": f"{user}{n}", "user": user, "date": str(day), "crm_deal_id": "" if user == "alice" else f"d{n}"}
        for user in PEOPLE
        for n, day in enumerate(WINDOW[:12])
    ]
    found = reasons_of(tmp_path, a_log(), orders=orders)
    assert (found["alice"]["off_system"].k, found["alice"]["off_system"].n) == (0, 12)
    assert "off_system" not in found["bob"]


def test_a_search_for_a_lost_record_before_a_fall_speaks_of_the_data(tmp_path: Path) -> None:
    fall = DAYS[-22]
    kept = {str(day) for day in DAYS if day < fall or day in DAYS[-22::3]}
    events = [event for event in a_log() * 3 if event["user"] != "alice" or event["ts"][:10] in kept]
    vain = an_event("alice", fall, object="search", action="view", record_id="r7", hits="0")
    lost = [{"record_id": "r7", "user": "alice", "status": "lost"}]
    scoring = score_log(tmp_path, [*events, vain, vain | {"record_id": "r9"}], users=USERS, migration=lost)
    alice = scoring.scores[0].resistance
    assert {"drop", "lost_data"} <= {reason.signal for reason in alice.reasons}
    assert alice.fit.first == "data_allergy"


def test_heads_are_measured_against_other_heads(tmp_path: Path) -> None:
    users = [{"user": u, "team": "t", "role": "head", "manager": ""} for u in PEOPLE]
    users += [{"user": f"{u}2", "team": "t", "role": "sales", "manager": u} for u in PEOPLE]
    reports = [an_event(u, day, object="report", action="view") for u in PEOPLE[1:] for day in WINDOW]
    events = [*a_log(), *a_log([f"{u}2" for u in PEOPLE]), *reports]
    scores = {row.user: row for row in score_log(tmp_path, events, users=users).scores}
    assert "steer" in {reason.signal for reason in scores["alice"].reasons}
    assert scores["alice2"].reasons == () == scores["bob"].reasons
