"""HR prices a month by a rule with a jump, is refused to approve it alone, and a seller objects on the phone."""

import hashlib
import zipfile
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.control.incentives.service import runs
from implement.db import db
from implement.rollout.service.rollouts import get_rollout
from implement.rollout.tables import Person
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.bound_firm import a_bound_firm
from tests.rooms.pay_house import AFTER, CLIFF, MARCH, PayHouse

PHONE = {"width": 375, "height": 812}
OFFICE = {
    "Wage type of the variable part": "2001",
    "DATEV: adviser number": "1234567",
    "DATEV: client number": "10001",
    "LODAS: processing key for amounts": "2",
}


def test_a_month_is_priced_by_a_rule_with_a_jump_and_an_objection_is_adjusted(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M126, M127
    house = a_house(app, rollout_id)
    hanna, alice, hugo = page_as("hr"), page_as("lead"), page_as("hr")
    look_at_rule(hanna, rollout_id)
    context.add_cookies(hanna.context.cookies())
    take_pictures(hanna.url, "pay-rule")
    say_office(hanna, rollout_id)
    press(hanna, rollout_id, "Compute", "One file is prepared and read back")
    press(alice, rollout_id, "I have checked it", "pays")
    press(hanna, rollout_id, "Approve and sign", "Another person approves")
    press(hugo, rollout_id, "Approve and sign", "pays")
    take_file(hugo, rollout_id)
    take_pictures(hugo.url, "pay-month-end")
    bob = page_as("salesperson", person_id=house.bob_id, viewport=PHONE)
    statement = object_on_the_phone(bob, rollout_id)
    take_pictures(statement, "pay-statement")
    adjust(hanna, rollout_id, statement)
    assert "You are right" in read_answer(bob, statement)


def read_answer(bob: Page, statement: str) -> str:
    """What the seller reads of the answer."""
    bob.goto(statement)
    expect(bob.get_by_text("adjusted")).to_be_visible()
    return bob.locator("main").inner_text()


def a_house(app: Flask, rollout_id: int) -> PayHouse:
    """A firm ready for March, with the draft of its run."""
    with app.app_context():
        get_rollout(rollout_id).legal_profile = "EU"
        house = PayHouse(a_bound_firm(rollout_id))
        db.session.get_one(Person, house.bob_id).number = "1002"
        house.prepare(terms=CLIFF)
        house.draft(CLIFF, name="Next year")
        runs.begin_run(rollout_id, *MARCH, by=house.alice, now=AFTER)
        db.session.commit()
        return house


def look_at_rule(hanna: Page, rollout_id: int) -> None:
    """The draft shows its jump in words and in the picture."""
    hanna.goto(f"/rollouts/{rollout_id}/incentives")
    hanna.get_by_role("link", name="Next year").click()
    expect(hanna.get_by_text("leaps from 0.00% to 60.00%")).to_be_visible()
    assert find_barriers(hanna) == []


def press(page: Page, rollout_id: int, button: str, said: str) -> None:
    """Press a button of the run's page and read what comes."""
    page.goto(f"/rollouts/{rollout_id}/incentives/runs/1")
    page.get_by_role("button", name=button).click()
    expect(page.locator("main")).to_contain_text(said)
    assert find_barriers(page) == []


def say_office(hanna: Page, rollout_id: int) -> None:
    """HR says what the payroll office said, before the month is computed."""
    hanna.goto(f"/rollouts/{rollout_id}/incentives/month-end")
    hanna.get_by_label("DATEV LODAS").check()
    for label, typed in OFFICE.items():
        hanna.get_by_label(label).fill(typed)
    hanna.get_by_role("button", name="Save").click()
    expect(hanna.get_by_text("Saved.")).to_be_visible()
    assert find_barriers(hanna) == []


def take_file(hugo: Page, rollout_id: int) -> None:
    """LODAS takes the month as it is, in the very bytes that were signed, with a file that proves it."""
    hugo.goto(f"/rollouts/{rollout_id}/incentives/month-end")
    shown = hugo.locator("td.fingerprint code").inner_text()
    with hugo.expect_download() as sent:
        hugo.get_by_role("link", name="DATEV LODAS").click()
    assert hashlib.sha256(Path(sent.value.path()).read_bytes()).hexdigest() == shown
    with zipfile.ZipFile(sent.value.path()) as archive:
        (name,) = (one for one in archive.namelist() if one.endswith(".lodas.txt"))
        assert b"1;01.03.2026;1002;2001;2;680,00;;" in archive.read(name).splitlines()


def object_on_the_phone(bob: Page, rollout_id: int) -> str:
    """The seller reads each step, the days behind a figure, and objects."""
    bob.goto(f"/rollouts/{rollout_id}/incentives/mine")
    bob.get_by_role("link", name="March 2026").click()
    expect(bob.get_by_text("€1,000.00 × 0.68 is €680.00")).to_be_visible()
    assert find_barriers(bob) == [] and not overflows(bob)
    bob.get_by_label("What is wrong").fill("Two visits are missing")
    bob.get_by_role("button", name="Object").click()
    expect(bob.get_by_text("Two visits are missing")).to_be_visible()
    return bob.url


def adjust(hanna: Page, rollout_id: int, statement: str) -> None:
    """HR begins an adjustment, corrects the figure, answers and has it computed."""
    hanna.goto(f"/rollouts/{rollout_id}/incentives/runs/1")
    hanna.get_by_role("button", name="Begin an adjustment").click()
    expect(hanna.get_by_text("say what was really reached; then compute")).to_be_visible()
    hanna.goto(statement)
    hanna.get_by_label("What was really reached").fill("10")
    hanna.locator("form[action*='/correct/']").get_by_label("Reason").fill("Two were lost")
    hanna.get_by_role("button", name="Correct").click()
    expect(hanna.get_by_text("really 10 (Two were lost)")).to_be_visible()
    hanna.goto(statement)
    hanna.get_by_text("Answer by adjustment").click()
    hanna.locator("form[action*='/adjust/']").get_by_label("Reason").fill("You are right")
    hanna.get_by_role("button", name="Answer").click()
    expect(hanna.get_by_text("You are right")).to_be_visible()
    hanna.goto(f"/rollouts/{rollout_id}/incentives/runs/2")
    hanna.get_by_role("button", name="Compute").click()
    expect(hanna.get_by_role("heading", level=1)).to_contain_text("pays €120.00 to one person")
