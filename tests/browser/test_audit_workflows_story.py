"""Carol writes down how work runs while people tell her, by keyboard only, and says what must be put in order."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs

STEPS = (("Take the request", "Office", "5"), ("Write the offer", "Sales", "20"), ("Price it", "Sales", "35"))


def type_step(tab: Page, title: str, who: str, minutes: str) -> None:
    tab.get_by_label("What is done").fill(title)
    tab.get_by_label("Who does it").fill(who)
    tab.get_by_label("Minutes of work").fill(minutes)
    tab.keyboard.press("Enter")
    expect(tab.locator("tbody th").filter(has_text=title).first).to_be_visible()


def begin(tab: Page, rollout_id: int) -> None:
    tab.goto(f"/rollouts/{rollout_id}/audit")
    tab.get_by_role("button", name="Begin the audit").click()
    tab.get_by_role("link", name="Workflows").click()
    tab.get_by_label("Workflow", exact=True).fill("From request to order")
    tab.get_by_label("Times a month").fill("120")
    tab.get_by_label("Cost of a working hour").fill("42")
    tab.get_by_role("button", name="Go to its steps").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("0 steps")


def test_carol_orders_a_workflow_by_keyboard_and_marks_it_unclear(  # M6, M52, M95
    page_as: PageAs, rollout_id: int, context: BrowserContext, take_pictures: TakePictures
) -> None:
    tab = page_as("consultant")
    begin(tab, rollout_id)
    for step in STEPS:
        type_step(tab, *step)
    tab.get_by_role("button", name="Move up: Price it").press("Enter")
    expect(tab.locator("tbody th").nth(1)).to_contain_text("Price it")
    expect(tab.get_by_role("button", name="Move up: Price it")).to_be_focused()
    tab.get_by_label("What is unclear about it").fill("Everybody prices in their own way")
    tab.get_by_role("button", name="Mark as unclear").press("Enter")
    expect(tab.locator(".notice")).to_contain_text("Order first, then automate")
    assert find_barriers(tab) == []
    tab.set_viewport_size({"width": 375, "height": 812})
    assert not overflows(tab)
    context.add_cookies(tab.context.cookies())
    assert take_pictures(tab.url, "audit-workflow")
    tab.get_by_role("link", name="The risk that follows").click()
    expect(tab.get_by_role("heading", level=2).first).to_contain_text("From request to order")
