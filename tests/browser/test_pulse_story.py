"""A lead asks, people answer by link on the phone and by log-in, everybody reads sums: in a real browser."""

import re
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from implement.db import db, utc_now
from implement.rollout.service.rollouts import local_day
from implement.rollout.service.usage import list_staff
from implement.rollout.tables import OutboxMail, Person
from implement.stages.adoption.service.ballots import count_answers, find_respondent
from implement.stages.adoption.service.pulse import list_items
from tests.fixtures.browser import TakePictures, find_barriers, open_context, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import a_firm, person_id_of

TEAMS = {"North": 7, "South": 6, "Tiny": 3}
PHONE = {"width": 375, "height": 812}


def test_people_are_asked_answer_in_a_minute_and_read_sums(
    app: Flask, rollout_id: int, page_as: PageAs, browser: Browser, live_server: str, take_pictures: TakePictures,
    context: BrowserContext,
) -> None:  # fmt: skip
    with app.app_context():
        a_firm(rollout_id, TEAMS)
        db.session.get_one(Person, person_id_of(rollout_id, "north.1")).email = "north.1@example.com"
        db.session.commit()
        bob = person_id_of(rollout_id, "south.2")
    lead = page_as("lead")
    open_round(lead, rollout_id)
    phone = open_context(browser, live_server, viewport=PHONE).new_page()
    answer_by_link(phone, find_address(app))
    phone.context.close()
    answer_by_log_in(page_as("salesperson", person_id=bob, viewport=PHONE), rollout_id)
    let_others_answer(app, rollout_id)
    close_round(lead, rollout_id)
    assert take_pictures_of(lead, rollout_id, take_pictures, context)


def open_round(lead: Page, rollout_id: int) -> None:
    """From the teams to the survey, and ask everybody."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/pulse")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Nobody has been asked yet.")
    lead.get_by_role("button", name="Open a round").click()
    expect(lead.get_by_text("0 of 16 have answered")).to_be_visible()


def find_address(app: Flask) -> str:
    """The link in the mail that went out, as a path."""
    with app.app_context():
        body = db.session.scalar(select(OutboxMail.body)) or ""
    found = re.search(r"https?://[^/]+(/pulse/\S+)", body)
    return found[1] if found else ""


def answer_by_link(phone: Page, address: str) -> None:
    """Nine taps and a button, nothing sideways; what is missing is said and what was chosen stays."""
    phone.goto(address)
    assert find_barriers(phone) == [] and not overflows(phone)
    phone.get_by_role("button", name="Send without my name").click()
    expect(phone.get_by_text("9 statements have no answer yet")).to_be_visible()
    choose(phone, "4")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Thank you.")


def answer_by_log_in(seller: Page, rollout_id: int) -> None:
    """The same with an account; afterwards the page only thanks."""
    seller.goto(f"/rollouts/{rollout_id}/adoption/pulse/answer")
    choose(seller, "2")
    seller.goto(f"/rollouts/{rollout_id}/adoption/pulse/answer")
    expect(seller.get_by_role("heading", level=1)).to_contain_text("Thank you.")


def choose(page: Page, answer: str) -> None:
    """The same number for each statement."""
    for group in page.locator("main fieldset").all():
        group.get_by_role("radio", name=answer).check()
    page.get_by_role("button", name="Send without my name").click()


def let_others_answer(app: Flask, rollout_id: int) -> None:
    """Everybody else but two, who like the CRM and miss help."""
    with app.app_context():
        for person in list_staff(rollout_id)[:-2]:
            who = find_respondent(rollout_id, person.person_id, today=local_day(rollout_id, utc_now()))
            ballot = {item.id: 2 if item.id == "pulse.support" else 4 for item in list_items()}
            count_answers(who, ballot, secret=app.config["SECRET_KEY"])
        db.session.commit()


def close_round(lead: Page, rollout_id: int) -> None:
    """The sums in a sentence; the small team stays out of sight."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/pulse")
    lead.get_by_role("button", name="Close and show").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("14 of 16 answered; missed most: Support, 1 agree.")
    assert find_barriers(lead) == []
    assert lead.get_by_role("link", name="Tiny").count() == 0


def take_pictures_of(lead: Page, rollout_id: int, take_pictures: TakePictures, context: BrowserContext) -> list[Path]:
    """The sums on phone and desk, light and dark, in German and Russian."""
    context.add_cookies(lead.context.cookies())
    return take_pictures(f"/rollouts/{rollout_id}/adoption/pulse", "adoption-pulse")
