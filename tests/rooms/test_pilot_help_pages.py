"""Pages of training, support, changes and conflicts: who may see and do what, what is typed, words that attack."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db, utc_now
from implement.rollout.service.person_links import give_links
from implement.rollout.tables import LinkToken, OutboxMail
from implement.stages.pilot.service.training import by_link, lessons
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.helping_house import House, a_helping_house
from tests.rooms.test_audit_pages import count_queries

HOSTILE = "<script>document.title='broken in'</script>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
EVERYBODY = ("lessons", "support", "book", "changes", "changes/wish", "values")
READERS = ("training", "support/questions", "support/hot-spots")
HELPERS = ("training/late", "training/lessons", "training/lessons/new", "training/shown", "support/note", "book/new",
           "conflicts", "conflicts/new", "values/new")  # fmt: skip
MAIL = b"From: North.2@example.com\r\nSubject: Search\r\nMessage-ID: <7@x>\r\n\r\nWhere is the search?\r\n"


@pytest.fixture
def house(app: Flask, rollout_id: int) -> Iterator[House]:
    """Lessons are in use in a firm of three teams."""
    with app.app_context():
        built = a_helping_house(rollout_id, today=utc_now().date())
        built.teach(now=utc_now())
        db.session.commit()
        yield built


@pytest.mark.parametrize(
    ("role", "paths"),
    [
        ("salesperson", EVERYBODY),
        ("council", (*EVERYBODY, *READERS)),
        ("head", (*EVERYBODY, *READERS, *HELPERS)),
        ("lead", (*EVERYBODY, *READERS, *HELPERS)),
    ],
)
def test_each_role_sees_its_pages(house: House, visitor_as: VisitorAs, role: str, paths: tuple[str, ...]) -> None:
    visitor = visitor_as(role)
    for path in (*EVERYBODY, *READERS, *HELPERS):
        status = 200 if path in paths else 403
        assert visitor.get(f"/rollouts/{house.rollout_id}/pilot/{path}", status=status).status == status


def test_a_newcomer_learns_a_lesson_at_the_second_try(house: House, visitor_as: VisitorAs) -> None:  # M108
    bob, at = visitor_as("salesperson", person_id=house.people["north.2"]), f"/rollouts/{house.rollout_id}/pilot"
    assert bob.get(f"{at}/lessons").answer.startswith("8 lessons are left, the first until")
    lesson_id = lessons.list_lessons(house.rollout_id)[0].id
    quiz = bob.follow(bob.submit(bob.get(f"{at}/lessons/{lesson_id}")))
    wrong = bob.submit(quiz, {f"question_{place}": "9" for place in (1, 2, 3)}, status=422)
    assert "Not a valid choice" in wrong.text
    right = [one.right for one in lessons.read_text(lessons.get_lesson(house.rollout_id, lesson_id), "en").quiz]
    bad = {f"question_{place}": str(one % 3 + 1) for place, one in enumerate(right, 1)}
    tried = bob.follow(bob.submit(quiz, bad))
    assert tried.answer == "0 of 3 were right."
    quiz = bob.get(f"{at}/lessons/{lesson_id}/quiz")
    done = bob.follow(bob.submit(quiz, {f"question_{place}": str(one) for place, one in enumerate(right, 1)}))
    assert done.answer.startswith("7 lessons are left")


def token_in_mail_of(user: str) -> str:
    """The link's token in the newest mail to somebody."""
    asked = select(OutboxMail.body).where(OutboxMail.to == f"{user}@example.com").order_by(OutboxMail.id.desc())
    found = re.search(r"/learn/(\S+)", db.session.scalars(asked).first() or "")
    assert found
    return found.group(1)


def test_whoever_has_no_account_learns_by_a_link_of_their_own(
    house: House, visitor: Visitor, visitor_as: VisitorAs
) -> None:  # M108
    house.account("north.3")
    db.session.commit()
    head, here = visitor_as("head"), f"/rollouts/{house.rollout_id}/pilot/training"
    page = head.get(here)
    assert "12 people have lessons and no account." in page.text
    assert "12 links are on their way." in head.follow(head.submit(page, form=f"form[action='{here}/links']")).text
    token, lesson_id = token_in_mail_of("north.2"), lessons.list_lessons(house.rollout_id)[0].id
    assert visitor.get(f"/learn/{token}").answer.startswith("8 lessons are left")
    quiz = visitor.follow(visitor.submit(visitor.get(f"/learn/{token}/lessons/{lesson_id}")))
    right = [one.right for one in lessons.read_text(lessons.get_lesson(house.rollout_id, lesson_id), "en").quiz]
    done = visitor.follow(visitor.submit(quiz, {f"question_{place}": str(one) for place, one in enumerate(right, 1)}))
    assert done.answer.startswith("7 lessons are left")
    assert done.headers["Cache-Control"] == "no-store"


