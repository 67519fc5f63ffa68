"""Carol gives a loss to its owner, imports the repair files, and the next run closes the case, in a real browser."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import DEALS_AFTER, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
PATHS = ("/cases", "/cases/1", "/runs/1/repairs", "/repairs/1", "/compare", "/runs")


@pytest.fixture
def room(app: Flask) -> str:
    """The room of a rollout that was compared once."""
    with app.test_request_context():
        case = a_mapped_case()
        case.run()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_a_loss_is_repaired_by_its_files_and_the_case_closes_by_itself(
    page: Page, visitor_as: VisitorAs, live_server: str, room: str, tmp_path: Path, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server, room)
    give_to_carol(page, room)
    export = take_in(ask_for_files(page, room), tmp_path)
    hand_in_and_compare(page, room, export)
    page.goto(f"{room}/cases/1")
    assert "Closed by run 2: no longer found" in page.locator("main").inner_text()
    page.goto(f"{room}/compare")
    assert page.locator("h1").inner_text() == "40 findings are fixed, 5 still open, 0 new."
    assert [path for path in PATHS if barriers_on(page, room + path)] == []
    for path in PATHS:
        take_pictures(room + path, "transfer-" + path.strip("/").replace("/", "-"))


def log_in(page: Page, visitor_as: VisitorAs, live_server: str, room: str) -> None:
    """Be the consultant of the room."""
    carol = visitor_as("consultant", rollout_id=int(room.split("/")[2]))
    page.context.add_cookies([{"name": n, "value": v, "url": live_server} for n, v in carol.cookies()])


def give_to_carol(page: Page, room: str) -> None:
    """Give the largest loss an owner and a day."""
    page.goto(f"{room}/cases")
    page.get_by_role("link", name="did not arrive").first.click()
    page.get_by_label("Owner").select_option(index=0)
    page.get_by_label("Due").fill("2027-05-04")
    page.get_by_role("button", name="Give it to them").click()
    expect(page.locator("main")).to_contain_text("is to begin the repair; due 4 May 2027.")
    page.get_by_role("button", name="The repair has begun").click()


def ask_for_files(page: Page, room: str) -> bytes:
    """The archive that repairs the case."""
    page.get_by_role("button", name="Repair file").click()
    expect(page.locator("h1")).to_have_text("New: 40 records, to change: 0, to remove: 0.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all (zip)").click()
    return Path(download.value.path()).read_bytes()


def take_in(archive: bytes, folder: Path) -> Path:
    """What the CRM exports after it imported the file."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        rows = files.read("import/1-insert-deals.csv").split(b"\r\n")[1:]
    path = folder / "deals.csv"
    path.write_bytes(DEALS_AFTER + b"\n".join(rows))
    return path


def hand_in_and_compare(page: Page, room: str, export: Path) -> None:
    page.goto(f"{room}/files")
    page.locator("input[name=side][value=target]").check()
    page.locator("input[type=file]").set_input_files([export])
    with page.expect_navigation():
        page.get_by_role("button", name="Hand in").click()
    page.goto(room)
    page.get_by_role("button", name="Run again").click()


def barriers_on(page: Page, address: str) -> bool:
    """True when a page keeps somebody out, or is too wide for a phone."""
    page.goto(address)
    found = find_barriers(page) != []
    page.set_viewport_size({"width": 375, "height": 812})
    found = overflows(page) or found
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
