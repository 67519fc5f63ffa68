"""Carol compares systems, prices one, plans the rollout and takes over its risks; Alice signs the mandate."""

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests import builders
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.choice_case import a_choice, say_needs
from tests.rooms.cost_case import a_saving, two_offers


def answer(tab: Page, sentence: str) -> None:
    """The page that the click led to gives this answer, without barriers and sideways scrolling."""
    expect(tab.get_by_role("heading", level=1)).to_contain_text(sentence)
    assert find_barriers(tab) == []
    assert not overflows(tab)


def test_carol_chooses_prices_plans_and_alice_signs(
    app: Flask, page_as: PageAs, rollout_id: int, context: BrowserContext, take_pictures: TakePictures
) -> None:
    with app.app_context():
        by = builders.a_user()
        a_choice(rollout_id, by)
        say_needs(rollout_id, by, users=35, facts=("calls_matter", "no_server_staff"))
        two_offers(rollout_id, by)
        a_saving(rollout_id, by)
        db.session.commit()
    tab, here = page_as("consultant"), f"/rollouts/{rollout_id}/specification"
    choose(tab, here)
    plan(tab, here)
    sign(tab, page_as("lead"), here)
    context.add_cookies(tab.context.cookies())
    for path in ("choice", "choice/systems/4", "cost", "plan", "risks"):
        assert take_pictures(f"{here}/{path}", f"specification-{path.replace('/', '-')}")


def choose(tab: Page, here: str) -> None:
    """Look at the leader, decide, and read what it costs."""
    tab.goto(f"{here}/choice")
    answer(tab, "Bitrix24 leads with 92 of 100 points")
    tab.get_by_role("link", name="Bitrix24").first.click()
    answer(tab, "Bitrix24 has 92 of 100 points.")
    tab.get_by_role("link", name="Comparison").click()
    tab.get_by_label("Reason").fill("Calls are shown on the card")
    tab.get_by_role("button", name="Choose this system").click()
    expect(tab.locator("main")).to_contain_text("Chosen: Bitrix24")
    tab.get_by_role("link", name="Cost", exact=True).click()
    answer(tab, "Bought will likely cost €26,000 over three years.")


def plan(tab: Page, here: str) -> None:
    """Begin the plan and take over what the rules find."""
    tab.get_by_role("link", name="Plan and risks").click()
    tab.get_by_role("link", name="Choose a plan").click()
    tab.get_by_label("Plan", exact=True).select_option("fifty_days")
    tab.get_by_role("button", name="Make the plan").click()
    answer(tab, "It will likely end between")
    tab.get_by_role("link", name="Risks", exact=True).click()
    tab.get_by_role("button", name="Bring the register up to date").click()
    answer(tab, "risks are in the register")


def sign(tab: Page, alice: Page, here: str) -> None:
    """Carol writes a line of the mandate, Alice signs it."""
    tab.goto(f"{here}/mandate")
    tab.get_by_label("What is supplied").fill("List of customers")
    tab.get_by_label("By whom").fill("IT")
    tab.get_by_label("Until").fill("2030-01-31")
    tab.get_by_role("button", name="Add", exact=True).click()
    answer(tab, "The mandate is not signed as it stands.")
    alice.goto(f"{here}/mandate")
    alice.get_by_role("button", name="Sign the mandate").click()
    answer(alice, "The mandate is signed, and nothing is overdue.")
