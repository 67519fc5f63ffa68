"""Carol prepares the transfer and its night on a phone, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.test_transfer_story import log_in
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs


def test_carol_finishes_the_first_step_of_the_night_on_her_phone(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server)
    page.set_viewport_size({"width": 375, "height": 812})
    room = f"/rollouts/{rollout_id}/transfer"
    page.goto(f"{room}/cutover")
    page.get_by_role("button", name="Take over the proposed steps").click()
    page.get_by_role("button", name="Done").first.click()
    page.get_by_text("8 steps of the cutover are still open.").wait_for()
    assert prints_as_a_sheet_for_the_night(page)
    wide = []
    for path in ("/cutover", "/sources", "/totals", "/health/source", "/left-behind"):
        page.goto(room + path)
        wide += [path] if overflows(page) or find_barriers(page) else []
        take_pictures(room + path, f"transfer-before{path.replace('/', '-')}")
    assert wide == []


def prints_as_a_sheet_for_the_night(page: Page) -> bool:
    """Printed, the cutover has every step and room to sign by hand, and nothing to press or to type in."""
    page.emulate_media(media="print")
    steps, by_hand = page.locator("tbody th").count(), page.locator("td.only-print").first.is_visible()
    pressed = page.locator("main button, main input, main textarea").locator("visible=true").count()
    Path("artefacts/pictures").mkdir(parents=True, exist_ok=True)
    page.screenshot(path="artefacts/pictures/transfer-before-cutover-printed.png", full_page=True)
    page.emulate_media(media="screen")
    return steps > 8 and by_hand and pressed == 0
