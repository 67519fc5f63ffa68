"""The pulse survey: everybody answers once, nobody can tell who said what, and few people are never shown."""

import hashlib
import hmac
from datetime import timedelta

import pytest
from sqlalchemy import Date, DateTime, func, select
from sqlalchemy.orm import Session

from implement.db import db
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.service.usage import list_staff
from implement.stages.adoption.groups import WHOLE
from implement.stages.adoption.service.ballots import count_ballots, find_guest, issue_links
from implement.stages.adoption.service.pulse import close_round, list_rounds, note_reminder, open_round
from implement.stages.adoption.tables import PulseMark, PulseTally
from tests import builders
from tests.rooms.adoption_house import NOW, SUNDAY, users_of
from tests.rooms.pulse_house import TEAMS, a_round, answer, read_everything, what_changed


@pytest.fixture
def rollout_id(session: Session) -> int:
    return builders.a_rollout().id


def test_answering_changes_the_sums_and_the_marks_and_nothing_else(rollout_id: int) -> None:
    a_round(rollout_id)
    before = read_everything()
    assert answer(rollout_id, "north.2", 4)
    assert what_changed(before) == {"pulse_mark", "pulse_tally"}


def test_two_who_swap_their_answers_leave_the_same_database(rollout_id: int) -> None:
    a_round(rollout_id)
    with db.session.begin_nested() as one_world:
        answer(rollout_id, "north.1", 1)
        answer(rollout_id, "north.2", 5)
        seen = read_everything()
        one_world.rollback()
    answer(rollout_id, "north.1", 5)
    answer(rollout_id, "north.2", 1)
    assert read_everything() == seen


def test_nothing_in_the_database_turns_a_mark_into_a_person(rollout_id: int) -> None:
    _, row = a_round(rollout_id)
    answer(rollout_id, "north.2", 4)
    mark = db.session.scalar(select(PulseMark.mark))
    words = {str(cell) for rows in read_everything().values() for cells in rows for cell in cells}
    said = [f"pulse:{row.id}:{one.person_id}" for one in list_staff(rollout_id)]
    guesses = {hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest() for key in words for text in said}
    guesses |= {hashlib.sha256(text.encode()).hexdigest() for text in said}
    assert mark is not None and mark not in guesses


def test_no_column_beside_the_answers_holds_a_person_an_instant_or_an_order() -> None:
    columns = {column for table in (PulseMark, PulseTally) for column in table.__table__.columns}
    assert {column.name for column in columns} == {"round_id", "mark", "group_key", "ballots", "counts"}
    assert not [column for column in columns if isinstance(column.type, Date | DateTime)]


def test_nobody_counts_twice(rollout_id: int) -> None:
    _, row = a_round(rollout_id)
    assert [answer(rollout_id, "north.2", 4), answer(rollout_id, "north.2", 1)] == [True, False]
    assert count_ballots(row) == 1


def test_closing_keeps_only_groups_of_five_and_destroys_the_rest(rollout_id: int) -> None:  # R11
    by, row = a_round(rollout_id)
    for team, size in TEAMS.items():
        for user in users_of(team, size):
            answer(rollout_id, user, 4)
    close_round(row, by=by, now=NOW, today=SUNDAY)
    (found,) = list_rounds(rollout_id)
    assert {group.name: group.tally.ballots for group in found.groups} == {"": 14, "Pilot": 14, "North": 6}
    left = [db.session.scalar(select(func.count()).select_from(table)) for table in (PulseMark, PulseTally)]
    assert left == [0, 0]


def test_of_four_answers_nothing_is_shown(rollout_id: int) -> None:
    by, row = a_round(rollout_id)
    for number in range(1, 5):
        answer(rollout_id, f"north.{number}", 4)
    close_round(row, by=by, now=NOW, today=SUNDAY)
    assert list_rounds(rollout_id)[0].groups == ()


def test_a_team_that_has_gone_counts_in_the_whole(rollout_id: int) -> None:
    by, row = a_round(rollout_id)
    for number in range(1, 7):
        answer(rollout_id, f"north.{number}", 4)
    db.session.add(PulseTally(round_id=row.id, group_key="team:999", ballots=7, counts={"pulse.will": [0, 0, 0, 0, 7]}))
    close_round(row, by=by, now=NOW, today=SUNDAY)
    whole = list_rounds(rollout_id)[0].find(WHOLE)
    assert whole is not None and whole.tally.ballots == 13


def test_a_link_opens_the_round_until_it_is_over(rollout_id: int) -> None:
    by, row = a_round(rollout_id)
    person_id = list_staff(rollout_id)[0].person_id
    token = issue_links(row, [person_id], by=by, now=NOW)[person_id]
    assert find_guest(token, now=NOW).person_id == person_id
    with pytest.raises(NotFound):
        find_guest(token, now=NOW + timedelta(days=7))


def test_everybody_is_reminded_once(rollout_id: int) -> None:
    by, row = a_round(rollout_id)
    note_reminder(row, by=by, now=NOW, today=SUNDAY)
    with pytest.raises(RuleBroken):
        note_reminder(row, by=by, now=NOW, today=SUNDAY)


def test_four_people_are_not_asked(rollout_id: int) -> None:
    with pytest.raises(RuleBroken):
        a_round(rollout_id, {"North": 4})


def test_two_rounds_are_never_open_at_once(rollout_id: int) -> None:
    by, _ = a_round(rollout_id)
    with pytest.raises(RuleBroken):
        open_round(rollout_id, days=7, by=by, now=NOW, today=SUNDAY)
