"""The clocks of a chain on the CRM's events: chosen kinds move them, the head is told once, the past is only shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from implement.engine.rehearsal import ChainStep, EventKind, OrderRun, OrdersAsked, OrdersFound
from implement.rollout.order_logs import OrderLog
from implement.rollout.service.errors import RuleBroken
from implement.rollout.tables import OutboxMail, User
from implement.stages.pilot.service import chains, following, rehearsals, telling
from implement.stages.pilot.tables import OrderChain, Rehearsal
from implement.store import Store
from implement.web.access import Role
from tests.builders import a_member, a_rollout

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
STEPS = tuple(ChainStep(name, role, minutes) for name, role, minutes in (
    ("Call back", "Salesperson", 30), ("Measure", "Fitter", 60), ("Price", "Back office", 60),
))  # fmt: skip
CAME, CALLED, PRICED = EventKind("deal", "create"), EventKind("deal", "stage", "Called"), EventKind("deal", "update")


class Log:
    """A log as another room knows it; `tell` brings new events."""

    def __init__(self) -> None:
        self.edition, self.found = 0, OrdersFound((), NOON)

    def tell(self, *runs: OrderRun, until: datetime) -> None:
        self.edition, self.found = self.edition + 1, OrdersFound(runs, until)

    def find(self, rollout_id: int, asked: OrdersAsked, store: Store) -> OrdersFound:
        return self.found

    def as_registered(self) -> OrderLog:
        return OrderLog(lambda rollout_id: self.edition, lambda rollout_id, store: [], self.find, "hall.nowhere")


@pytest.fixture
def rollout_id(session: Session) -> int:
    """A rollout."""
    return a_rollout().id


@pytest.fixture
def alice(rollout_id: int) -> User:
    """Its lead."""
    return a_member(rollout_id, Role.LEAD)


@pytest.fixture
def chain(rollout_id: int, alice: User) -> OrderChain:
    """Three steps, of which two are told by events."""
    row = chains.begin_chain(rollout_id, "Order", STEPS, team_id=None, by=alice, now=NOON)
    first, _second, third = chains.list_steps(row)
    following.choose_kinds(row, CAME, {first.id: CALLED, third.id: PRICED}, by=alice, now=NOON)
    return row


@pytest.fixture
def log() -> Log:
    """Nothing known yet."""
    return Log()


def follow(chain: OrderChain, log: Log, by: User, store: Store) -> Rehearsal:
    return following.follow(chain, MONDAY, log.as_registered(), store, by=by, now=NOON)


def catch_up(log: Log, now: datetime) -> list[bool]:
    return [following.catch_up(due, log.found, now=now) for due in following.list_due(log.as_registered())]


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_events_move_the_clocks_of_the_steps_they_tell_of(
    chain: OrderChain, log: Log, alice: User, store: Store
) -> None:  # M76, M78
    log.tell(OrderRun("D1", NOON, {0: after(20)}, {0: "bob"}), until=after(60))
    row = follow(chain, log, alice, store)
    outcome = rehearsals.sum_up(row, NOON)
    assert [(step.title, step.minutes) for step in outcome.steps] == [("Call back", 30), ("Price", 120)]
    assert [(one.name, one.in_time, one.n) for one in outcome.by_role] == [("Salesperson", 1, 1), ("Back office", 0, 0)]
    assert [(one.due_at, one.done_by) for one in rehearsals.list_clocks(row)] == [(after(30), "bob"), (after(140), "")]


def test_clocks_go_on_as_events_come_in_and_stop_when_it_is_ended(
    chain: OrderChain, log: Log, alice: User, store: Store
) -> None:  # M78, M79
    log.tell(OrderRun("D1", NOON, {}), until=after(10))
    row = follow(chain, log, alice, store)
    assert catch_up(log, after(11)) == []
    log.tell(OrderRun("D1", NOON, {0: after(40), 1: after(90)}), OrderRun("D2", after(80), {}), until=after(95))
    assert catch_up(log, after(100)) == [True]
    whole = rehearsals.sum_up(row, NOON).whole
    assert (whole.in_time, whole.n) == (1, 2)
    following.end_following(row, by=alice, now=after(101))
    log.tell(until=after(200))
    assert catch_up(log, after(201)) == []


def test_the_head_is_told_once_of_a_real_step_that_is_known_to_be_late(
    chain: OrderChain, log: Log, alice: User, store: Store, session: Session
) -> None:  # M77
    log.tell(OrderRun("D0", after(-90), {}), until=after(1))
    follow(chain, log, alice, store)
    told = [telling.tell_heads(now=after(1))]
    log.tell(*(OrderRun(order, after(at), {}) for order, at in (("D0", -90), ("D1", 2), ("D2", 3))), until=after(20))
    for until in (20, 34, 300):
        log.tell(*log.found.runs, until=after(until))
        catch_up(log, after(600))
        told.append(telling.tell_heads(now=after(600)))
    assert told == [0, 0, 2, 0]
    assert session.scalars(select(OutboxMail.subject)).all() == ["Order: 2 steps are late"]
    assert len(telling.list_hanging(chain.rollout_id, None, after(600))) == 2


def test_two_who_read_the_same_events_move_the_clocks_once(
    chain: OrderChain, log: Log, alice: User, store: Store
) -> None:
    follow(chain, log, alice, store)
    log.tell(OrderRun("D1", NOON, {}), until=after(10))
    due = following.list_due(log.as_registered())[0]
    assert [following.catch_up(due, log.found, now=after(11)) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("request_kind", "first", "third"), [(None, CALLED, PRICED), (CAME, None, None), (CAME, CAME, PRICED)]
)
def test_each_step_that_is_told_has_an_event_of_its_own(
    chain: OrderChain, alice: User, request_kind: EventKind | None, first: EventKind | None, third: EventKind | None
) -> None:
    steps = chains.list_steps(chain)
    with pytest.raises(RuleBroken):
        following.choose_kinds(chain, request_kind, {steps[0].id: first, steps[2].id: third}, by=alice, now=NOON)


def test_following_anew_ends_what_was_followed(chain: OrderChain, log: Log, alice: User, store: Store) -> None:
    first, second = follow(chain, log, alice, store), follow(chain, log, alice, store)
    found = [following.find_following(row) for row in (first, second)]
    assert [one is not None and one.ended_at for one in found] == [NOON, None]
