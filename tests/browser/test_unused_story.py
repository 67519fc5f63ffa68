"""A lead writes down what the CRM offers and costs, and reads what is unused: in a real browser."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs


def test_what_is_unused_is_written_down_with_its_cost(
    rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    lead = page_as("lead")
    lead.goto(f"/rollouts/{rollout_id}/adoption/unused")
    write_field(lead)
    context.add_cookies(lead.context.cookies())
    assert take_pictures(f"/rollouts/{rollout_id}/adoption/unused", "adoption-unused")


def write_field(lead: Page) -> None:
    """A field that nobody reads: six hundred entries of six seconds are an hour a week."""
    assert find_barriers(lead) == []
    lead.get_by_text("Write a field down").click()
    lead.get_by_label("Field", exact=True).fill("Fax")
    lead.get_by_label("Entries a week, all people").fill("600")
    lead.get_by_label("Seconds for one entry").fill("6")
    lead.get_by_label("Cost of a working hour").fill("40")
    lead.get_by_role("button", name="Add").last.click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("take 60 minutes a week, €1,840 a year.")
    assert find_barriers(lead) == []
    lead.get_by_role("row", name="Fax").get_by_role("button", name="Remove").click()
    expect(lead.get_by_text("The entry is out of the register.")).to_be_visible()
    lead.get_by_role("button", name="Undo").click()
    expect(lead.get_by_role("rowheader", name="Fax")).to_be_visible()
