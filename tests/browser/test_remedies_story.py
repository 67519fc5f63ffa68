"""A lead starts a remedy on a team's page and follows it, the council reads what runs: in a real browser."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import a_firm, a_log, a_usage, steady

TEAMS = {"North": 8, "South": 6}
LESSON = "Explain one function at a time, at the person's own desk, with their own customers"


def test_a_remedy_is_started_and_followed(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M25, M27
    with app.app_context():
        slow = {f"south_{number}": 0.2 for number in range(1, 7)}
        by = a_firm(rollout_id, TEAMS)
        a_usage(rollout_id, app.extensions["implement_store"], by, events=a_log(steady(TEAMS, **slow)))
        db.session.commit()
    lead = page_as("lead")
    start_for_team(lead, rollout_id)
    council = page_as("council")
    council.goto(f"/rollouts/{rollout_id}/adoption/remedies")
    expect(council.get_by_role("heading", level=1)).to_have_text("One remedy is running.")
    assert find_barriers(council) == []
    assert len(take_pictures_of(lead, rollout_id, take_pictures, context)) == 24


def start_for_team(lead: Page, rollout_id: int) -> None:
    """From the team's page to the remedy that runs."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/teams")
    lead.get_by_role("link", name="South").first.click()
    lead.get_by_role("link", name="Start another remedy").click()
    lead.get_by_label("Remedy").select_option(label=f"Learning it is hard: {LESSON}")
    lead.get_by_label("What you expect from it").fill("Records are entered on the day")
    assert find_barriers(lead) == []
    lead.get_by_role("button", name="Start the remedy").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(LESSON)
    assert find_barriers(lead) == []


def take_pictures_of(lead: Page, rollout_id: int, take_pictures: TakePictures, context: BrowserContext) -> list[Path]:
    """The lead's pages on phone and desk, light and dark, in German and Russian."""
    context.add_cookies(lead.context.cookies())
    paths = {"remedies": "remedies", "remedies/1": "remedy", "remedies/new?team=2": "new-remedy"}
    return [
        file
        for path, name in paths.items()
        for file in take_pictures(f"/rollouts/{rollout_id}/adoption/{path}", f"adoption-{name}")
    ]
