"""Carol lays a loss open, follows its money and its chain; she and Alice sign the run, in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from implement.db import db, utc_now
from implement.rollout.tables import User
from implement.stages.transfer.service import cases
from implement.stages.transfer.tables import Case as TransferCase
from tests.browser.test_transfer_story import log_in
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs, VisitorAs
from tests.rooms.transfer_case import a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
REASON = "They live on in the old system until May."


@pytest.fixture
def rollout_id(app: Flask) -> int:
    """Compared once, and every loss waived with a reason."""
    with app.test_request_context():
        case = a_mapped_case()
        case.run()
        by = db.session.scalars(select(User).order_by(User.id)).first()
        for one in db.session.scalars(select(TransferCase)):
            cases.settle(one, "waived", name="Alice Lead", reason=REASON, by=by, now=utc_now())
        db.session.commit()
        return case.rollout_id


def test_a_loss_is_laid_open_down_to_its_chain(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server)
    run = f"/rollouts/{rollout_id}/transfer/runs/1"
    page.goto(f"{run}/money")
    page.get_by_role("link", name="C002").last.click()
    page.get_by_role("link", name="D0002").click()
    expect(page.locator("main")).to_contain_text("What comes nearest?")
    page.get_by_role("link", name="contacts C002").click()
    expect(page.locator("h1")).to_have_text("contacts C002: arrived as it was")
    assert find_barriers(page) == []
    for path, name in ((f"{run}/money", "money"), (f"{run}/findings/3", "record")):
        take_pictures(path, f"transfer-{name}")


def test_both_sides_sign_one_after_the_other(
    page: Page, page_as: PageAs, visitor_as: VisitorAs, live_server: str, rollout_id: int, take_pictures: TakePictures
) -> None:
    address = f"/rollouts/{rollout_id}/transfer/sign-off"
    log_in(page, visitor_as, live_server)
    carol, alice = page, page_as("lead")
    carol.goto(address)
    carol.get_by_role("button", name="Make the report").click()
    carol.get_by_role("button", name="Sign as Consultant").click()
    expect(carol.get_by_role("button", name="Sign as Consultant")).to_have_count(0)
    alice.goto(address)
    alice.get_by_role("button", name="Sign as Project lead").click()
    expect(alice.locator("h1")).to_have_text("Run 1 is signed by both sides.")
    assert find_barriers(alice) == []
    alice.set_viewport_size({"width": 375, "height": 812})
    assert not overflows(alice)
    take_pictures(address, "transfer-sign-off")
