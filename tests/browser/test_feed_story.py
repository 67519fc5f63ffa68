"""A lead feeds the adoption room: files with their lists, the calendar, a program with a token; the council reads how
long it stays.
"""

import json
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import SUNDAY, a_firm, a_log, steady

TEAMS = {"North": 12, "South": 6}


def test_files_lists_and_programs_feed_the_room(
    app: Flask, rollout_id: int, page_as: PageAs, tmp_path: Path, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        a_firm(rollout_id, TEAMS)
        db.session.commit()
    lead = page_as("lead")
    hand_in(lead, rollout_id, write_files(tmp_path))
    set_calendar(lead, rollout_id)
    send_batch(lead, make_token(lead, rollout_id))
    read_batches(lead, rollout_id)
    read_periods(page_as("council"), rollout_id)
    context.add_cookies(lead.context.cookies())
    paths = {"adoption/imports": "imports", "adoption/calendar": "calendar", "adoption/api": "programs"}
    for path, name in {**paths, "monitoring/retention": "retention"}.items():
        assert len(take_pictures(f"/rollouts/{rollout_id}/{path}", f"feed-{name}")) == 8


def write_files(folder: Path) -> list[Path]:
    contents = {
        "events.csv": a_log(steady(TEAMS)), "meetings.csv": b"team,weekday,hour\nNorth,1,9:30\nSouth,2,14\n",
        "orders.csv": b"order_id,user,date,crm_deal_id\n" + f"o1,north.2,{SUNDAY},d1\n".encode(),
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def hand_in(lead: Page, rollout_id: int, files: list[Path]) -> None:
    """Hand three files in at once; what cannot be told for want of input is said afterwards."""
    lead.goto(f"/rollouts/{rollout_id}/adoption/imports")
    lead.get_by_label("Files").set_input_files(files)
    lead.get_by_role("button", name="Read the files").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("3 tables were found.")
    lead.get_by_role("button", name="Take over").click()
    expect(lead.get_by_text("Teams whose meetings changed")).to_be_visible()
    lead.goto(f"/rollouts/{rollout_id}/adoption/imports")
    expect(lead.get_by_text("missing: tasks that were assigned and done")).to_be_visible()
    assert find_barriers(lead) == [] and not overflows(lead)


def set_calendar(lead: Page, rollout_id: int) -> None:
    """Choose whose public holidays hold."""
    lead.get_by_role("link", name="Calendar").click()
    lead.get_by_label("Public holidays of").select_option("DE-BY")
    lead.get_by_role("button", name="Let them hold").click()
    known = "Public holidays are known; when they meet is known of 2 of 2 teams."
    expect(lead.get_by_role("heading", level=1)).to_have_text(known)
    assert find_barriers(lead) == []


def make_token(lead: Page, rollout_id: int) -> str:
    lead.goto(f"/rollouts/{rollout_id}/adoption/api")
    lead.get_by_role("link", name="Tokens for programs").click()
    lead.get_by_label("Which program").fill("Nightly export")
    lead.get_by_role("button", name="Make the token").click()
    return lead.locator("code.long").first.inner_text()


def send_batch(lead: Page, token: str) -> None:
    """A program sends two events."""
    event = {"user": "north.3", "object": "deal", "action": "update"}
    lines = [json.dumps(event | {"ts": f"{SUNDAY}T10:0{minute}:00", "record_id": f"d{minute}"}) for minute in (1, 2)]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"}
    answer = lead.request.post("/api/v1/usage-events", data="\n".join(lines).encode(), headers=headers)
    assert answer.json() == {"lines": 2, "events": 2, "known": 0, "repeated": False}


def read_batches(lead: Page, rollout_id: int) -> None:
    lead.goto(f"/rollouts/{rollout_id}/adoption/api")
    expect(lead.get_by_role("heading", level=1)).to_have_text("One batch came in from a program.")
    expect(lead.get_by_role("cell", name="Nightly export")).to_be_visible()
    assert find_barriers(lead) == [] and not overflows(lead)


def read_periods(council: Page, rollout_id: int) -> None:
    """The council reads each class and its day, and cannot change it."""
    council.goto(f"/rollouts/{rollout_id}/monitoring/retention")
    expect(council.get_by_role("heading", level=1)).to_contain_text("Nothing about people is kept for ever")
    expect(council.get_by_role("rowheader", name="Use by person and day")).to_be_visible()
    assert council.get_by_role("button", name="Set the period").count() == 0
    assert find_barriers(council) == []
