"""Promises stand beside a frozen baseline and today's figure; what cannot be measured is not guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from implement.rollout.service.errors import RuleBroken
from implement.rollout.tables import User
from implement.stages.adoption.service.promises import (
    PromiseRow,
    freeze_baseline,
    list_promises,
    note_figure,
    read_baselines,
)
from implement.stages.adoption.tables import Baseline
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY
from tests.rooms.handover_house import an_export, the_store
from tests.rooms.transfer_case import Case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
HEAD = "deal_id,client,stage,amount,closed,owner"
FIRST = date(2025, 1, 15)


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def alice(rollout_id: int) -> User:
    return builders.a_user()


def purchases(clients: int, repeated: int) -> tuple[str, ...]:
    """So many clients who bought once, the first of them a second time; and a deal that is open."""
    days = [FIRST + timedelta(days=20 * number) for number in range(clients)]
    rows = [f"D{n},Client {n},Won,100,{day},bob" for n, day in enumerate(days)]
    rows += [f"E{n},Client {n},Won,100,{days[n] + timedelta(days=9)},bob" for n in range(repeated)]
    return (*rows, "X1,Client 1,Proposal,50,,bob")


def claim(rollout_id: int, name: str) -> PromiseRow:
    claims, effects = list_promises(rollout_id, store=the_store())
    return next(row for row in (*claims, *effects) if row.claim.id == name)


def freeze(rollout_id: int, by: User, measure: str, value: Decimal | None = None) -> Baseline:
    said = {"n": None, "note": "Timed for a week", "store": the_store(), "by": by, "now": NOW}
    return freeze_baseline(rollout_id, measure, value=value, **said)  # type: ignore[arg-type]


def test_repeat_purchases_before_and_today_come_from_the_lists(rollout_id: int, alice: User) -> None:  # M37
    Case(rollout_id, alice).hand_in("source", "old.csv", "\n".join([HEAD, *purchases(20, 2), ""]).encode())
    freeze(rollout_id, alice, "repeat_share")
    an_export(rollout_id, alice, purchases(20, 16))
    row = claim(rollout_id, "claim.repeat")
    assert row.baseline is not None and row.today is not None
    assert (row.baseline.value, row.baseline.n, row.baseline.origin) == (Decimal("0.1"), 20, "computed")
    assert (row.today.value, row.change, row.is_within_chance) == (Decimal("0.8"), Decimal(7), False)


def test_overlapping_ranges_are_no_change(rollout_id: int, alice: User) -> None:
    Case(rollout_id, alice).hand_in("source", "old.csv", "\n".join([HEAD, *purchases(20, 8), ""]).encode())
    freeze(rollout_id, alice, "repeat_share")
    an_export(rollout_id, alice, purchases(20, 10))
    assert claim(rollout_id, "claim.repeat").is_within_chance


def test_a_baseline_is_frozen_once(rollout_id: int, alice: User) -> None:
    freeze(rollout_id, alice, "routine_hours", Decimal("20"))
    with pytest.raises(RuleBroken):
        freeze(rollout_id, alice, "routine_hours", Decimal("30"))
    assert read_baselines(rollout_id)["routine_hours"].value == 20


def test_what_the_old_lists_do_not_tell_is_not_guessed(rollout_id: int, alice: User) -> None:
    with pytest.raises(RuleBroken):
        freeze(rollout_id, alice, "retention")
    row = claim(rollout_id, "claim.profit")
    assert (row.baseline, row.today, row.change) == (None, None, None)


def test_typed_figures_stand_beside_the_baseline_the_latest_holds(rollout_id: int, alice: User) -> None:  # M36
    freeze(rollout_id, alice, "routine_hours", Decimal("20"))
    said = {"n": 12, "note": "", "by": alice, "now": NOW, "today": SUNDAY}
    for hours in ("18", "15"):
        note_figure(rollout_id, "routine_hours", value=Decimal(hours), **said)  # type: ignore[arg-type]
    row = claim(rollout_id, "claim.routine_hours")
    assert row.today is not None
    assert (row.today.value, row.today.n, row.change) == (15, 12, Decimal("-0.25"))


def test_clicks_to_a_clients_whole_history_are_held_against_before(rollout_id: int, alice: User) -> None:  # M30
    freeze(rollout_id, alice, "clicks_to_history", Decimal("12"))
    said = {"n": 20, "note": "timed at the desk", "by": alice, "now": NOW, "today": SUNDAY}
    note_figure(rollout_id, "clicks_to_history", value=Decimal("3"), **said)  # type: ignore[arg-type]
    row = claim(rollout_id, "claim.support")
    assert row.today is not None and (row.today.value, row.today.n, row.change) == (3, 20, Decimal("-0.75"))


def test_what_is_computed_is_not_typed(rollout_id: int, alice: User) -> None:
    said = {"n": None, "note": "", "by": alice, "now": NOW, "today": SUNDAY}
    with pytest.raises(RuleBroken):
        note_figure(rollout_id, "retention", value=Decimal("0.5"), **said)  # type: ignore[arg-type]
