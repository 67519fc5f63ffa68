"""What belongs to somebody who leaves is listed with money, proposed by load, confirmed, and looked for later."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import User
from implement.stages.adoption.service.handover import (
    Belongings,
    confirm_handover,
    get_leaver,
    list_items,
    list_leavers,
    read_belongings,
)
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, person_id_of
from tests.rooms.handover_house import LATER, an_export, someone_leaves, the_store
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def alice(rollout_id: int) -> User:
    return someone_leaves(rollout_id, SUNDAY)


def read(rollout_id: int) -> Belongings:
    found = read_belongings(rollout_id, person_id_of(rollout_id, "north.2"), store=the_store())
    assert found is not None
    return found


def test_open_clients_are_listed_with_money_and_proposed_by_load(rollout_id: int, alice: User) -> None:  # M129
    found = read(rollout_id)
    assert [(one.client, len(one.deal_keys), one.amounts) for one in found.clients] == [
        ("Big", 1, (("", Decimal(9000)),)),
        ("Acme", 2, (("", Decimal(500)),)),
    ]
    third = person_id_of(rollout_id, "north.3")
    assert found.loads[third] == 1 and third not in found.proposed.values()
    assert person_id_of(rollout_id, "south.1") not in found.loads


def test_only_people_who_leave_can_be_asked_for(rollout_id: int, alice: User) -> None:
    lead = Standing(rollout_id, frozenset({Role.LEAD}), None)
    assert [leaver.name for leaver in list_leavers(lead, SUNDAY)] == ["North 2"]
    with pytest.raises(NotFound):
        get_leaver(lead, person_id_of(rollout_id, "north.3"), SUNDAY)


def test_a_head_hands_over_their_own_people_only(rollout_id: int, alice: User) -> None:
    north, south = (person_id_of(rollout_id, user) for user in ("north.1", "south.1"))
    own, other = (Standing(rollout_id, frozenset({Role.HEAD}), person) for person in (north, south))
    assert (len(list_leavers(own, SUNDAY)), list_leavers(other, SUNDAY)) == (1, [])


def test_a_later_export_says_what_is_still_with_the_old_owner(rollout_id: int, alice: User) -> None:
    found, store = read(rollout_id), the_store()
    who = {"seen": found.export_sha256, "store": store, "by": alice, "now": NOW}
    row = confirm_handover(rollout_id, person_id_of(rollout_id, "north.2"), found.proposed, **who)  # type: ignore[arg-type]
    assert [item.still for item in list_items(row, store=store)] == [None, None]
    an_export(rollout_id, alice, LATER, name="deals_later.csv")
    assert {item.client: item.still for item in list_items(row, store=store)} == {"Big": 0, "Acme": 1}


def test_a_list_from_an_older_export_is_not_confirmed(rollout_id: int, alice: User) -> None:
    found = read(rollout_id)
    an_export(rollout_id, alice, LATER, name="deals_later.csv")
    who = {"seen": found.export_sha256, "store": the_store(), "by": alice, "now": NOW}
    with pytest.raises(RuleBroken):
        confirm_handover(rollout_id, person_id_of(rollout_id, "north.2"), found.proposed, **who)  # type: ignore[arg-type]


def test_every_client_needs_a_receiver_of_the_firm(rollout_id: int, alice: User) -> None:
    found = read(rollout_id)
    who = {"seen": found.export_sha256, "store": the_store(), "by": alice, "now": NOW}
    for receivers in ({"Big": 0, "Acme": 0}, {"Big": next(iter(found.loads))}):
        with pytest.raises(RuleBroken):
            confirm_handover(rollout_id, person_id_of(rollout_id, "north.2"), receivers, **who)  # type: ignore[arg-type]
