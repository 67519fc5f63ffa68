"""The register of bypasses: each has a measure, a rule and an owner; counts come from figures or from somebody."""

import pytest
from sqlalchemy.orm import Session

from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import User
from implement.stages.adoption.service.bypasses import (
    count_from,
    get_bypass,
    list_bypasses,
    list_notes,
    note_bypass,
    write_bypass,
)
from implement.stages.adoption.tables import Bypass
from implement.store import Store
from implement.web.access import Role
from tests import builders
from tests.rooms.adoption_house import HEADER, NOW, SUNDAY, a_firm, a_usage

LATE = "north.1,2026-03-2{n}T10:00:00,contact,create,r{n},manual,2026-03-0{n},9,10"


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def alice(rollout_id: int) -> User:
    return builders.a_member(rollout_id, Role.LEAD)


def a_bypass(rollout_id: int, alice: User, name: str = "Orders by phone", *, source: str = "") -> Bypass:
    said = {"technical_measure": "A form on the phone", "rule": "No order without a number", "source": source}
    return write_bypass(rollout_id, name=name, **said, owner_id=alice.id, by=alice, now=NOW)


def test_a_bypass_begins_open_and_keeps_its_history(rollout_id: int, alice: User) -> None:  # M130
    row = a_bypass(rollout_id, alice)
    assert [one.state for one in list_bypasses(rollout_id)] == ["open"]
    for state, count in (("narrowed", 12), ("closed", 0)):
        note_bypass(row, state=state, still_used=count, text="", by=alice, now=NOW, today=SUNDAY)
    assert [(note.state, note.still_used) for note in list_notes(row)] == [("closed", 0), ("narrowed", 12)]
    assert [(one.state, one.count, one.day) for one in list_bypasses(rollout_id)] == [("closed", 0, SUNDAY)]


def test_a_note_without_a_count_leaves_the_last_count(rollout_id: int, alice: User) -> None:
    row = a_bypass(rollout_id, alice)
    note_bypass(row, state="open", still_used=7, text="", by=alice, now=NOW, today=SUNDAY)
    note_bypass(row, state="narrowed", still_used=None, text="Form is live.", by=alice, now=NOW, today=SUNDAY)
    assert [(one.state, one.count) for one in list_bypasses(rollout_id)] == [("narrowed", 7)]


def test_late_records_are_counted_from_the_log(session: Session, rollout_id: int, alice: User, store: Store) -> None:
    by = a_firm(rollout_id, {"North": 6})
    lines = [LATE.format(n=n) for n in range(1, 5)] + [LATE.format(n=5).replace("north.1", "stranger")]
    a_usage(rollout_id, store, by, events="\n".join([HEADER, *lines]).encode())
    found = count_from(rollout_id, "late")
    assert found is not None and found.count == 4
    a_bypass(rollout_id, alice, source="late")
    assert [one.count for one in list_bypasses(rollout_id)] == [4]


def test_what_figures_count_is_not_typed(rollout_id: int, alice: User) -> None:
    row = a_bypass(rollout_id, alice, source="late")
    with pytest.raises(RuleBroken):
        note_bypass(row, state="open", still_used=3, text="", by=alice, now=NOW, today=SUNDAY)


def test_the_same_bypass_is_written_once_and_its_owner_belongs_here(rollout_id: int, alice: User) -> None:
    a_bypass(rollout_id, alice)
    with pytest.raises(RuleBroken):
        a_bypass(rollout_id, alice)
    with pytest.raises(RuleBroken):
        a_bypass(rollout_id, builders.a_user(), "Another")


def test_a_bypass_of_another_rollout_is_not_found(rollout_id: int, alice: User) -> None:
    row = a_bypass(rollout_id, alice)
    with pytest.raises(NotFound):
        get_bypass(builders.a_rollout(company="Another firm").id, row.id)
