"""Functions and fields are written down; who uses them is counted from the log, and of few nothing is told."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import User
from implement.stages.adoption.service.functions import (
    add_field,
    add_function,
    list_fields,
    list_functions,
    read_uses,
    remove,
)
from implement.stages.adoption.tables import CrmFunction
from implement.store import Store
from tests import builders
from tests.rooms.adoption_house import HEADER, NOW, a_firm, a_usage, an_event, users_of

FRIDAY = date(2026, 3, 27)


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


@pytest.fixture
def alice(rollout_id: int) -> User:
    return a_firm(rollout_id, {"North": 8})


def a_function(rollout_id: int, by: User, name: str, counted_as: str, **said: int) -> CrmFunction:
    known = {"counted_as": counted_as, "introduced_on": FRIDAY, "told": "Everybody, by mail", "seats": None}
    return add_function(rollout_id, name=name, yearly_cost_minor=80_000, by=by, now=NOW, **{**known, **said})  # type: ignore[arg-type]


def use(rollout_id: int, by: User, store: Store) -> None:
    lines = [HEADER, *(an_event(user, FRIDAY, 1) for user in users_of("North", 6))]
    lines += [an_event(user, FRIDAY, 2, thing="report", action="view") for user in users_of("North", 2)]
    a_usage(rollout_id, store, by, events="\n".join(lines).encode())


def test_users_are_counted_by_object_and_few_are_not_priced(rollout_id: int, alice: User, store: Store) -> None:  # M133
    use(rollout_id, alice, store)
    a_function(rollout_id, alice, "Reports", "report")
    a_function(rollout_id, alice, "Search", "search")
    a_function(rollout_id, alice, "Seats", "anything", seats=8)
    rows = list_functions(rollout_id, read_uses(rollout_id, store=store))
    assert [(row.name, row.used, row.unused_minor) for row in rows] == [
        ("Reports", 2, None),
        ("Search", 0, 80_000),
        ("Seats", 6, 20_000),
    ]


def test_without_a_log_nothing_is_claimed(rollout_id: int, alice: User, store: Store) -> None:
    a_function(rollout_id, alice, "Reports", "report")
    (row,) = list_functions(rollout_id, read_uses(rollout_id, store=store))
    assert (row.used, row.unused_minor) == (None, None)


def test_entries_nobody_typed_are_the_records_of_the_log(rollout_id: int, alice: User, store: Store) -> None:  # M134
    use(rollout_id, alice, store)
    said = {"seconds": 10, "hourly_cost_minor": 4_000, "by": alice, "now": NOW}
    add_field(rollout_id, name="Fax", entries_a_week=None, read_in="", **said)  # type: ignore[arg-type]
    add_field(rollout_id, name="Phone", entries_a_week=60, read_in="Call list", **said)  # type: ignore[arg-type]
    fax, phone = list_fields(rollout_id, read_uses(rollout_id, store=store))
    assert (fax.entries_a_week, fax.is_estimated, fax.name) == (1.5, True, "Fax")
    assert phone.effort is not None and phone.effort.minutes_a_week == 10


def test_a_name_is_written_down_once_and_comes_back_when_it_was_taken_away(rollout_id: int, alice: User) -> None:
    row = a_function(rollout_id, alice, "Reports", "report")
    with pytest.raises(RuleBroken):
        a_function(rollout_id, alice, "Reports", "report")
    remove(rollout_id, "function", row.id, is_back=False, by=alice, now=NOW)
    assert list_functions(rollout_id, None) == []
    remove(rollout_id, "function", row.id, is_back=True, by=alice, now=NOW)
    assert [found.name for found in list_functions(rollout_id, None)] == ["Reports"]
    remove(rollout_id, "function", row.id, is_back=False, by=alice, now=NOW)
    assert a_function(rollout_id, alice, "Reports", "search").id == row.id
    with pytest.raises(NotFound):
        remove(rollout_id + 1, "function", row.id, is_back=False, by=alice, now=NOW)
