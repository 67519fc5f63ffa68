"""Sections are assigned, links go out, reminders go once a day, and how people took part is scored (M10, M98)."""

from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service.errors import NotFound, RuleBroken
from implement.rollout.tables import OutboxMail
from implement.stages.audit.service import answers, people, reminders
from implement.stages.audit.service.participation import Participation, list_participation
from implement.stages.audit.tables import AuditPerson
from tests.rooms.audit_case import NOW, Case, a_link, an_audit, later

Database = scoped_session[Session]


@pytest.fixture
def case(session: Database) -> Case:
    begun = an_audit()
    people.add_person(begun.audit, name="Petra Kurz", role="lead", email="petra@nordwind.example", by=begun.carol,
                      now=NOW)  # fmt: skip
    return begun


def plan(case: Case, *wanted: tuple[AuditPerson, str], day: int = 0) -> list[str]:
    asked = {(person.id, case.section(name)) for person, name in wanted}
    return [one.name for one in people.plan_requests(case.audit, case.pack, asked, by=case.carol, now=later(day))]


def sections_of(case: Case, person: AuditPerson) -> list[str]:
    return [
        row.section_key.rpartition(".")[2] for row in people.list_requests(case.audit.id) if row.person_id == person.id
    ]


def of_petra(case: Case, day: int) -> Participation:
    listed = list_participation(case.audit, case.pack, now=later(day))
    return next(one for one in listed if one.person_id == case.petra.id)


def answer_herself(case: Case, name: str, word: str, day: int) -> None:
    guest = people.greet_guest(case.audit, case.petra, case.pack)
    typed = {"words": [word], "note": "", "version": None, "by": guest, "now": later(day)}
    answers.save_answer(case.audit, case.pack, case.item(name), case.petra, **typed)


def remind(case: Case, day: int) -> bool:
    def write(person: AuditPerson, token: str) -> tuple[str, str]:
        return "Still open", f"{person.name}: {token}"

    return reminders.remind(case.audit, case.petra, write, by=case.carol, now=later(day))


def mails(session: Database) -> list[str]:
    return list(session.scalars(select(OutboxMail.body).order_by(OutboxMail.id)))


def test_a_section_may_be_asked_of_several_people(case: Case) -> None:
    linkless = plan(case, (case.petra, "purpose"), (case.jan, "purpose"), (case.jan, "losses"))
    assert linkless == ["Petra Kurz", "Jan Hoffmann"]
    assert sections_of(case, case.jan) == ["losses", "purpose"]


def test_what_is_asked_already_keeps_its_day_and_what_is_dropped_is_not_asked_any_more(case: Case) -> None:
    plan(case, (case.petra, "purpose"), (case.petra, "losses"))
    plan(case, (case.petra, "purpose"), (case.petra, "ownership"), day=3)
    assert sections_of(case, case.petra) == ["purpose", "ownership"]
    assert of_petra(case, 5).asked_at == NOW


def test_who_has_a_link_that_works_needs_no_other(case: Case) -> None:
    a_link(case, "purpose", days=7)
    assert plan(case, (case.petra, "purpose"), (case.petra, "losses"), day=6) == []
    assert plan(case, (case.petra, "purpose"), day=8) == ["Petra Kurz"]


def test_a_link_to_nothing_is_not_found(case: Case) -> None:
    token = a_link(case, "purpose")
    plan(case)
    audit, person = people.find_guest_person(token, now=later(1))
    with pytest.raises(NotFound):
        people.greet_guest(audit, person, case.pack)


def test_a_reminder_goes_once_a_day_and_leaves_the_first_link_alive(case: Case, session: Database) -> None:
    first = a_link(case, "purpose")
    assert [remind(case, 2), remind(case, 2), remind(case, 3)] == [True, False, True]
    second = mails(session)[-1].rpartition(" ")[2]
    found = [people.find_guest_person(token, now=later(4))[1].id for token in (first, second)]
    assert found == [case.petra.id, case.petra.id]
    for token in (first, second):
        with pytest.raises(NotFound):
            people.find_guest_person(token, now=later(14))


def test_a_reminder_after_the_link_has_ended_brings_a_new_one(case: Case, session: Database) -> None:
    a_link(case, "purpose", days=7)
    assert remind(case, 9)
    token = mails(session)[-1].rpartition(" ")[2]
    assert people.find_guest_person(token, now=later(20))[1].id == case.petra.id


def test_nobody_is_reminded_without_a_link_or_an_address(case: Case) -> None:
    with pytest.raises(RuleBroken):
        remind(case, 1)
    a_link(case, "purpose")
    case.petra.email = ""
    with pytest.raises(RuleBroken):
        remind(case, 1)


def test_participation_is_scored_with_its_parts(case: Case) -> None:  # M10, M98
    a_link(case, "purpose")
    answer_herself(case, "goal_stated", "2", 1)
    answer_herself(case, "tasks_listed", "not_known", 3)
    case.answer("reasons", "requests_lost")
    petra = of_petra(case, 8)
    assert (petra.of, petra.answered, petra.typed_in, petra.not_known) == (4, 3, 1, 1)
    assert petra.days_to_answer == Fraction(2)
    assert petra.score is not None
    assert (petra.score.for_answers, petra.score.for_waiting, petra.score.points) == (62, 5, 57)


def test_who_was_asked_face_to_face_has_no_score(case: Case) -> None:
    case.answer("goal_stated", "2")
    assert of_petra(case, 1).score is None
