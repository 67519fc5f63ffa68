"""A seller agrees to be an example, colleagues read how the best-kept deals are run, and it is gone when withdrawn."""

from io import BytesIO

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.loading import take_files
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import NOW, a_firm, person_id_of
from tests.rooms.deals_house import a_log_of_deals

PHONE = {"width": 375, "height": 812}


def test_a_seller_is_an_example_as_long_as_they_agree(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        by, store = a_firm(rollout_id, {"North": 6}), app.extensions["implement_store"]
        kept = HandedIn("deals.csv", store.put(BytesIO(a_log_of_deals("North", 6))).sha256)
        take_files(rollout_id, [kept], store=store, by=by, now=NOW)
        db.session.commit()
        bob = person_id_of(rollout_id, "north.2")
    seller = page_as("salesperson", person_id=bob, viewport=PHONE)
    say(seller, rollout_id, "I agree", "A colleague who agreed")
    context.add_cookies(seller.context.cookies())
    assert len(take_pictures(f"/rollouts/{rollout_id}/adoption/best", "adoption-best")) == 8
    say(seller, rollout_id, "Withdraw", "Nobody has agreed yet.")


def say(seller: Page, rollout_id: int, button: str, then: str) -> None:
    """On the own page; what follows stands on the page of lessons."""
    seller.goto(f"/rollouts/{rollout_id}/adoption/me")
    assert find_barriers(seller) == []
    seller.get_by_role("button", name=button).click()
    expect(seller.get_by_role("heading", level=1)).to_contain_text("Meeting after 4 days, Won after 9 days")
    expect(seller.get_by_text(then)).to_be_visible()
    assert find_barriers(seller) == [] and not overflows(seller)
