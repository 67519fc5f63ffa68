"""Two looks at the same week, while somebody leaves, joins, moves or takes a word back, tell of nobody (R11)."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from implement.db import db
from implement.rollout.registries import Measure
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.staff import take_over_staff
from implement.rollout.tables import Person, User
from implement.stages.adoption.registered import measure_regular_use
from implement.stages.adoption.service import counted_staff, scoring
from implement.stages.adoption.service.bypasses import read_orders
from implement.stages.adoption.service.figures import Figures, read_figures
from implement.stages.adoption.service.loading import score_rollout
from implement.stages.adoption.shown_groups import Group
from implement.store import Store
from tests import builders
from tests.rooms.adoption_house import NOW, SECRET, SUNDAY, a_firm, a_log, a_row, a_usage, steady

TEAMS = {"North": 7, "East": 6, "South": 8}


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def alice(rollout_id: int, store: Store) -> User:
    """Everybody works with the CRM but one in the North."""
    by = a_firm(rollout_id, TEAMS)
    friday = SUNDAY - timedelta(days=2)
    orders = [f"O{number},north.{number},{friday},D1" for number in range(1, 8)]
    listed = "\n".join(["order_id,user,date,crm_deal_id", *orders]).encode()
    a_usage(rollout_id, store, by, events=a_log(steady(TEAMS, north_7=0.2)), orders=listed)
    return by


def look(rollout_id: int, store: Store, by: User, *, weeks_later: int = 0) -> Figures:
    later = timedelta(weeks=weeks_later)
    found = score_rollout(rollout_id, store=store, secret=SECRET, by=by, now=NOW + later, today=SUNDAY + later)
    assert found is not None
    figures = read_figures(rollout_id)
    assert figures is not None
    return figures


def leave_out(rollout_id: int, by: User, *users: str) -> None:
    for user in users:
        scoring.decide_on_user(rollout_id, user, decision="leave_out", reason="Left us", by=by, now=NOW)


def shown_of(group: Group) -> tuple[object, ...]:
    return group.weeks, group.usage, group.bands, group.sides, group.regular


def north_of(figures: Figures) -> Group:
    return next(team for team in figures.teams if team.name == "North")


def test_when_one_leaves_groups_keep_what_they_showed(rollout_id: int, alice: User, store: Store) -> None:
    first = look(rollout_id, store, alice)
    leave_out(rollout_id, alice, "north.7")
    second = look(rollout_id, store, alice)
    assert shown_of(north_of(second)) == shown_of(north_of(first)) and north_of(second).is_kept
    assert shown_of(second.whole) == shown_of(first.whole)


def test_a_gates_figure_is_the_same_before_and_after_one_leaves(rollout_id: int, alice: User, store: Store) -> None:
    look(rollout_id, store, alice)
    wave_id = list_waves(rollout_id)[0].id
    first = [measure_regular_use(rollout_id, wave, SUNDAY) for wave in (None, wave_id)]
    leave_out(rollout_id, alice, "north.7")
    look(rollout_id, store, alice)
    assert [measure_regular_use(rollout_id, wave, SUNDAY) for wave in (None, wave_id)] == first
    assert isinstance(first[0], Measure) and (first[0].value, first[0].n) == (Fraction(20, 21), 21)


def test_when_five_leave_groups_change(rollout_id: int, alice: User, store: Store) -> None:
    first = look(rollout_id, store, alice)
    leave_out(rollout_id, alice, *(f"south.{number}" for number in range(1, 9)))
    second = look(rollout_id, store, alice)
    assert second.whole.weeks != first.whole.weeks and not second.whole.is_kept
    assert (first.whole.regular, second.whole.regular) == ((20, 21), (12, 13))


def test_whoever_moves_is_told_by_neither_team(rollout_id: int, alice: User, store: Store) -> None:
    first = look(rollout_id, store, alice)
    moved = replace(a_row(1, "north.7", "East", "east.1", "Pilot"), row=1)
    take_over_staff(rollout_id, [moved], by=alice, now=NOW)
    second = look(rollout_id, store, alice)
    assert [shown_of(team) for team in second.teams] == [shown_of(team) for team in first.teams]


def test_the_days_figures_count_the_staff_anew_with_the_next_week(
    rollout_id: int, alice: User, store: Store
) -> None:
    first = look(rollout_id, store, alice)
    leave_out(rollout_id, alice, "north.7")
    a_usage(rollout_id, store, alice, more=a_log(steady(TEAMS), first_day=SUNDAY + timedelta(days=1),
                                                 last_day=SUNDAY + timedelta(days=5)))  # fmt: skip
    later = look(rollout_id, store, alice, weeks_later=1)
    assert sum(north_of(later).bands.values()) == 6
    assert north_of(later).weeks[:-1] == north_of(first).weeks


def test_orders_of_a_week_count_whoever_counted_then(rollout_id: int, alice: User) -> None:
    before = read_orders(rollout_id)
    gone = db.session.query(Person).filter_by(rollout_id=rollout_id, crm_user="north.7").one()
    gone.is_excluded = True
    db.session.flush()
    after = read_orders(rollout_id)
    assert before is not None and after is not None
    assert [one.weeks for one in after.groups] == [one.weeks for one in before.groups]


def test_orders_of_a_week_stay_when_the_first_day_of_a_wave_is_moved(rollout_id: int, alice: User) -> None:
    before = read_orders(rollout_id)
    plan_wave(list_waves(rollout_id)[0], go_live=SUNDAY - timedelta(days=1), by=alice, now=NOW)
    db.session.flush()
    after = read_orders(rollout_id)
    assert before is not None and after is not None and before.whole.recent.booked == 7
    assert [one.weeks for one in after.groups] == [one.weeks for one in before.groups]


def test_who_counts_is_noted_once_a_week(rollout_id: int, alice: User) -> None:
    counted_staff.note_counted(rollout_id, [1, 2], by=alice, now=NOW)
    assert counted_staff.list_agreed_then(rollout_id, SUNDAY) == frozenset()
    assert len(counted_staff.list_counted(rollout_id, SUNDAY)) == sum(TEAMS.values())