def test_guessed_replaced_expired_and_foreign_links_open_no_lessons(house: House, visitor: Visitor) -> None:  # M108
    who, now = house.people["north.2"], utc_now()
    given = {"by": house.alice, "now": now}
    (replaced,) = give_links(house.rollout_id, by_link.PURPOSE, [who], days=30, **given).values()  # type: ignore[arg-type]
    old = {"by": house.alice, "now": now - timedelta(days=31)}
    (expired,) = give_links(house.rollout_id, by_link.PURPOSE, [who], days=30, **old).values()  # type: ignore[arg-type]
    (other,) = give_links(house.rollout_id, "pulse", [who], days=30, **given).values()  # type: ignore[arg-type]
    (good,) = give_links(house.rollout_id, by_link.PURPOSE, [who], days=30, **given).values()  # type: ignore[arg-type]
    db.session.commit()
    for token in (replaced, expired, other, "a" * 43):
        assert "North" not in visitor.get(f"/learn/{token}", status=404).text
    assert db.session.scalar(select(LinkToken.id).where(LinkToken.token_hash == good)) is None, "only its hash is kept"
    visitor.get(f"/learn/{good}/lessons/999", status=404)
    house.leave("north.2", on=now.date() - timedelta(days=2))
    db.session.commit()
    visitor.get(f"/learn/{good}", status=404)


def test_a_quiz_that_cannot_be_read_is_refused_with_its_lines(house: House, visitor_as: VisitorAs) -> None:
    head = visitor_as("head")
    form = head.get(f"/rollouts/{house.rollout_id}/pilot/training/lessons/new")
    typed = {"title": "Own", "function": "function.deal", "text": "Text", "quiz": "One?\n+ a\n+ b"}
    page = head.submit(form, typed, status=422)
    assert "Line 1: this question needs exactly one option with +." in page.text
    assert len(lessons.list_lessons(house.rollout_id)) == 8


def test_a_video_plays_in_parts_and_a_script_is_none(house: House, visitor_as: VisitorAs) -> None:
    head, at = visitor_as("head"), f"/rollouts/{house.rollout_id}/pilot"
    lesson_id = lessons.list_lessons(house.rollout_id)[0].id
    form = head.get(f"{at}/training/lessons/{lesson_id}")
    fake = {"video": (BytesIO(HOSTILE.encode()), "film.mp4")}
    assert "no video" in head.submit(form, fake, status=409).text
    film = {"video": (BytesIO(b"\x00\x00\x00\x18ftypmp42" + b"x" * 100), "film.mp4")}
    page = head.follow(head.submit(form, film))
    assert "own video" in page.text
    played = head.get(f"{at}/lessons/{lesson_id}/video")
    assert (played.headers["Content-Type"], played.headers["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert played.content.endswith(b"x" * 100)


@pytest.mark.parametrize("words", [HOSTILE, FORMULA])
def test_words_that_attack_stay_words(house: House, visitor_as: VisitorAs, words: str) -> None:
    lead, at = visitor_as("lead"), f"/rollouts/{house.rollout_id}/pilot"
    lead.submit(lead.get(f"{at}/support"), {"text": words}, form="form.form")
    lead.submit(lead.get(f"{at}/book/new"), {"title": words, "text": words, "kind": "script"})
    lead.submit(lead.get(f"{at}/changes/wish"), {"title": words, "why": words})
    lead.submit(lead.get(f"{at}/values/new"), {"task": words, "gain": words})
    sides = {"first": f"team:{house.teams['North']}", "other": f"team:{house.teams['South']}"}
    lead.submit(lead.get(f"{at}/conflicts/new"), {"task": words, "what_happened": words, **sides})
    paths = ("support", "support/questions", "support/questions/1", "book", "book/1", "changes", "values",
             "conflicts", "conflicts/1")  # fmt: skip
    for path in paths:
        page = lead.get(f"{at}/{path}")
        assert HOSTILE.encode() not in page.content
        assert words[:20] in page.text
    assert lead.get(f"{at}/values/sheet.pdf").content.startswith(b"%PDF")


def test_a_mail_becomes_a_question_once_and_its_answer_a_page(house: House, visitor_as: VisitorAs) -> None:  # M22 M57
    head, at = visitor_as("head"), f"/rollouts/{house.rollout_id}/pilot"
    listing = head.get(f"{at}/support/questions")
    question = head.follow(head.submit(listing, {"file": (BytesIO(MAIL), "question.eml")}, form="form.form"))
    assert "Where is the search?" in question.text
    again = head.submit(head.get(f"{at}/support/questions"), {"file": (BytesIO(MAIL), "q.eml")}, form="form.form")
    assert again.location == question.path
    head.submit(question, {"answer": "Top right.", "function": "function.history", "keep_as": "Where the search is"})
    found = head.get(f"{at}/book?find=searches")
    assert found.answer == "One page holds these words."
    bad = head.submit(head.get(f"{at}/support/questions"), {"file": (BytesIO(b"\x89PNG"), "q.eml")}, form="form.form")
    assert "This file is no mail" in head.follow(bad).text


def test_lists_take_as_many_queries_for_many_rows_as_for_few(house: House, visitor_as: VisitorAs) -> None:
    lead, at = visitor_as("lead"), f"/rollouts/{house.rollout_id}/pilot"
    paths = ("training", "training/lessons", "support/questions", "book", "changes")
    few = [count_queries(lead.app, lead, f"{at}/{path}") for path in paths]
    for number in range(3):
        lead.submit(lead.get(f"{at}/support"), {"text": f"Question {number}"}, form="form.form")
        lead.submit(lead.get(f"{at}/book/new"), {"title": f"Page {number}", "text": "Text", "kind": "rule"})
        lead.submit(lead.get(f"{at}/changes/wish"), {"title": f"Wish {number}", "why": "Because"})
    many = [count_queries(lead.app, lead, f"{at}/{path}") for path in paths]
    assert many == few
