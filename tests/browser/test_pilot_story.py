"""From signed terms to “wave 2 may start”: a lead plans, a head tests and answers, a trainer teaches, a salesperson
learns and asks on the phone, a newcomer comes in by themselves, and the pilot is left with go.
"""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import insert, select, update

from implement.commands.serving.housekeeping import train
from implement.db import db, utc_now
from implement.engine.document import Document
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import UsageDay
from implement.stages.pilot.service.training import learning
from implement.stages.pilot.tables import Enrolment
from implement.stages.specification.service import terms
from implement.web.access import Role
from tests.builders import a_member, a_user
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.specification_case import a_requirement
from tests.rooms.waves_case import a_first_week, a_newcomer, a_rollout_in_waves

TODAY = utc_now().date()
PHONE = {"width": 375, "height": 812}
HOSTILE = "<script>document.title='broken in'</script> =1+1"
QUIZ = "What comes first?\n+ Search\n- A new card"


def test_the_next_wave_may_start_once_the_pilot_is_tested_taught_helped_and_left(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M18, M22, M23, M27, M45, M57, M76, M77, M108
    sign_terms_and_let_the_pilot_work(app, rollout_id)
    here, lead, head = f"/rollouts/{rollout_id}/pilot", page_as("lead"), page_as("head")
    lead.goto(here)
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Wave 2 may not start yet: 6 of 7 criteria are open")
    prepare(lead, head, rollout_id)
    trainer = page_as("consultant")
    seller = page_as("salesperson", person_id=who(app, rollout_id, "south.1"), viewport=PHONE)
    teach_and_help(trainer, seller, head, here)
    newcomer = page_as("salesperson", person_id=bring_in_a_newcomer(app, rollout_id), viewport=PHONE)
    learn_from_the_hall(newcomer, rollout_id)
    let_colleagues_learn(app, rollout_id)
    leave_with_go(lead, trainer, rollout_id)
    lead.goto(here)
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Wave 2 may start on ")
    assert find_barriers(lead) == [] and not overflows(lead)
    look_at_the_rest(trainer, here)
    assert take_pictures_of(lead, seller, here, take_pictures, context)


def prepare(lead: Page, head: Page, rollout_id: int) -> None:
    """Help is planned, a scenario tried, the chain rehearsed."""
    plan_help(lead)
    name_tester(lead, rollout_id)
    try_scenario(head, rollout_id)
    rehearse(lead, rollout_id)


def teach_and_help(trainer: Page, seller: Page, head: Page, here: str) -> None:
    """A lesson is taught and learned, a question asked and answered."""
    teach(trainer, here)
    learn(seller, here)
    use_a_script_and_ask(seller, here)
    answer(head, here)


def sign_terms_and_let_the_pilot_work(app: Flask, rollout_id: int) -> None:
    """Terms signed by both sides, a requirement with its test, and six people of whom five work in the CRM."""
    with app.app_context():
        a_rollout_in_waves(TODAY + timedelta(days=3), rollout_id=rollout_id, pilot_days=35)
        store, now = app.extensions["implement_store"], utc_now()
        sides = [(role, a_member(rollout_id, role)) for role in (Role.CONSULTANT, Role.LEAD)]
        a_requirement(rollout_id, sides[0][1])
        files, said = terms.TermsFiles(b"<p>Terms</p>", b"%PDF", b"PK", 1), {"store": store, "now": now}
        row = terms.keep_version(rollout_id, Document("Terms", "en", ()), files, note="", by=sides[0][1], **said)
        for role, by in sides:
            terms.sign_terms(row, seen=row.html_sha256, role=role, roles=frozenset({role}), by=by, **said)
        days = [TODAY - timedelta(days=number) for number in range(1, 33)]
        used = {"rollout_id": rollout_id, "events": 1, "active_events": 1, "records": 1, "counts": {}}
        team = [f"north.{place}" for place in range(5)]
        db.session.execute(insert(UsageDay), [{**used, "crm_user": user, "day": day} for user in team for day in days])
        a_first_week(rollout_id, by=sides[1][1], now=now)
        db.session.commit()


def plan_help(lead: Page) -> None:
    """Who helps newcomers; no week is short of it."""
    lead.get_by_role("link", name="Help for newcomers").click()
    lead.get_by_label("People who help").fill("3")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Help week by week").first).to_be_visible()


def name_tester(lead: Page, rollout_id: int) -> None:
    """The acceptance test becomes a scenario, and the head its tester."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/tests")
    lead.get_by_role("button", name="Take them up").click()
    lead.get_by_role("link", name="Leave a request alone").click()
    lead.get_by_label("Tester").select_option(label="Henry Head")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Tester: Henry Head")).to_be_visible()


def try_scenario(head: Page, rollout_id: int) -> None:
    """From the hall to the scenario; it works, with a file that shows it."""
    head.goto(f"/rollouts/{rollout_id}")
    head.get_by_role("link", name="Try out one scenario of the CRM").click()
    head.get_by_label("Result").select_option(label="it works")
    evidence = {"name": "seen.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    head.get_by_label("Evidence: a picture or a file").set_input_files(evidence)  # type: ignore[arg-type]
    assert find_barriers(head) == [] and not overflows(head)
    head.get_by_role("button", name="Write it down").click()
    expect(head.get_by_role("link", name="seen.png")).to_be_visible()


def rehearse(lead: Page, rollout_id: int) -> None:
    """A chain from a template, rehearsed without people."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/chains")
    lead.get_by_label("Begin from").select_option(label="A request, answered")
    lead.get_by_role("button", name="Begin").click()
    lead.get_by_label("Seed").fill("8")
    lead.get_by_role("button", name="Simulate").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("of 80 steps of 40 orders were in time")
    assert find_barriers(lead) == [] and not overflows(lead)


