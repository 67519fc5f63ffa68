"""Every wave has recovered: the report is made, both sides sign it, the rollout is closed: in a real browser."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs


def test_a_rollout_is_closed_with_two_signatures(
    rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    lead, consultant = page_as("lead"), page_as("consultant")
    lead.goto(f"/rollouts/{rollout_id}/closing")
    expect(lead.get_by_role("heading", level=1)).to_have_text(
        "One wave has not recovered yet, so the rollout stays open."
    )
    open_the_gate(lead)
    lead.goto(f"/rollouts/{rollout_id}/closing")
    lead.get_by_role("button", name="Make the report").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("The closing report waits for signatures.")
    sign(lead, "Sign as Project lead")
    sign(consultant, "Sign as Consultant", f"/rollouts/{rollout_id}/closing")
    expect(consultant.get_by_role("heading", level=1)).to_have_text("This rollout is closed: both sides have signed.")
    with consultant.expect_download() as taken:
        consultant.get_by_role("link", name="Signed PDF").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF-")
    context.add_cookies(consultant.context.cookies())
    assert len(take_pictures(f"/rollouts/{rollout_id}/closing", "closing")) == 8


def open_the_gate(lead: Page) -> None:
    """The adoption of the one wave is marked as done before."""
    lead.get_by_role("link", name="Pilot", exact=True).click()
    lead.get_by_label("Reason").fill("The adoption was done before Implement came.")
    lead.get_by_role("button", name="Note the exception").click()
    expect(lead.get_by_text("The adoption was done before Implement came.")).to_be_visible()


def sign(side: Page, button: str, address: str = "") -> None:
    """One side signs the frozen bytes."""
    if address:
        side.goto(address)
    expect(side.get_by_role("button", name=button)).to_be_visible()
    assert find_barriers(side) == []
    side.get_by_role("button", name=button).click()
    expect(side.get_by_text("You have signed.")).to_be_visible()
