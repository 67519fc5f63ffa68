"""Usage comes in whole and once, handed in twice, in pieces or in parallel; and the right people are scored."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.jobs import JobRefused
from implement.rollout.registries import Withheld
from implement.rollout.service.log import find_broken_row
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.usage import list_absences, list_staff
from implement.rollout.tables import UsageDay
from implement.stages.adoption.found_tables import HandedIn, find_tables
from implement.stages.adoption.registered import measure_regular_use
from implement.stages.adoption.service import taking
from implement.stages.adoption.service.figures import read_figures
from implement.stages.adoption.service.loading import score_rollout
from implement.stages.adoption.service.scoring import decide_on_user
from implement.stages.adoption.service.uploads import note_found, note_upload
from implement.stages.adoption.tables import LeftOut, LogPart, PersonScore
from implement.store import Store
from tests import builders
from tests.rooms.adoption_house import (
    GO_LIVE,
    HEADER,
    NOW,
    SECRET,
    SUNDAY,
    a_firm,
    a_log,
    a_usage,
    an_event,
    person_id_of,
    steady,
)

Database = scoped_session[Session]
TEAM = {"North": 6}
MIDDLE = GO_LIVE + timedelta(days=35)


@pytest.fixture
def store(app: Flask) -> Store:
    """Where files are kept."""
    found: Store = app.extensions["implement_store"]
    return found


def days(session: Database) -> list[tuple[str, date, int, int]]:
    """Every user's days as they are kept."""
    asked = select(UsageDay.crm_user, UsageDay.day, UsageDay.events, UsageDay.records)
    return [tuple(row) for row in session.execute(asked.order_by(UsageDay.crm_user, UsageDay.day))]