def leave_with_go(lead: Page, consultant: Page, rollout_id: int) -> None:
    """The report is frozen, and both sides sign it."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/result")
    lead.get_by_label("Decision").select_option(label="go: the next wave may start")
    lead.get_by_label("Reason").fill("Five of six work in it daily.")
    lead.get_by_role("button", name="Make the report").click()
    lead.get_by_role("button", name="Sign as Project lead").click()
    expect(lead.get_by_text("You have signed.")).to_be_visible()
    consultant.goto(f"/rollouts/{rollout_id}/pilot/result")
    consultant.get_by_role("button", name="Sign as Consultant").click()
    expect(consultant.get_by_role("link", name="Signed PDF")).to_be_visible()


def who(app: Flask, rollout_id: int, crm_user: str) -> int:
    """Somebody on the staff."""
    with app.app_context():
        return next(one.person_id for one in list_staff(rollout_id) if one.crm_user == crm_user)


def teach(trainer: Page, here: str) -> None:
    """A lesson of one's own, with a quiz, for everybody."""
    trainer.goto(f"{here}/training/lessons/new")
    trainer.get_by_label("Title").fill("Search before you type")
    trainer.get_by_label("What it is about").fill(HOSTILE)
    trainer.get_by_label("Quiz").fill(QUIZ)
    trainer.get_by_role("button", name="Save").click()
    expect(trainer.get_by_role("heading", level=1)).to_have_text("One lesson is in use.")
    trainer.goto(f"{here}/training")
    answer = "12 people: 0 of 12 lessons are learned; none is overdue."
    expect(trainer.get_by_role("heading", level=1)).to_have_text(answer)
    assert find_barriers(trainer) == []


def learn(seller: Page, here: str) -> None:
    """On the phone: read, wrong at first and then right."""
    seller.goto(f"{here}/lessons")
    expect(seller.get_by_role("heading", level=1)).to_contain_text("One lesson is left")
    assert find_barriers(seller) == [] and not overflows(seller)
    seller.get_by_role("link", name="Search before you type").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("Search before you type")
    assert find_barriers(seller) == [] and not overflows(seller)
    seller.get_by_role("button", name="I have read it").click()
    seller.get_by_label("A new card").check()
    seller.get_by_role("button", name="See how it went").click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("0 of 1 were right.")
    seller.get_by_role("link", name="Try again").click()
    choose_right(seller)


def choose_right(learner: Page) -> None:
    """The right answer: nothing is left."""
    learner.get_by_label("Search", exact=True).check()
    learner.get_by_role("button", name="See how it went").click()
    expect(learner.get_by_role("heading", level=1)).to_have_text("You have learned everything that is asked of you.")


