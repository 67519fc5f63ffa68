"""The first weeks in a real browser: a trainer, a newcomer and a salesperson on the phone, a head who answers."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db, utc_now
from implement.demo import first_weeks_story, hall_story
from implement.rollout.service.usage import list_staff
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs

PHONE = {"width": 375, "height": 812}
HOSTILE = "<script>document.title='broken in'</script> =1+1"
QUIZ = "What comes first?\n+ Search\n- A new card"


@pytest.fixture
def rollout_id(app: Flask) -> int:
    """The demonstration's firm after its first weeks."""
    with app.test_request_context():
        here = hall_story.begin(utc_now())
        for story in (hall_story, first_weeks_story):
            story.tell(here, app.extensions["implement_store"])
        db.session.commit()
        return here


@pytest.fixture
def nora(app: Flask, rollout_id: int) -> int:
    """The newcomer."""
    with app.app_context():
        return next(one.person_id for one in list_staff(rollout_id) if one.crm_user == "nora.lindgren")


def test_people_learn_ask_and_are_answered(
    rollout_id: int, nora: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    here = f"/rollouts/{rollout_id}/pilot"
    trainer, learner = page_as("consultant"), page_as("salesperson", person_id=nora, viewport=PHONE)
    teach(trainer, here)
    learn(learner, here)
    question(learner, here)
    answer(trainer, here)
    context.add_cookies(learner.context.cookies())
    assert take_pictures(f"{here}/lessons", "pilot-lessons", languages=("de",))
    context.clear_cookies()
    context.add_cookies(trainer.context.cookies())
    look_at_the_rest(trainer, here)
    for path in ("training", "support/hot-spots"):
        assert take_pictures(f"{here}/{path}", f"pilot-{path.replace('/', '-')}", languages=("de",))


def teach(trainer: Page, here: str) -> None:
    """The funnel first; then a lesson of one's own, with a quiz."""
    trainer.goto(f"{here}/training")
    expect(trainer.get_by_role("heading", level=1)).to_contain_text("lessons are learned")
    assert find_barriers(trainer) == []
    trainer.goto(f"{here}/training/lessons/new")
    trainer.get_by_label("Title").fill("Search before you type")
    trainer.get_by_label("What it is about").fill(HOSTILE)
    trainer.get_by_label("Quiz").fill(QUIZ)
    trainer.get_by_label("To be learned within how many days").fill("1")
    trainer.get_by_role("button", name="Save").click()
    expect(trainer.get_by_role("heading", level=1)).to_have_text("9 lessons are in use.")
    assert find_barriers(trainer) == []


def learn(learner: Page, here: str) -> None:
    """On the phone: the newest lesson, its quiz wrong and then right."""
    learner.goto(f"{here}/lessons")
    expect(learner.get_by_role("heading", level=1)).to_contain_text("5 lessons are left")
    assert find_barriers(learner) == [] and not overflows(learner)
    learner.get_by_role("link", name="Search before you type").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("Search before you type")
    assert find_barriers(learner) == [] and not overflows(learner)
    learner.get_by_role("button", name="I have read it").click()
    learner.get_by_label("A new card").check()
    learner.get_by_role("button", name="See how it went").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("0 of 1 were right.")
    learner.get_by_role("link", name="Try again").click()
    learner.get_by_label("Search", exact=True).check()
    learner.get_by_role("button", name="See how it went").click()
    expect(learner.get_by_role("heading", level=1)).to_contain_text("4 lessons are left")


def question(learner: Page, here: str) -> None:
    """A script is used, and a question asked in words that attack."""
    learner.goto(f"{here}/book?find=calls")
    learner.get_by_role("link", name="First call: three sentences").click()
    learner.get_by_role("button", name="I used it").click()
    expect(learner.locator("main")).to_contain_text("your name is not kept")
    learner.goto(f"{here}/support")
    learner.get_by_label("Your question").fill(HOSTILE)
    learner.get_by_role("button", name="Ask", exact=True).click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("One of your questions waits for an answer.")
    expect(learner.locator("main")).to_contain_text(HOSTILE)
    assert find_barriers(learner) == [] and not overflows(learner)


def answer(trainer: Page, here: str) -> None:
    """The answer becomes a page of the book; the title of the tab stays what it was."""
    trainer.goto(f"{here}/support/questions")
    trainer.get_by_role("link", name="document.title").click()
    trainer.get_by_label("Answer", exact=True).fill("Mere words.")
    trainer.get_by_label("Title in the book of sales").fill(HOSTILE)
    assert find_barriers(trainer) == []
    trainer.get_by_role("button", name="Answer").click()
    expect(trainer.get_by_role("heading", level=1)).to_contain_text("2 questions wait for an answer")
    trainer.goto(f"{here}/book?find=broken")
    expect(trainer.get_by_role("heading", level=1)).to_have_text("One page holds these words.")
    assert "broken in" not in trainer.title()


def look_at_the_rest(trainer: Page, here: str) -> None:
    """Hot spots, changes, a conflict with both loads, before and after: no barrier on any of them."""
    for path in ("support/hot-spots", "training/shown", "changes", "conflicts", "conflicts/2", "values", "values/1"):
        trainer.goto(f"{here}/{path}")
        expect(trainer.get_by_role("heading", level=1)).to_be_visible()
        assert find_barriers(trainer) == [], path
