"""Carol hands a later export of the CRM in and follows a loss to its record, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from implement.db import db
from tests.browser.test_transfer_cases_story import barriers_on, log_in
from tests.fixtures.browser import TakePictures
from tests.fixtures.members import VisitorAs
from tests.rooms.drifted import a_compared_case, compare_later, later_deals
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
PATHS = ("/cutover", "/cutover/drift", "/cutover/drift/2/rows/4")


@pytest.fixture
def room(app: Flask) -> str:
    """The room of a rollout that was compared, and whose CRM was exported once since."""
    with app.test_request_context():
        case = a_compared_case()
        compare_later(case, deals_csv=later_deals())
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_carol_follows_a_loss_from_the_first_sentence_to_its_record(
    page: Page, visitor_as: VisitorAs, live_server: str, room: str, take_pictures: TakePictures
) -> None:  # M135
    log_in(page, visitor_as, live_server, room)
    page.goto(f"{room}/cutover")
    page.get_by_role("link", name="Drift after the cutover").click()
    later = later_deals().replace(b"D0003,", b"D0003x,")
    files = {"name": "deals.csv", "mimeType": "text/csv", "buffer": later}
    page.get_by_label("Later export of the CRM").set_input_files(files=[files])
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="5 emptied").wait_for()
    page.get_by_role("link", name="D0010").first.click()
    expect(page.locator("h1")).to_contain_text("deals D0010: emptied")
    assert [path for path in PATHS if barriers_on(page, room + path)] == []
    assert says_that_pictures_are_wide(page, f"{room}/cutover/drift")
    for path in PATHS:
        take_pictures(room + path, "drift" + path.replace("/", "-"))


def says_that_pictures_are_wide(page: Page, address: str) -> bool:
    """On a phone a wide picture scrolls and says so; on a desk it fits and says nothing."""
    page.goto(address)
    cue, told = page.locator(".scroll-cue").first, []
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 812})
        wide = page.locator(".chart-frame").first.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        told.append((wide, cue.is_visible()))
    return told == [(True, True), (False, False)]
