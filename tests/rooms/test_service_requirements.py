"""Requirements follow from findings and tasks, keep their numbers, and no editor overwrites another."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.tables import User
from implement.stages.specification.service import requirements as service
from implement.store import Store
from implement.web.access import Role
from tests import builders
from tests.rooms.specification_case import NOW, SAID, a_requirement, findings_of, origins_of


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def carol(rollout_id: int) -> User:
    return builders.a_member(rollout_id, Role.CONSULTANT)


def test_a_finding_becomes_a_requirement_once(rollout_id: int, carol: User, store: Store) -> None:  # M2
    finding = findings_of(rollout_id)[0]
    made = [service.take_up_origin(rollout_id, finding.choice, store, by=carol, now=NOW) for _ in range(2)]
    assert made[0] is made[1]
    assert (made[0].text, made[0].priority) == (finding.proposal, "must")
    assert [one.said for one in service.list_origins_of(made[0].id)] == [finding.said]


def test_a_task_is_traced_to_its_requirement(rollout_id: int, carol: User) -> None:  # M2
    task = origins_of(rollout_id)[0]
    row = a_requirement(rollout_id, carol, task)
    assert task.said == "Know each customer"
    assert service.list_taken_up(rollout_id, "aim") == {task.key: (row.id, 1)}


def test_a_finding_that_went_away_stays_with_its_requirement(rollout_id: int, carol: User, store: Store) -> None:
    finding, task = findings_of(rollout_id)[0], origins_of(rollout_id)[0]
    row = a_requirement(rollout_id, carol, finding)
    service.list_origins_of(row.id)[0].key = "finding-audit-that-was-answered-otherwise"
    kept = ("finding:finding-audit-that-was-answered-otherwise", task.choice)
    service.change_requirement(row, replace(SAID, origins=kept), store, version=row.version, by=carol, now=NOW)
    assert [one.said for one in service.list_origins_of(row.id)] == [finding.said, task.said]


def test_an_unknown_finding_makes_no_requirement(rollout_id: int, carol: User, store: Store) -> None:
    with pytest.raises(NotFound):
        service.take_up_origin(rollout_id, "finding:own-77", store, by=carol, now=NOW)
    row = a_requirement(rollout_id, carol)
    with pytest.raises(RuleBroken):
        service.change_requirement(
            row, replace(SAID, origins=("finding:own-77",)), store, version=row.version, by=carol, now=NOW
        )


def test_a_second_editor_sees_both_texts_and_overwrites_nothing(rollout_id: int, carol: User, store: Store) -> None:
    row = a_requirement(rollout_id, carol)
    seen = row.version
    service.change_requirement(row, replace(SAID, text="First"), store, version=seen, by=carol, now=NOW)
    with pytest.raises(EditedMeanwhile) as conflict:
        service.change_requirement(row, replace(SAID, text="Second"), store, version=seen, by=carol, now=NOW)
    assert (row.text, conflict.value.theirs[:5], conflict.value.mine[:6]) == ("First", "First", "Second")


def test_a_number_is_never_given_twice(rollout_id: int, carol: User) -> None:
    first, second = a_requirement(rollout_id, carol), a_requirement(rollout_id, carol)
    service.remove_requirement(second, is_back=False, by=carol, now=NOW)
    assert [first.number, second.number, a_requirement(rollout_id, carol).number] == [1, 2, 3]
    assert service.count_requirements(rollout_id) == {"must": 2}
    service.remove_requirement(second, is_back=True, by=carol, now=NOW)
    assert service.count_requirements(rollout_id) == {"must": 3}


def test_what_hangs_in_the_air_is_counted(rollout_id: int, carol: User) -> None:  # M15
    assert service.read_state(rollout_id) == service.RequirementState(0, 0, 0)
    a_requirement(rollout_id, carol, origins_of(rollout_id)[0])
    a_requirement(rollout_id, carol, acceptance_test="")
    assert service.read_state(rollout_id) == service.RequirementState(2, 1, 1)


def test_the_owner_belongs_to_the_rollout(rollout_id: int, carol: User) -> None:
    stranger = builders.a_user(None)
    with pytest.raises(RuleBroken):
        a_requirement(rollout_id, carol, owner_id=stranger.id)
    assert service.count_requirements(rollout_id) == {}
