"""Carol prepares the transfer and its night on a phone, in a real browser."""

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
    wide = []
    for path in ("/cutover", "/sources", "/totals", "/health/source", "/left-behind"):
        page.goto(room + path)
        wide += [path] if overflows(page) or find_barriers(page) else []
        take_pictures(room + path, f"transfer-before{path.replace('/', '-')}")
    assert wide == []
