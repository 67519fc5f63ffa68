"""Tests before people: scenarios from acceptance tests, named testers, evidence, defects that close when it works."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implement.db import db, utc_now
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.tables import LogRow, User
from implement.stages.pilot.service import defects, scenarios
from implement.stages.pilot.service.defects import DefectSaid
from implement.stages.pilot.service.scenarios import Said, ScenarioRow
from implement.stages.specification.service.requirements import RequirementText, add_requirement
from implement.web.access import Role, Standing
from tests.builders import a_member, a_rollout
from tests.rooms.disposing import look_through

NOW = utc_now()
WORKS, BROKEN = Said("passed", "", "", "normal"), Said("failed", "Nothing came", "The mail is not sent", "grave")


@pytest.fixture
def rollout_id(session: Session, app: Flask) -> int:
    """A rollout with two requirements, of which one says how it is tested."""
    rollout, store = a_rollout(), app.extensions["implement_store"]
    by = a_member(rollout.id, Role.CONSULTANT)
    for test in ("Send a request and leave it", ""):
        said = RequirementText(f"Requests are seen {test}", test, "must", None, "", "")
        add_requirement(rollout.id, said, store, by=by, now=NOW)
    scenarios.take_up_tests(rollout.id, by=by, now=NOW)
    return rollout.id


@pytest.fixture
def bob(rollout_id: int) -> User:
    """The tester of the only scenario."""
    seller = a_member(rollout_id, Role.SALESPERSON)
    scenarios.name_tester(scenario(rollout_id), seller.id, by=seller, now=NOW)
    return seller


def scenario(rollout_id: int) -> scenarios.Scenario:
    return scenarios.get_scenario(rollout_id, row_of(rollout_id).id)


def row_of(rollout_id: int) -> ScenarioRow:
    (row,) = scenarios.list_scenarios(rollout_id)
    return row


def attempt(rollout_id: int, by: User, said: Said, minutes: int = 1) -> None:
    standing = Standing(rollout_id, frozenset({Role.SALESPERSON}), None)
    at = NOW + timedelta(minutes=minutes)
    scenarios.try_scenario(scenario(rollout_id), said, evidence=None, standing=standing, by=by, now=at)


def test_a_requirement_with_a_test_becomes_a_scenario_once(rollout_id: int, bob: User) -> None:  # M18
    assert (row_of(rollout_id).text, row_of(rollout_id).state) == ("Send a request and leave it", "untried")
    assert scenarios.take_up_tests(rollout_id, by=bob, now=NOW) == 0


def test_what_a_trial_finds_comes_into_the_register_and_closes_when_it_works(rollout_id: int, bob: User) -> None:
    attempt(rollout_id, bob, BROKEN)
    (found,) = defects.list_defects(rollout_id)
    assert (found.number, found.gravity, defects.count_defects(rollout_id).grave) == (1, "grave", 1)
    mended = DefectSaid(found.title, "grave", bob.id, "to_retest", "New key")
    defects.change_defect(found, mended, version=found.version, by=bob, now=NOW)
    attempt(rollout_id, bob, WORKS, minutes=9)
    assert (found.state, row_of(rollout_id).state) == ("closed", "passed")


def test_only_the_named_tester_tries_and_a_failure_is_described(rollout_id: int, bob: User) -> None:
    with pytest.raises(NotAllowed):
        attempt(rollout_id, a_member(rollout_id, Role.SALESPERSON), WORKS)
    with pytest.raises(RuleBroken):
        attempt(rollout_id, bob, Said("failed", " ", "", "normal"))
    assert scenarios.list_trials(scenario(rollout_id)) == []


def test_a_changed_test_is_to_be_tried_again(rollout_id: int, bob: User) -> None:
    attempt(rollout_id, bob, WORKS)
    row = scenario(rollout_id)
    row.text = "As it once read"
    assert scenarios.count_news(rollout_id) == 1
    assert scenarios.take_up_tests(rollout_id, by=bob, now=NOW + timedelta(hours=1)) == 1
    assert (row_of(rollout_id).state, row_of(rollout_id).is_renewed) == ("untried", True)


def test_a_tester_is_somebody_who_works_with_the_crm(rollout_id: int, bob: User) -> None:
    council = a_member(rollout_id, Role.COUNCIL)
    with pytest.raises(RuleBroken):
        scenarios.name_tester(scenario(rollout_id), council.id, by=bob, now=NOW)


def test_who_tried_is_forgotten_and_the_newest_result_stays(rollout_id: int, bob: User, app: Flask) -> None:  # R10
    for minutes, said in enumerate((Said("failed", "Nothing came", "", "normal"), WORKS), 1):
        attempt(rollout_id, bob, said, minutes)
    tried = scenarios.list_trials(scenario(rollout_id))[0].at.date()
    assert look_through(app, rollout_id, tried + timedelta(days=396)) == {}
    assert look_through(app, rollout_id, tried + timedelta(days=397)) == {"trials": 2}
    db.session.expire_all()
    assert [(one.result, one.by_name) for one in scenarios.list_trials(scenario(rollout_id))] == [("passed", "")]
    assert row_of(rollout_id).state == "passed"
    assert "retention:trials" in set(db.session.scalars(select(LogRow.subject)))
