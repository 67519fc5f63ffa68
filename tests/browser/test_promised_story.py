"""A lead freezes what was before the CRM and reads what became of the promises: in a real browser."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.builders import a_user
from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs
from tests.rooms.handover_house import an_export
from tests.rooms.test_service_promises import purchases
from tests.rooms.transfer_case import read_at_once as read_at_once


@pytest.mark.usefixtures("read_at_once")
def test_promises_stand_beside_what_was_measured(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        an_export(rollout_id, a_user(), purchases(20, 16))
        db.session.commit()
    lead = page_as("lead")
    read_trap(lead, rollout_id)
    freeze(lead, "Routine work, hours a week and person", "20")
    freeze(lead, "Clients who bought more than once", "40")
    expect(lead.get_by_text("With your 20.0 hours, 28 % are 5.6 hours.")).to_be_visible()
    expect(lead.get_by_role("heading", level=1)).to_have_text("One of 15 claims can be held against your own figures.")
    assert find_barriers(lead) == []
    context.add_cookies(lead.context.cookies())
    assert take_pictures(f"/rollouts/{rollout_id}/adoption/promised", "adoption-promised")


def read_trap(lead: Page, rollout_id: int) -> None:
    """The two savings that hardly fit each other are said before anything is measured."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/promised")
    expect(lead.get_by_text("where routine work takes 28.6 to 42.9 hours a week")).to_be_visible()
    assert find_barriers(lead) == []


def freeze(lead: Page, measure: str, figure: str) -> None:
    """Type in a figure as it was."""
    lead.get_by_label("Measure", exact=True).select_option(label=measure)
    lead.get_by_label("Figure before the CRM").fill(figure)
    lead.get_by_label("How many it rests on").fill("30")
    lead.get_by_role("button", name="Freeze").click()
