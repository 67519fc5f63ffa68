"""A head runs the daily briefing on a laptop by the clock, a seller sets out priorities on a phone."""

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db, utc_now
from implement.engine.law import MeetingRule, Terms
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.bound_firm import Firm, a_bound_firm

PHONE = {"width": 375, "height": 812}
MOST_CLICKS = 5
COUNT_CLICKS = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1
}, true)"""
RULES = (
    MeetingRule("daily", "1234567", 540, 15, "Room 4"),
    MeetingRule("weekly", str(utc_now().isoweekday()), 600, 60),
)


def test_a_team_meets_by_the_clock(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M118, M119, M120
    firm = a_firm_that_meets(app, rollout_id)
    henry = page_as("head", person_id=firm.people["north.1"])
    bob = page_as("salesperson", person_id=firm.people["north.2"], viewport=PHONE)
    address = begin(henry, rollout_id)
    take_part(bob, rollout_id)
    henry.reload()
    henry.get_by_role("button", name="Everybody is there").click()
    expect(henry.get_by_text("Call the mill")).to_be_visible()
    assert find_barriers(henry) == []
    context.add_cookies(henry.context.cookies())
    take_pictures(address, "meetings-daily")
    close(henry, address)
    henry.goto(f"/rollouts/{rollout_id}/meetings/compliance")
    expect(henry.get_by_role("heading", level=1)).to_contain_text("1 of ")


def close(henry: Page, address: str) -> None:
    """Close the meeting; from the first page to the minutes it took few clicks."""
    henry.goto(address)
    henry.get_by_role("button", name="Close and keep the minutes").click()
    expect(henry.get_by_role("heading", level=1)).to_have_text("Minutes: Daily briefing, North")
    assert 3 <= int(henry.evaluate("sessionStorage.clicks")) <= MOST_CLICKS
    assert find_barriers(henry) == []


def a_firm_that_meets(app: Flask, rollout_id: int) -> Firm:
    with app.app_context():
        firm = a_bound_firm(rollout_id)
        firm.bind(Terms(meetings=RULES))
        db.session.commit()
        return firm


def begin(henry: Page, rollout_id: int) -> str:
    """Begin the series, then today's meeting from the hall; the clock runs."""
    henry.add_init_script(COUNT_CLICKS)
    henry.goto(f"/rollouts/{rollout_id}/meetings")
    henry.get_by_label("Begins at").fill("09:00")
    henry.get_by_role("button", name="Begin the series").click()
    expect(henry.get_by_role("button", name="Start")).to_be_visible()
    henry.goto(f"/rollouts/{rollout_id}")
    henry.evaluate("sessionStorage.clicks = 0")
    henry.get_by_role("link", name="Today: daily briefing of North").click()
    henry.get_by_role("button", name="Start").click()
    expect(henry.get_by_role("timer")).to_contain_text("left")
    return henry.url


def take_part(bob: Page, rollout_id: int) -> None:
    bob.goto(f"/rollouts/{rollout_id}")
    bob.get_by_role("link", name="Today: daily briefing of North").click()
    bob.get_by_role("button", name="I am there").click()
    expect(bob.get_by_text("there", exact=True)).to_be_visible()
    for number, text in enumerate(("Call the mill", "Offer to Ost", "Visit Lind"), start=1):
        bob.get_by_label(f"Priority {number} of 3").fill(text)
        bob.locator(".participant").first.get_by_role("button", name="Add").click()
        expect(bob.get_by_text(text)).to_be_visible()
    expect(bob.get_by_label("Priority 4 of 3")).to_have_count(0)
    assert find_barriers(bob) == [] and not overflows(bob)