def use_a_script_and_ask(seller: Page, here: str) -> None:
    """A script is used without a name, and a question asked in words that attack."""
    seller.goto(f"{here}/book?find=calls")
    seller.get_by_role("link", name="First call: three sentences").click()
    seller.get_by_role("button", name="I used it").click()
    expect(seller.locator("main")).to_contain_text("your name is not kept")
    seller.goto(f"{here}/support")
    seller.get_by_label("Your question").fill(HOSTILE)
    seller.get_by_role("button", name="Ask", exact=True).click()
    expect(seller.get_by_role("heading", level=1)).to_have_text("One of your questions waits for an answer.")
    expect(seller.locator("main")).to_contain_text(HOSTILE)
    assert find_barriers(seller) == [] and not overflows(seller)


def answer(head: Page, here: str) -> None:
    """The head answers; it becomes a page of the book, and the title of the tab stays what it was."""
    head.goto(f"{here}/support/questions")
    head.get_by_role("link", name="document.title").click()
    head.get_by_label("Answer", exact=True).fill("Mere words.")
    head.get_by_label("Title in the book of sales").fill(HOSTILE)
    assert find_barriers(head) == []
    head.get_by_role("button", name="Answer").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("No question waits for an answer.")
    head.goto(f"{here}/book?find=broken")
    expect(head.get_by_role("heading", level=1)).to_have_text("One page holds these words.")
    assert "broken in" not in head.title()


def bring_in_a_newcomer(app: Flask, rollout_id: int) -> int:
    """Somebody new on the staff list; nobody enrols them but the house itself."""
    with app.app_context():
        a_newcomer(rollout_id, "south.9", by=a_user())
        db.session.commit()
    train(app)
    return who(app, rollout_id, "south.9")


def learn_from_the_hall(newcomer: Page, rollout_id: int) -> None:
    """The first page says what is to be learned."""
    newcomer.goto(f"/rollouts/{rollout_id}")
    newcomer.get_by_role("link", name="Learn one lesson").click()
    newcomer.get_by_role("link", name="Search before you type").click()
    newcomer.get_by_role("button", name="I have read it").click()
    choose_right(newcomer)


def let_colleagues_learn(app: Flask, rollout_id: int) -> None:
    """Everybody else of the wave, but one; then the week is over."""
    with app.app_context():
        for crm_user in ("south.0", "south.2", "south.3", "south.4"):
            person_id = next(one.person_id for one in list_staff(rollout_id) if one.crm_user == crm_user)
            learning.note_reading(rollout_id, 1, person_id, by=a_user(), now=utc_now())
        db.session.flush()
        let_the_week_end(rollout_id)
        db.session.commit()


def let_the_week_end(rollout_id: int) -> None:
    """All of it lies in the week before: shares of people who learn are those of the last week that is over."""
    week = timedelta(days=7)
    for row in db.session.scalars(select(Enrolment).where(Enrolment.rollout_id == rollout_id)).all():
        moved = {"enrolled_on": row.enrolled_on - week, "due": row.due - week}
        moved |= {"read_at": row.read_at and row.read_at - week, "passed_at": row.passed_at and row.passed_at - week}
        db.session.execute(update(Enrolment).where(Enrolment.id == row.id).values(moved))


def look_at_the_rest(trainer: Page, here: str) -> None:
    """Hot spots, changes, a conflict with both loads, before and after: no barrier on any of them."""
    for path in ("support/hot-spots", "training/shown", "changes", "conflicts", "conflicts/1", "values", "values/1"):
        trainer.goto(f"{here}/{path}")
        expect(trainer.get_by_role("heading", level=1)).to_be_visible()
        assert find_barriers(trainer) == [], path


def take_pictures_of(
    lead: Page, seller: Page, here: str, take_pictures: TakePictures, context: BrowserContext
) -> list[Path]:
    """Waves, result, training and own lessons: phone and desk, light and dark."""
    context.add_cookies(lead.context.cookies())
    found = take_pictures(here, "pilot-waves", languages=("de",))
    found += take_pictures(f"{here}/result", "pilot-result", languages=("ru",))
    found += take_pictures(f"{here}/training", "pilot-training", languages=("de",))
    context.clear_cookies()
    context.add_cookies(seller.context.cookies())
    return found + take_pictures(f"{here}/support", "pilot-support", languages=("de",))
