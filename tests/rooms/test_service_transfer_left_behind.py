"""What is left behind on purpose says how much it is, why, and who approved it."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.engine.mapping import Mapping
from implement.stages.transfer.service.left_behind import list_left_behind
from implement.stages.transfer.service.mappings import get_version, keep_version, load_mapping
from tests.rooms.transfer_case import Case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]


def leave_contacts(case: Case, origin: str, reason: str = "Nobody uses them") -> Mapping:
    mapping = load_mapping(get_version(case.rollout_id, 1), store=case.store)
    gone = {"target": None, "left_behind": reason}
    tables = [replace(one, **gone) if one.source == "contacts" else one for one in mapping.tables]
    left = replace(mapping, tables=tuple(tables))
    keep_version(case.rollout_id, left, origin, store=case.store, by=case.carol, now=utc_now())
    return left


def test_a_table_left_behind_by_a_person_was_approved_by_them(session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "edited")
    (line,) = list_left_behind(case.rollout_id, store=case.store)
    assert (line.table, line.column, line.count) == ("contacts", "", 30)
    assert (line.reason, line.approved_by) == ("Nobody uses them", case.carol.name)


def test_what_was_only_proposed_is_approved_by_nobody(session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "proposed")
    assert [one.approved_by for one in list_left_behind(case.rollout_id, store=case.store)] == [""]


def test_who_first_gave_the_reason_answers_for_it(session: Database) -> None:
    case = a_mapped_case()
    for _ in range(2):
        leave_contacts(case, "edited")
    assert [one.since_version for one in list_left_behind(case.rollout_id, store=case.store)] == [2]
