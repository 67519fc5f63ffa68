"""A lead hands over the clients of somebody who goes away: in a real browser."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db, utc_now
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.handover_house import someone_leaves
from tests.rooms.transfer_case import read_at_once as read_at_once


@pytest.mark.usefixtures("read_at_once")
def test_clients_of_somebody_who_goes_away_are_handed_over(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        someone_leaves(rollout_id, utc_now().date())
        db.session.commit()
    lead = page_as("lead")
    choose_person(lead, rollout_id)
    context.add_cookies(lead.context.cookies())
    assert take_pictures(urlsplit(lead.url).path, "adoption-belongings")
    confirm(lead)


def choose_person(lead: Page, rollout_id: int) -> None:
    """From the people to whoever goes away, with what is open in the first line."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/handovers")
    expect(lead.get_by_role("heading", level=1)).to_have_text("One person leaves or is away; one has not handed over.")
    lead.get_by_role("link", name="North 2").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("North 2: 3 open deals with 2 clients")
    assert find_barriers(lead) == []


def confirm(lead: Page) -> None:
    """One client goes to somebody else than proposed; the list stays to be printed."""
    lead.get_by_label("Receiver of Acme").select_option(label="North 3 (1)")
    lead.get_by_role("button", name="Confirm the handover").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("no later export has come in yet")
    expect(lead.get_by_role("row", name="Acme")).to_contain_text("North 3")
    assert find_barriers(lead) == [] and not overflows(lead)
