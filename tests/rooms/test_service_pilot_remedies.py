"""Remedies that the pilot's room carries out: a lesson that is chosen, a person who helps; their state flows back."""

from datetime import timedelta

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.registries import registries
from implement.rollout.remedy_carriers import RemedyCarrier, RemedyOrder
from implement.rollout.tables import OutboxMail
from implement.stages.pilot.service import keeping
from implement.stages.pilot.service.support import persons, questions
from implement.stages.pilot.service.support.questions import Asked
from implement.stages.pilot.service.training import learning, lessons
from implement.web.access import Role
from tests import builders
from tests.rooms.helping_house import MONDAY, NOW, House, a_helping_house

Database = scoped_session[Session]
MONTH = timedelta(days=28)


@pytest.fixture
def house(session: Database) -> House:
    return a_helping_house(builders.a_rollout().id)


def carrier(way: str) -> RemedyCarrier:
    return registries().remedies[way]


def order(house: House, chosen: str, *users: str, now: timedelta = timedelta()) -> RemedyOrder:
    store, due = current_app.extensions["implement_store"], MONDAY + MONTH
    names, by = frozenset(users), house.alice
    return RemedyOrder(house.rollout_id, names, by.id, due, by, NOW + now, store, 7, MONDAY, chosen)


def state(way: str, asked: RemedyOrder) -> str:
    find = carrier(way).find_state
    with current_app.test_request_context():
        found = find(asked) if find else None
    return str(found.sentence) if found else ""


def mails(session: Database) -> list[str]:
    return list(session.scalars(select(OutboxMail.to).order_by(OutboxMail.to)))


def read_all(house: House, lesson_id: int, *users: str) -> None:
    """These pass the quiz."""
    quiz = lessons.read_text(lessons.get_lesson(house.rollout_id, lesson_id), "en").quiz
    for user in users:
        answers = [one.right for one in quiz]
        learning.take_quiz(house.rollout_id, lesson_id, house.people[user], answers, by=house.alice, now=NOW)


def test_a_lesson_is_set_to_the_team_and_its_state_flows_back(house: House, session: Database) -> None:  # M27
    lesson_id = house.teach()["lesson.deal"]
    team = [f"north.{number}" for number in range(1, 7)]
    read_all(house, lesson_id, "north.1")
    for _twice in range(2):
        carrier("lesson").take_up(order(house, f"lesson:{lesson_id}", *team))
    assert mails(session) == [f"{user}@example.com" for user in team[1:]], "who had learned it is not asked again"
    read_all(house, lesson_id, "north.2")
    late = order(house, f"lesson:{lesson_id}", *team, now=2 * MONTH)
    assert state("lesson", late) == "2 of 6 people have learned “A deal that always has its next step”; overdue: 4."


def test_the_lesson_of_one_person_says_until_when_and_of_few_nothing(house: House) -> None:  # M27, R11
    lesson_id = house.teach(for_role="salesperson")["lesson.deal"]
    asked = order(house, f"lesson:{lesson_id}", "west.1")
    carrier("lesson").take_up(asked)
    assert state("lesson", asked) == "“A deal that always has its next step” is to be learned until 30 Mar 2026."
    assert "fewer than five people are not counted" in state(
        "lesson", order(house, f"lesson:{lesson_id}", "west.1", "west.2")
    )


def test_without_a_lesson_it_is_explained_in_person(house: House, session: Database) -> None:
    carrier("lesson").take_up(order(house, "", "north.2"))
    assert (mails(session), state("lesson", order(house, "", "north.2"))) == ([], "")


def test_who_helps_is_named_with_dates_found_by_the_team_and_ends_with_it(
    house: House, session: Database
) -> None:  # M22, M27
    supporter = house.account("north.3", Role.SALESPERSON)
    asked = order(house, f"user:{supporter.id}", "south.1", "south.2", "south.3", "south.4", "south.5")
    carrier("support").take_up(asked)
    said = Asked("function.deal", "Where is the next step?", None, house.people["south.2"])
    questions.ask(house.rollout_id, said, user_id=house.alice.id, by=house.alice, now=NOW)
    assert "One question came from the team in these days; answered: 0." in state("support", asked)
    mine = persons.list_supporters_of(house.rollout_id, house.people["south.2"], MONDAY)
    assert [(one.user_id, one.team, one.last_day) for one in mine] == [(supporter.id, "South", MONDAY + MONTH)]
    end = carrier("support").end
    assert end is not None
    end(order(house, "", now=timedelta(days=1)))
    assert persons.list_supporters_of(house.rollout_id, house.people["south.2"], MONDAY + timedelta(days=1)) == []
    assert len(mails(session)) == 1


def test_the_owner_helps_where_nobody_is_named_and_it_is_forgotten(house: House) -> None:  # M22, R10
    carrier("support").take_up(order(house, "", "north.2"))
    helping = persons.list_helping(house.rollout_id, MONDAY)
    assert [(one.user_id, one.team) for one in helping] == [(house.alice.id, "")]
    store = current_app.extensions["implement_store"]
    assert keeping.dispose_support_persons(house.rollout_id, MONDAY + MONTH, store).row_count == 0
    assert keeping.dispose_support_persons(house.rollout_id, MONDAY + 2 * MONTH, store).row_count == 1
