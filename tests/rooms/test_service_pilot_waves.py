"""Waves in the pilot's room: who may start, when help is short, what was promised."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from implement.db import utc_now
from implement.engine.support_load import SupportTerms
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.service.rollouts import list_waves, plan_wave
from implement.rollout.service.sign_off import mark_before
from implement.rollout.stages import Stage
from implement.rollout.tables import User
from implement.stages.pilot.service import waves
from implement.stages.pilot.service.criteria import ENTRY, judge_wave, list_unmet
from implement.web.access import Role
from tests.builders import a_member, a_rollout
from tests.rooms.waves_case import SUPPORT, a_rollout_in_waves, put_forward

TODAY = date(2026, 9, 21)


@pytest.fixture
def rollout_id(session: Session) -> int:
    """Two waves of six people a fortnight apart; the first has started."""
    return a_rollout_in_waves(TODAY)


@pytest.fixture
def carol(rollout_id: int) -> User:
    """The consultant."""
    return a_member(rollout_id, Role.CONSULTANT)


def unmet(rollout_id: int, place: int) -> set[str]:
    wave = list_waves(rollout_id)[place]
    return {one.criterion.terms.key for one in list_unmet(judge_wave(rollout_id, wave.id, ENTRY, TODAY))}


def plan(rollout_id: int, by: User, terms: SupportTerms = SUPPORT, version: int | None = None) -> None:
    waves.plan_support(rollout_id, terms, version=version, by=by, now=utc_now())


def test_the_next_wave_waits_for_the_one_before_and_for_help(rollout_id: int, carol: User) -> None:  # M23
    assert {"wave.entry.wave_before", "wave.entry.support"} <= unmet(rollout_id, 1)
    plan(rollout_id, carol)
    pilot = list_waves(rollout_id)[0]
    said = {"role": Role.CONSULTANT, "name": "Carol", "reason": "Seen elsewhere", "by": carol, "now": utc_now()}
    mark_before(rollout_id, pilot, Stage.PILOT, **said)  # type: ignore[arg-type]
    assert not {"wave.entry.wave_before", "wave.entry.support"} & unmet(rollout_id, 1)


def test_two_waves_in_one_week_are_short_of_help(rollout_id: int, carol: User) -> None:
    plan(rollout_id, carol)
    put_forward(rollout_id, 1, TODAY - timedelta(days=14), by=carol)
    assert "wave.entry.support" in unmet(rollout_id, 1)
    row = waves.list_rows(rollout_id)[1]
    assert [week.missing for week in waves.list_short_weeks(rollout_id, row, SUPPORT)] == [240]


def test_a_promise_stays_when_the_day_moves(rollout_id: int, carol: User) -> None:  # M24
    assert waves.promise_waves(rollout_id, by=carol, now=utc_now()) == 2
    put_forward(rollout_id, 1, TODAY + timedelta(days=9), by=carol)
    assert waves.promise_waves(rollout_id, by=carol, now=utc_now()) == 0
    assert [row.days_late for row in waves.list_rows(rollout_id)] == [0, 9]


def test_who_plans_help_at_the_same_time_overwrites_nobody(rollout_id: int, carol: User) -> None:
    plan(rollout_id, carol)
    with pytest.raises(EditedMeanwhile):
        plan(rollout_id, carol)
    plan(rollout_id, carol, version=1)


def test_help_that_nobody_needs_is_refused(rollout_id: int, carol: User) -> None:
    with pytest.raises(RuleBroken):
        plan(rollout_id, carol, SupportTerms(2, 600, (0, 0)))


def test_without_a_first_day_nothing_is_promised(session: Session) -> None:
    empty = a_rollout(company="Another firm")
    plan_wave(list_waves(empty.id)[0], go_live=None, by=a_member(empty.id, Role.LEAD), now=utc_now())
    assert waves.promise_waves(empty.id, by=a_member(empty.id, Role.LEAD), now=utc_now()) == 0
