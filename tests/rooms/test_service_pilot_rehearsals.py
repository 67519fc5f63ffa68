"""Rehearsals of a chain: the same for the same seed, files with all faults, live clocks, one mail for a late step."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implement.db import db
from implement.engine.rehearsal import OrderRun, RunFault
from implement.rollout.service.calendar import choose_calendar
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import LogRow, OutboxMail, User
from implement.stages.pilot.service import chains, hours, rehearsals, telling
from implement.stages.pilot.service.rehearsals import RunsFile
from implement.stages.pilot.tables import OrderChain
from implement.web.access import Role
from tests.builders import a_member, a_rollout
from tests.rooms.disposing import look_through

MONDAY = date(2026, 12, 21)
NOON = datetime(2026, 12, 21, 11, tzinfo=UTC)
ORDER = (
    ("Fill in the contact's card and call back", "Salesperson", 30),  # M76, M77
    ("Give the task “measure” with day and hour", "Salesperson", 20),  # M78
    ("Measure and enter the result", "Fitter", 240),  # M78, M79
    ("Work the price out", "Back office", 60),  # M79
    ("Agree and send the document made from the template", "Salesperson", 30),  # M80
    ("Book the payment, set “installation”, tell the fitter", "Back office", 20),  # M81
    ("Report the finished order to the head", "Fitter", 15),  # M82
)


@pytest.fixture
def rollout_id(session: Session) -> int:
    """A rollout with the holidays of Germany."""
    rollout = a_rollout()
    choose_calendar(rollout.id, None, "DE", by=a_member(rollout.id, Role.CONSULTANT), now=NOON)
    return rollout.id


@pytest.fixture
def alice(rollout_id: int) -> User:
    """The lead."""
    return a_member(rollout_id, Role.LEAD)


@pytest.fixture
def chain(rollout_id: int, alice: User) -> OrderChain:
    """The order chain that comes with the product."""
    start = chains.list_starts(rollout_id, "en")[0]
    return chains.begin_chain(rollout_id, start.title, start.steps, team_id=None, by=alice, now=NOON)


def clocks_of(chain: OrderChain, alice: User, seed: int) -> list[tuple[object, ...]]:
    row = rehearsals.simulate(chain, seed, 12, MONDAY, by=alice, now=NOON)
    return [(one.order_number, one.place, one.due_at, one.done_at) for one in rehearsals.list_clocks(row)]


def count_mails(session: Session) -> int:
    return session.scalar(select(func.count(OutboxMail.id))) or 0


def test_the_chain_of_an_order_has_seven_steps_with_role_and_clock(chain: OrderChain) -> None:  # M76–M82
    assert tuple((step.title, step.role, step.minutes) for step in chains.list_steps(chain)) == ORDER


def test_the_same_seed_gives_the_same_rehearsal(chain: OrderChain, alice: User) -> None:
    drawn = [clocks_of(chain, alice, seed) for seed in (3, 3, 4)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert len({number for number, *_rest in drawn[0]}) == 12


def test_a_rehearsal_keeps_its_steps_when_the_chain_changes(chain: OrderChain, alice: User) -> None:
    row = rehearsals.simulate(chain, 1, 5, MONDAY, by=alice, now=NOON)
    chains.remove_step(chain, chains.list_steps(chain)[0].id, by=alice, now=NOON)
    assert len(rehearsals.sum_up(row, NOON).steps) == 7
    assert len(chains.list_steps(chain)) == 6


def test_clocks_stand_still_over_christmas(chain: OrderChain, alice: User, rollout_id: int) -> None:
    hours.set_hours(rollout_id, 540, 1020, "12345", by=alice, now=NOON)
    late = datetime(2026, 12, 24, 15, 50, tzinfo=UTC)
    clock = rehearsals.begin_order(rehearsals.start_live(chain, by=alice, now=late), "17", by=alice, now=late)
    assert clock.due_at == datetime(2026, 12, 28, 8, 20, tzinfo=UTC)


def test_the_head_is_told_once_of_a_late_step(chain: OrderChain, alice: User, session: Session) -> None:  # M77
    row = rehearsals.start_live(chain, by=alice, now=NOON)
    rehearsals.begin_order(row, "17", by=alice, now=NOON)
    assert telling.tell_heads(now=NOON + timedelta(minutes=30)) == 0
    told = [telling.tell_heads(now=NOON + timedelta(minutes=minutes)) for minutes in (31, 32, 600)]
    assert (told, count_mails(session)) == ([1, 0, 0], 1)
    assert len(telling.list_hanging(chain.rollout_id, None, NOON + timedelta(minutes=40))) == 1


def test_a_finished_step_starts_the_next_clock_and_twice_is_once(chain: OrderChain, alice: User) -> None:  # M78
    row = rehearsals.start_live(chain, by=alice, now=NOON)
    clock = rehearsals.begin_order(row, "17", by=alice, now=NOON)
    done = NOON + timedelta(minutes=10)
    for now in (done, done + timedelta(minutes=5)):
        rehearsals.finish_step(row, clock.id, by=alice, now=now)
    assert [(one.place, one.done_at) for one in rehearsals.list_clocks(row)] == [(0, done), (1, None)]


def test_what_people_do_belongs_to_a_live_rehearsal(chain: OrderChain, alice: User) -> None:
    live, drawn = rehearsals.start_live(chain, by=alice, now=NOON), rehearsals.simulate(
        chain, 1, 1, MONDAY, by=alice, now=NOON
    )  # fmt: skip
    rehearsals.begin_order(live, "17", by=alice, now=NOON)
    with pytest.raises(RuleBroken):
        rehearsals.begin_order(live, " 17 ", by=alice, now=NOON)
    with pytest.raises(RuleBroken):
        rehearsals.begin_order(drawn, "18", by=alice, now=NOON)
    with pytest.raises(NotFound):
        rehearsals.finish_step(live, 987_654, by=alice, now=NOON)


def read(chain: OrderChain, folder: Path, text: str) -> RunsFile:
    path = folder / "runs.csv"
    path.write_text(text, encoding="utf-8")
    return rehearsals.read_file(chain, path, "runs.csv", folder)


def test_a_file_of_what_happened_runs_against_the_same_clocks(chain: OrderChain, alice: User, tmp_path: Path) -> None:
    found = read(chain, tmp_path, "order;step;at\nA1;;2026-12-21 12:00\nA1;1;2026-12-21 12:31\n")
    row = rehearsals.take_runs(chain, found, name="runs.csv", sha256="0" * 64, by=alice, now=NOON + timedelta(days=9))
    outcome = rehearsals.sum_up(row, NOON)
    assert (outcome.whole.in_time, outcome.whole.n, outcome.whole.hanging) == (0, 2, 1)
    assert [(one.place, one.done_at is None) for one in outcome.late] == [(0, False), (1, True)]


def test_a_file_with_faults_is_not_half_taken(chain: OrderChain, alice: User) -> None:
    came = OrderRun("A1", NOON, {})
    for found in (RunsFile((came,), (RunFault(3, "step", "no_such_step", "Paint"),)), RunsFile(())):
        with pytest.raises(RuleBroken):
            rehearsals.take_runs(chain, found, name="runs.csv", sha256="0" * 64, by=alice, now=NOON)
    assert rehearsals.find_newest(chain.rollout_id) is None


def test_who_did_a_step_is_forgotten_and_the_clock_stays(
    chain: OrderChain, alice: User, rollout_id: int, app: Flask
) -> None:  # R10
    row = rehearsals.start_live(chain, by=alice, now=NOON)
    clock = rehearsals.begin_order(row, "17", by=alice, now=NOON)
    rehearsals.finish_step(row, clock.id, by=alice, now=NOON)
    assert look_through(app, rollout_id, MONDAY + timedelta(days=396)) == {}
    assert look_through(app, rollout_id, MONDAY + timedelta(days=397)) == {"order_clocks": 2}
    db.session.expire_all()
    kept = rehearsals.list_clocks(row)[0]
    assert (kept.done_at, kept.done_by) == (NOON, "")
    assert "retention:order_clocks" in set(db.session.scalars(select(LogRow.subject)))
