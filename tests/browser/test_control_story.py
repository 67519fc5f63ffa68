"""A lead starts the month of close control for a wave, a head ticks what is due, with evidence, and reads whether the
bonus lifted the weakest: in a real browser.
"""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db, utc_now
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import a_firm, person_id_of
from tests.rooms.test_bonus_pages import reward


def test_the_first_month_is_controlled(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M33, M60, M112
    with app.app_context():
        reward(rollout_id, 0.7, by=a_firm(rollout_id, {"North": 10, "South": 10}))
        db.session.commit()
        head_id = person_id_of(rollout_id, "north.1")
    henry, lead = page_as("head", person_id=head_id), page_as("lead")
    lead.goto(f"/rollouts/{rollout_id}/adoption/control")
    lead.get_by_label("For whom").select_option(label="all teams of Pilot")
    lead.get_by_label("First day").fill((utc_now().date() - timedelta(days=5)).isoformat())
    lead.get_by_role("button", name="Start").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("2 teams are under close control; ")
    enter_checks(henry, rollout_id)
    henry.get_by_label("What you saw").first.fill("Two questions on quotes, both answered")
    henry.get_by_role("button", name="Tick").first.click()
    expect(henry.get_by_text("Two questions on quotes, both answered")).to_be_visible()
    context.add_cookies(henry.context.cookies())
    take_pictures(f"/rollouts/{rollout_id}/adoption/control/1", "adoption-control")
    assert len(take_pictures(read_effect(henry, rollout_id), "bonus-effect")) == 8


def read_effect(henry: Page, rollout_id: int) -> str:
    """From the room's first page to what the bonus did to the weakest quarter, before and after, and to its rows."""
    henry.goto(f"/rollouts/{rollout_id}/incentives")
    henry.get_by_role("link", name="What the bonus changed").click()
    expect(henry.get_by_role("heading", level=1)).to_contain_text("the weakest quarter (5 people) rose by")
    henry.get_by_text("Table behind the picture").click()
    expect(henry.get_by_role("columnheader", name="Weakest, before")).to_be_visible()
    assert find_barriers(henry) == [] and not overflows(henry)
    return henry.url


def enter_checks(henry: Page, rollout_id: int) -> None:
    henry.goto(f"/rollouts/{rollout_id}")
    henry.get_by_role("link", name="checks of the first month").first.click()
    expect(henry.get_by_label("What you saw").first).to_be_visible()
    assert find_barriers(henry) == []
