"""A regulation from template to the phone: written, approved, handed out, acknowledged, one is late."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db, utc_now
from implement.engine.law import Terms
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.bound_firm import DAILY, LATE, VISITS, a_bound_firm

PHONE = {"width": 375, "height": 812}


def test_a_regulation_reaches_the_people_it_binds(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M113, M114, M116
    bob_id = an_agreement(app, rollout_id)
    lead, hanna, bob = page_as("lead"), page_as("hr"), page_as("salesperson", person_id=bob_id, viewport=PHONE)
    address = write_from_template(lead, rollout_id)
    approve_and_hand_out(hanna, lead, rollout_id)
    bob.goto(f"/rollouts/{rollout_id}")
    bob.get_by_role("link", name="Read and acknowledge 2 texts").click()
    bob.get_by_role("link", name="Regulation of meetings").first.click()
    bob.get_by_role("button", name="I have read this version").click()
    expect(bob.get_by_text("acknowledged by you")).to_be_visible()
    assert not overflows(bob) and find_barriers(bob) == []
    lead.goto(f"/rollouts/{rollout_id}/regulations/overdue")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("acknowledgements are overdue.")
    assert find_barriers(lead) == []
    context.add_cookies(lead.context.cookies())
    take_pictures(address, "regulations-version")
    take_pictures(f"/rollouts/{rollout_id}/regulations", "regulations-list")


def an_agreement(app: Flask, rollout_id: int) -> int:
    """An agreement handed out long ago; returns who Bob is."""
    with app.app_context():
        firm = a_bound_firm(rollout_id)
        firm.bind(Terms(kpis=(VISITS,), grounds=(LATE,), meetings=(DAILY,), keep_months=13), kind="agreement")
        db.session.commit()
        return firm.people["north.3"]


def write_from_template(lead: Page, rollout_id: int) -> str:
    lead.goto(f"/rollouts/{rollout_id}/regulations/templates/1")
    lead.get_by_label("weekday").first.fill("Monday")
    lead.get_by_label("Valid from").fill((utc_now().date() - timedelta(days=1)).isoformat())
    lead.get_by_role("button", name="Begin the draft").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Draft: Regulation of meetings")
    lead.get_by_text("Add: Meetings").click()
    meeting = lead.locator("#meetings")
    meeting.get_by_label("Tuesday").check()
    meeting.get_by_label("Begins at").fill("09:00")
    meeting.get_by_label("Minutes it takes").fill("15")
    meeting.get_by_role("button", name="Add", exact=True).click()
    expect(lead.get_by_text("Tuesday at 09:00, 15 min")).to_be_visible()
    assert find_barriers(lead) == []
    lead.get_by_role("button", name="Keep for approval").click()
    expect(lead.get_by_text("waits for approval by a second person")).to_be_visible()
    return urlsplit(lead.url).path


def approve_and_hand_out(hanna: Page, lead: Page, rollout_id: int) -> None:
    hanna.goto(f"/rollouts/{rollout_id}")
    hanna.get_by_role("link", name="Approve: Regulation of meetings").click()
    hanna.get_by_role("button", name="Approve").click()
    expect(hanna.get_by_role("status")).to_contain_text("Approved")
    lead.reload()
    lead.get_by_role("button", name="Hand out").click()
    expect(lead.get_by_role("status")).to_contain_text("Handed out to")
