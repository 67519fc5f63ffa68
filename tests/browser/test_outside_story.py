"""A lead writes a way round the CRM down, a head notes what became of it: in a real browser."""

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs


def test_a_way_round_the_crm_is_written_down_and_closed(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    henry, lead = page_as("head"), page_as("lead")
    write_down(lead, rollout_id)
    note(henry, rollout_id)
    context.add_cookies(lead.context.cookies())
    assert take_pictures(f"/rollouts/{rollout_id}/adoption/bypasses", "adoption-bypasses")


def write_down(lead: Page, rollout_id: int) -> None:
    """From the empty register to the first way, with its measure, rule and owner."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/bypasses")
    assert find_barriers(lead) == []
    lead.get_by_role("link", name="Write one down").click()
    lead.get_by_label("The way round the CRM").fill("Price list in a spreadsheet")
    lead.get_by_label("Technical measure").fill("Prices come into the CRM every night")
    lead.get_by_label("Administrative rule").fill("Offers are valid only from the CRM")
    lead.get_by_label("Owner").select_option(label="Henry Head")
    lead.get_by_role("button", name="Write it down").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("Price list in a spreadsheet")


def note(head: Page, rollout_id: int) -> None:
    """Its owner counts it and says it is narrowed; the register's first line knows."""
    head.goto(f"/rollouts/{rollout_id}/adoption/bypasses")
    head.get_by_role("link", name="Price list in a spreadsheet").click()
    head.get_by_label("State").select_option(label="narrowed")
    head.get_by_label("Still used").fill("11")
    head.get_by_role("button", name="Note it").click()
    expect(head.get_by_text("still used: 11")).to_be_visible()
    assert find_barriers(head) == []
    head.get_by_role("main").get_by_role("link", name="Ways round the CRM").click()
    expect(head.get_by_role("heading", level=1)).to_have_text("One way round the CRM is known; one is not closed.")
