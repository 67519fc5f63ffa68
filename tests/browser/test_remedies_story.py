"""A lead starts a remedy on a team's page and follows it, the council reads what runs: in a real browser."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from implement.stages.adoption.service.remedies import ForWhom, Plan, start_remedy
from implement.web.access import Role, Standing
from tests import builders
from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, a_log, a_usage, steady

TEAMS = {"North": 6, "South": 6, "East": 6, "West": 6}
START = SUNDAY - timedelta(days=28)
LESSON = "Explain one function at a time, at the person's own desk, with their own customers"


def test_a_remedy_is_started_and_followed(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M25, M27
    with app.app_context():
        a_helped_firm(rollout_id, app)
    lead = page_as("lead")
    judge(lead, rollout_id)
    start_for_team(lead, rollout_id)
    council = page_as("council")
    council.goto(f"/rollouts/{rollout_id}/adoption/remedies")
    expect(council.get_by_role("heading", level=1)).to_have_text("One remedy is running.")
    assert find_barriers(council) == []
    assert len(take_pictures_of(lead, rollout_id, take_pictures, context)) == 24


def a_helped_firm(rollout_id: int, app: Flask) -> None:
    """The South hardly uses the CRM; a support person was named for it five weeks ago."""
    slow = {f"south_{number}": 0.2 for number in range(1, 7)}
    by = a_firm(rollout_id, TEAMS)
    store = app.extensions["implement_store"]
    a_usage(rollout_id, store, by, events=a_log(steady(TEAMS, **slow)))
    lead_then = builders.a_member(rollout_id, Role.LEAD)
    plan = Plan("remedy.name_support_person", lead_then.id, START - timedelta(days=7), "Questions are answered")
    begun, steering = NOW - timedelta(days=35), Standing(rollout_id, frozenset({Role.LEAD}), None)
    start_remedy(steering, ForWhom(team_id=2), plan, store=store, by=lead_then, now=begun)
    db.session.commit()


def judge(lead: Page, rollout_id: int) -> None:
    """The remedy that has run its time is judged against the teams without one."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/remedies")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("one is due for judgement")
    lead.get_by_role("link", name="Name a support person").click()
    lead.get_by_role("button", name="Judge its effect").click()
    expect(lead.get_by_role("heading", name="No clear effect.", exact=True)).to_be_visible()
    expect(lead.get_by_role("heading", name="Fields filled: No clear effect.")).to_be_visible()
    assert find_barriers(lead) == []


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
    paths = {"remedies": "remedies", "remedies/1": "remedy", "teams/2": "team-remedies"}
    return [
        file
        for path, name in paths.items()
        for file in take_pictures(f"/rollouts/{rollout_id}/adoption/{path}", f"adoption-{name}")
    ]