def test_the_same_file_twice_is_there_once(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    once = a_usage(rollout.id, store, by, events=a_log(steady(TEAM)))
    first = days(session)
    twice = a_usage(rollout.id, store, by, events=a_log(steady(TEAM)))
    assert days(session) == first and once and twice and once.groups == twice.groups
    assert session.scalar(select(func.count(LogPart.id))) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_parts_that_overlap_count_like_the_whole(session: Database, store: Store, order: tuple[int, ...]) -> None:
    whole, pieces = builders.a_rollout(), builders.a_rollout(company="Pieces AG")
    pace, week = steady(TEAM), timedelta(days=7)
    parts = [
        a_log(pace, last_day=MIDDLE),
        a_log(pace, first_day=GO_LIVE + week, last_day=MIDDLE + week),
        a_log(pace, first_day=MIDDLE - week),
    ]
    lines = sorted({line for part in parts for line in part.decode().splitlines()[1:]})
    a_usage(whole.id, store, a_firm(whole.id, TEAM), events="\n".join([HEADER, *lines]).encode())
    by = a_firm(pieces.id, TEAM)
    for number in order:
        a_usage(pieces.id, store, by, events=parts[number])
    assert days_of(session, pieces.id) == days_of(session, whole.id)


def days_of(session: Database, rollout_id: int) -> list[tuple[str, date, int, int]]:
    asked = select(UsageDay.crm_user, UsageDay.day, UsageDay.events, UsageDay.records)
    rows = session.execute(asked.where(UsageDay.rollout_id == rollout_id).order_by(UsageDay.crm_user, UsageDay.day))
    return [tuple(row) for row in rows]


def test_what_one_file_tells_twice_happened_twice(session: Database, store: Store) -> None:
    rollout, event = builders.a_rollout(), an_event("north.1", SUNDAY, 1).encode() + b"\n"
    by, log = a_firm(rollout.id, TEAM), a_log(steady(TEAM))
    for times in (2, 1):
        a_usage(rollout.id, store, by, events=log + event * times)
    assert [(user, events) for user, day, events, _ in days(session) if day == SUNDAY] == [("north.1", 2)]


def test_the_second_of_two_imports_at_once_is_told_to_compute_anew(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    tasks = [prepared(rollout.id, store, by, a_log({f"north.{n}": 0.9})) for n in (1, 2)]
    computed = [taking.compute(task, store) for task in tasks]
    assert taking.keep(tasks[0], computed[0], by=by, now=NOW) is not None
    assert taking.keep(tasks[1], computed[1], by=by, now=NOW) is None
    again = taking.prepare(rollout.id, tasks[1].upload_id, store)
    assert taking.keep(again, taking.compute(again, store), by=by, now=NOW) is not None
    assert {user for user, *_ in days(session)} == {"north.1", "north.2"}


def prepared(rollout_id: int, store: Store, by: object, content: bytes) -> taking.Taking:
    """An upload of one file, read, and ready to be taken over."""
    files = [HandedIn("events.csv", store.put(BytesIO(content)).sha256)]
    upload = note_upload(rollout_id, files, by=by, now=NOW)  # type: ignore[arg-type]
    note_found(upload, find_tables(files, store), by=None, now=NOW)
    return taking.prepare(rollout_id, upload.id, store)


def test_everything_that_is_written_is_in_the_log(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    a_usage(rollout.id, store, a_firm(rollout.id, TEAM), events=a_log(steady(TEAM)))
    session.commit()
    assert find_broken_row() is None


def test_robots_test_accounts_strangers_and_nobody_are_listed_not_lost(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    others = [an_event(user, MIDDLE, 1) for user in ("mail-sync", "test", "admin1", "stranger", "")]
    log = a_log(steady(TEAM)) + "\n".join(others).encode() + b"\n"
    a_usage(rollout.id, store, a_firm(rollout.id, TEAM), events=log)
    found = {row.crm_user: row.code for row in session.scalars(select(LeftOut))}
    assert found == {
        "mail-sync": "robot_name", "test": "test_account", "admin1": "admin_account", "stranger": "unknown_user",
        "": "blank_user",
    }  # fmt: skip


def test_a_decision_by_hand_holds_until_another_is_made(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    a_usage(rollout.id, store, by, events=a_log(steady(TEAM)))
    counts = []
    for decision in ("leave_out", "undecided"):
        decide_on_user(rollout.id, "north.2", decision=decision, reason="on loan", by=by, now=NOW)
        found = score_rollout(rollout.id, store=store, secret=SECRET, by=by, now=NOW, today=SUNDAY)
        counts.append(found.people_count if found else 0)
    assert counts == [5, 6]


def test_a_person_named_like_a_machine_can_be_let_count(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, {"Bot": 6})
    a_usage(rollout.id, store, by, events=a_log(steady({"Bot": 6})))
    before = read_figures(rollout.id)
    for number in range(1, 7):
        decide_on_user(rollout.id, f"bot.{number}", decision="count", reason="a person", by=by, now=NOW)
    score_rollout(rollout.id, store=store, secret=SECRET, by=by, now=NOW, today=SUNDAY)
    after = read_figures(rollout.id)
    assert before and after and (before.people, after.people) == (0, 6)


def test_days_away_are_no_silence_and_why_is_not_kept(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    away_from = SUNDAY - timedelta(days=20)
    log = a_log(steady(TEAM, north_2=0.0)) + a_log({"north.2": 0.9}, last_day=away_from).split(b"\n", 1)[1]
    a_usage(rollout.id, store, by, events=log)
    found = read_band(session, rollout.id, "north.2")
    absences = f"user,from,to,kind\nnorth.2,{away_from + timedelta(days=1)},{SUNDAY},sickness\n".encode()
    a_usage(rollout.id, store, by, absences=absences)
    assert (found, read_band(session, rollout.id, "north.2")) == ("at_risk", "active")
    assert [span.last_day for span in list_absences(rollout.id)] == [SUNDAY]


def read_band(session: Database, rollout_id: int, crm_user: str) -> str | None:
    mine = PersonScore.person_id == person_id_of(rollout_id, crm_user)
    return session.scalar(select(PersonScore.band).where(mine).order_by(PersonScore.id.desc()).limit(1))


def test_a_wave_that_has_not_begun_is_not_silent(session: Database, store: Store) -> None:
    rollout, teams = builders.a_rollout(), {"North": 6, "Later": 6}
    by = a_firm(rollout.id, teams, waves={"Later": "Wave 2"})
    plan_wave(list_waves(rollout.id)[1], go_live=None, by=by, now=NOW)
    a_usage(rollout.id, store, by, events=a_log(steady(TEAM)))
    figures = read_figures(rollout.id)
    assert figures is not None
    assert [group.has_begun for group in figures.waves] == [True, False]


def test_users_who_come_along_are_put_on_the_staff(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    users = "user,team,role,go_live\n" + "".join(f"new.{n},New,seller,{GO_LIVE}\n" for n in range(1, 7))
    a_usage(rollout.id, store, by, events=a_log(steady({"New": 6}) | steady(TEAM)), users=users.encode())
    assert sum(one.crm_user.startswith("new.") for one in list_staff(rollout.id)) == 6
    figures = read_figures(rollout.id)
    assert figures is not None and figures.people == 12


def test_a_log_with_unreadable_times_is_refused_as_a_whole(session: Database, store: Store) -> None:
    rollout = builders.a_rollout()
    by = a_firm(rollout.id, TEAM)
    log = a_log(steady(TEAM)) + b"north.1,soon,contact,create,x,manual,,1,1\n" * 400
    with pytest.raises(JobRefused):
        a_usage(rollout.id, store, by, events=log)
    assert days(session) == []


def test_few_users_are_not_measured_for_a_gate(session: Database, store: Store) -> None:  # M24 R11
    rollout = builders.a_rollout()
    a_usage(rollout.id, store, a_firm(rollout.id, {"Tiny": 3}), events=a_log(steady({"Tiny": 3})))
    assert measure_regular_use(rollout.id, None, SUNDAY) == Withheld()
