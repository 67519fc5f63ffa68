"""Questions with their answers, the book of sales over four languages, scripts counted by team."""

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from implement.db import db
from implement.engine.answer_speed import AnswerSpeed
from implement.rollout.service.errors import EditedMeanwhile, RuleBroken
from implement.rollout.tables import LogRow, OutboxMail
from implement.stages.pilot.service import keeping
from implement.stages.pilot.service.support import book, overview, questions, reminding
from implement.stages.pilot.service.support.book import EntrySaid
from implement.stages.pilot.service.support.questions import Asked
from implement.stages.pilot.tables import SupportQuestion
from tests import builders
from tests.rooms.helping_house import MONDAY, NOW, House, a_helping_house

Database = scoped_session[Session]
MAIL = b"From: north.2@example.com\r\nSubject: Hm\r\nMessage-ID: <7@x>\r\n\r\nWhere?\r\n"


@pytest.fixture
def house(session: Database) -> House:
    return a_helping_house(builders.a_rollout().id)


def ask(house: House, user: str = "north.2", *, function: str = "function.deal") -> SupportQuestion:
    said = Asked(function, "Where is the next step?", None, house.people[user])
    return questions.ask(house.rollout_id, said, user_id=house.alice.id, by=house.alice, now=NOW)


def write(house: House, title: str, text: str, kind: str = "answer") -> int:
    said = EntrySaid(kind, "function.deal", title, text)
    return book.add_entry(house.rollout_id, said, by=house.alice, now=NOW).id


def test_an_answer_is_told_once_and_becomes_a_page(house: House, session: Database) -> None:  # M22
    row = ask(house)
    said = {"function": "function.deal", "keep_as": "Next step", "by": house.alice, "now": NOW}
    questions.answer(row, "Below the deal.", version=row.version, **said)
    questions.answer(row, "Below the deal, on the right.", version=row.version, **said)
    mails = session.execute(select(OutboxMail.key, OutboxMail.to)).all()
    assert mails == [(f"question-answered:{row.id}", "north.2@example.com")]
    assert [page.title for page in book.search(house.rollout_id, "")] == ["Next step"]
    assert overview.read_speed(house.rollout_id) == AnswerSpeed(1, Fraction(0), Fraction(0))
    with pytest.raises(EditedMeanwhile):
        questions.answer(row, "Elsewhere.", version=1, **said)


def test_the_same_mail_is_one_question_of_its_senders_team(house: House) -> None:
    first, second = (questions.take_mail(house.rollout_id, MAIL, by=house.alice, now=NOW) for _twice in range(2))
    assert (first[1], second[1], first[0].id == second[0].id) == (True, False, True)
    assert (first[0].person_id, first[0].team_id) == (house.people["north.2"], house.teams["North"])


def test_what_a_head_notes_keeps_nobodys_name(house: House) -> None:
    said = Asked("function.import", "How?", house.teams["South"], house.people["south.2"])
    row = questions.note(house.rollout_id, said, asked_at=NOW, by=house.alice, now=NOW)
    assert (row.person_id, row.team_id, row.source) == (None, house.teams["South"], "head")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Kunden", "Der Kunde fragt nach dem Preis"), ("клиента", "Что сказать клиенту"), ("klientów", "Zły klient"),
     ("ZŁY", "Zły klient"), ("prices", "Der Kunde fragt nach dem Preis")],
)  # fmt: skip
def test_pages_are_found_over_four_languages(house: House, asked: str, found: str) -> None:  # M57
    write(house, "Der Kunde fragt nach dem Preis", "Say what the price holds.")
    write(house, "Что сказать клиенту", "Сначала выслушать.")
    write(house, "Zły klient", "Najpierw wysłuchać.")
    assert [page.title for page in book.search(house.rollout_id, asked)] == [found]


def test_versions_stay_readable_and_the_newest_is_searched(house: House) -> None:
    row = book.get_entry(house.rollout_id, write(house, "Price", "Old words"))
    said = EntrySaid("technique", "function.deal", "Price", "Fresh words")
    book.change_entry(row, said, version=row.version, by=house.alice, now=NOW)
    assert [(one.number, one.text) for one in book.list_versions(row)] == [(2, "Fresh words"), (1, "Old words")]
    assert book.search(house.rollout_id, "old") == []
    assert [page.number for page in book.search(house.rollout_id, "fresh")] == [2]


def test_scripts_are_counted_by_team_and_name_nobody(house: House, session: Database) -> None:  # M45
    row = book.get_entry(house.rollout_id, write(house, "Opening", "Good day …", "script"))
    for team in ("North", "North", "West"):
        book.note_use(row, house.teams[team], today=MONDAY, now=NOW)
    uses = {one.name: None if one.withheld else one.times for one in book.list_uses(row, MONDAY)}
    assert uses == {"North": 2, "South": None, "West": None}
    who = session.scalars(select(LogRow.by_id).where(LogRow.action == "use_script"))
    assert set(who) == {None}
    with pytest.raises(RuleBroken, match="Only the use of scripts"):
        page = book.get_entry(house.rollout_id, write(house, "Rule", "Text", "rule"))
        book.note_use(page, house.teams["North"], today=MONDAY, now=NOW)


def test_hot_spots_leave_small_teams_out(house: House) -> None:
    for user in ("north.2", "north.3", "west.2"):
        ask(house, user)
    found = overview.read_hot_spots(house.rollout_id, ["function.deal", "function.import"])
    assert found.spots.counts == ((2, None, None),)
    assert found.spots.hottest == ("function.deal", str(house.teams["North"]), 2)


def test_whoever_leads_is_reminded_of_a_question_once(house: House, session: Database) -> None:  # M22
    ask(house)
    db.session.commit()
    wednesday = NOW + timedelta(days=2)
    assert reminding.remind_of_questions(now=NOW + timedelta(days=1)) == 0, "a working day has not passed"
    assert reminding.remind_of_questions(now=wednesday) == 2
    db.session.rollback()
    assert reminding.remind_of_questions(now=wednesday) == 2
    db.session.commit()
    session.execute(SupportQuestion.__table__.update().values(reminded_at=None))
    assert reminding.remind_of_questions(now=wednesday) == 0, "the outbox knows the occasion"


def test_who_asked_is_forgotten_and_the_question_stays(house: House, session: Database) -> None:
    row, store = ask(house), current_app.extensions["implement_store"]
    assert keeping.hold_askers(house.rollout_id).count == 1
    assert keeping.dispose_askers(house.rollout_id, MONDAY + timedelta(days=1), store).row_count == 1
    session.refresh(row)
    assert (row.person_id, row.user_id, row.text) == (None, None, "Where is the next step?")
