"""What is left behind on purpose says how much it is, why, and who approved it."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.engine.mapping import Mapping
from implement.rollout.service.errors import NotAllowed, RuleBroken
from implement.rollout.service.log import find_broken_row
from implement.rollout.tables import User
from implement.stages.transfer.registered import measure_unexplained, suggest_approvals
from implement.stages.transfer.service.left_behind import LeftBehind, approve, count_unapproved, list_left_behind
from implement.stages.transfer.service.mappings import get_version, keep_version, load_mapping
from implement.stages.transfer.tables import LeftBehindApproval
from implement.web.access import Role, Standing
from tests import builders
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


def list_lines(case: Case) -> list[LeftBehind]:
    return list_left_behind(case.rollout_id, store=case.store)


def approve_contacts(case: Case, by: User, reason: str = "Nobody uses them") -> LeftBehindApproval:
    return approve(case.rollout_id, ("contacts", ""), reason, store=case.store, by=by, now=utc_now())


def test_what_a_person_left_behind_waits_for_a_second_person(session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "edited")
    (line,) = list_lines(case)
    assert (line.table, line.column, line.count) == ("contacts", "", 30)
    assert (line.reason, line.given_by, line.approved_by) == ("Nobody uses them", case.carol.name, "")
    with pytest.raises(NotAllowed, match="a second person does"):
        approve_contacts(case, case.carol)
    assert count_unapproved(case.rollout_id, store=case.store) == 1


def test_a_second_person_approves_once_and_it_is_no_loss_any_more(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    leave_contacts(case, "edited")
    lena, today = builders.a_member(case.rollout_id, Role.LEAD), utc_now().date()
    before = measure_unexplained(case.rollout_id, None, today)
    first, second = approve_contacts(case, lena), approve_contacts(case, lena)
    after = measure_unexplained(case.rollout_id, None, today)
    assert first.id == second.id and [one.approved_by for one in list_lines(case)] == [lena.name]
    assert before is not None and after is not None and before.value - after.value == 1
    assert find_broken_row() is None


def test_another_reason_needs_another_approval(session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "edited")
    lena = builders.a_member(case.rollout_id, Role.LEAD)
    approve_contacts(case, lena)
    leave_contacts(case, "edited", "They are too old")
    assert [one.approved_by for one in list_lines(case)] == [""]
    with pytest.raises(RuleBroken, match="something else by now"):
        approve_contacts(case, lena)


def test_what_was_only_proposed_is_approved_by_nobody(session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "proposed")
    assert [one.given_by for one in list_lines(case)] == [""]
    with pytest.raises(RuleBroken, match="give it in the mapping first"):
        approve_contacts(case, builders.a_member(case.rollout_id, Role.LEAD))


def test_who_first_gave_the_reason_answers_for_it(session: Database) -> None:
    case = a_mapped_case()
    for _ in range(2):
        leave_contacts(case, "edited")
    assert [one.since_version for one in list_lines(case)] == [2]


def test_the_hall_asks_for_the_second_person_until_there_is_one(app: Flask, session: Database) -> None:
    case = a_mapped_case()
    leave_contacts(case, "edited")
    lena, today = builders.a_member(case.rollout_id, Role.LEAD), utc_now().date()
    standing = Standing(case.rollout_id, frozenset({Role.LEAD}), None)
    with app.test_request_context():
        (step,) = suggest_approvals(standing, lena.id, today)
        assert "without a second person" in step.text and step.url.endswith("/transfer/left-behind")
        approve_contacts(case, lena)
        assert suggest_approvals(standing, lena.id, today) == []
