"""Reductions need a listed ground, the person heard and a second person; a rule is tried out before it is released."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.control.incentives.service import reducing, rules
from implement.control.incentives.service.simulating import Compared, Simulation, simulate
from implement.engine.law import Terms
from implement.engine.pay.rule import Formula
from implement.rollout.service.errors import NotAllowed, NotFound, RuleBroken
from implement.rollout.service.rollouts import get_rollout
from tests.rooms.pay_house import AFTER, APRIL_1, CLIFF, FEEDS, LATE, MARCH, PayHouse, a_pay_house

Database = scoped_session[Session]
THAT_DAY = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def house(session: Database) -> PayHouse:
    """A firm that pays, ready for March."""
    made = a_pay_house()
    made.prepare()
    return made


def note(house: PayHouse, ground: str = "late", user: str = "north.2", sanctioned_on: date | None = None) -> object:
    """Hanna writes down that something happened."""
    said = {"happened_at": THAT_DAY, "note": "Entered a week later", "by": house.hanna, "now": AFTER}
    said["sanctioned_on"] = sanctioned_on
    return reducing.note_reduction(house.rollout_id, house.firm.people[user], ground, **said)


def test_a_reduction_counts_once_the_person_was_heard_and_a_second_person_approved(app: Flask, house: PayHouse) -> None:
    row = note(house)
    with pytest.raises(RuleBroken, match="heard first"):
        reducing.approve_reduction(row, by=house.alice, now=AFTER)
    with pytest.raises(NotAllowed, match="Only the person"):
        reducing.hear(house.own("south.2"), row, "It was me", by=house.bob, now=AFTER)
    reducing.hear(house.own(), row, "The CRM was down", by=house.bob, now=AFTER)
    with pytest.raises(NotAllowed, match="second person"):
        reducing.approve_reduction(row, by=house.hanna, now=AFTER)
    store = app.extensions["implement_store"]
    reducing.approve_reduction(row, by=house.alice, now=AFTER)
    assert house.compute(store).total_minor == 63_000
    assert [one.state for one in reducing.list_reductions(house.rollout_id, house.bob_id)] == ["approved"]


def test_a_reduction_that_was_only_noted_or_withdrawn_takes_nothing(app: Flask, house: PayHouse) -> None:
    note(house)
    row = note(house)
    reducing.withdraw_reduction(row, by=house.hanna, now=AFTER)
    assert house.compute(app.extensions["implement_store"]).total_minor == 68_000


@pytest.mark.parametrize(("ground", "user"), [("smoking", "north.2"), ("late", "south.2"), ("late", "north.3")])
def test_without_an_acknowledged_ground_nothing_is_noted(house: PayHouse, ground: str, user: str) -> None:  # R3
    with pytest.raises(RuleBroken, match="No regulation"):
        note(house, ground, user)


def test_a_ground_without_its_size_is_no_ground(session: Database) -> None:  # R2 of the product's rules
    house = a_pay_house()
    house.bind("north.2", terms=Terms(kpis=FEEDS, grounds=(replace(LATE, each=None, cap=None),)))
    with pytest.raises(RuleBroken, match="with its size"):
        note(house)


def let_count(house: PayHouse, sanctioned_on: date) -> None:
    """Noted, heard, let count by a second person."""
    row = note(house, sanctioned_on=sanctioned_on)
    reducing.hear(house.own(), row, "The CRM was down", by=house.bob, now=AFTER)
    reducing.approve_reduction(row, by=house.alice, now=AFTER)


@pytest.mark.parametrize(("day", "total"), [(date(2026, 3, 31), 63_000), (APRIL_1, 68_000)])
def test_a_sanction_takes_from_the_pay_of_its_own_month_only(
    app: Flask, house: PayHouse, day: date, total: int
) -> None:  # R2 of the product's rules
    let_count(house, day)
    assert house.compute(app.extensions["implement_store"]).total_minor == total


def test_under_russian_law_nothing_falls_without_a_sanction_in_time(house: PayHouse) -> None:  # R2
    get_rollout(house.rollout_id).legal_profile = "RU"
    with pytest.raises(RuleBroken, match="only for the month of a sanction"):
        note(house)
    with pytest.raises(RuleBroken, match="after what happened"):
        note(house, sanctioned_on=date(2026, 3, 9))
    assert note(house, sanctioned_on=date(2026, 3, 31)).sanctioned_on == date(2026, 3, 31)


def test_others_do_not_learn_of_a_reduction(house: PayHouse) -> None:
    row = note(house)
    with pytest.raises(NotFound):
        reducing.get_reduction(house.own("south.2"), row.id, sees_all=False)
    assert reducing.get_reduction(house.own(), row.id, sees_all=False).id == row.id


def test_a_rule_is_tried_out_on_a_past_month_against_the_rules_in_force(house: PayHouse) -> None:
    (row,) = rules.list_versions(house.rollout_id)
    said = {"by": house.hanna, "now": AFTER}
    tried = rules.begin_next(house.rollout_id, row.rule_id, valid_from=APRIL_1, **said)
    harder = replace(CLIFF.items[0], formula=Formula("cliff", ("0.9",)))
    rules.save_draft(tried, replace(CLIFF, items=(harder, CLIFF.items[1])), seen=tried.version, **said)
    simulated = simulate(house.rollout_id, tried, *MARCH)
    assert simulated is not None
    assert [(one.before_minor, one.after_minor) for one in simulated.people] == [(68_000, 20_000)]
    assert simulated.is_withheld


@pytest.mark.parametrize(
    ("differences", "is_withheld"),
    [([1] * 5, False), ([1] * 5 + [-1] * 5, False), ([1] * 9 + [-1], True), ([0] * 4, True), ([], True)],
)
def test_winners_and_losers_are_told_only_where_nobody_is_pointed_at(
    differences: list[int], is_withheld: bool
) -> None:  # R11 of the product's rules
    people = tuple(Compared(who, 100, 100 + more) for who, more in enumerate(differences))
    assert Simulation(MARCH[0], people, 0).is_withheld is is_withheld
