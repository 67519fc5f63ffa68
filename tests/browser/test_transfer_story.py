"""Carol compares the old system with the CRM and finds out what was lost, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import CONTACTS, DEALS_AFTER, DEALS_BEFORE

FILES = {"source": {"deals.csv": DEALS_BEFORE, "contacts.csv": CONTACTS}, "target": {"deals.csv": DEALS_AFTER}}


def test_carol_finds_the_deals_that_did_not_arrive(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    for side, files in FILES.items():
        hand_in(page, room, side, write(tmp_path / side, files))
    propose_and_compare(page, room)
    expect(page.locator("h1")).to_have_text("40 of 120 deals did not arrive.")
    assert find_barriers(page) == []
    page.locator("svg a").first.click()
    page.wait_for_url("**/findings**")
    page.get_by_label("What happened").select_option("dropped")
    page.wait_for_url("**class=dropped**")
    page.locator("tbody th a").first.click()
    expect(page.locator("main")).to_contain_text("Nothing arrived in the CRM.")
    assert find_barriers(page) == []
    decide(page, room)
    picture_every_page(room, take_pictures)


def test_the_room_fits_a_phone(page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int) -> None:
    log_in(page, visitor_as, live_server)
    page.set_viewport_size({"width": 375, "height": 812})
    wide = []
    for path in ("", "/files", "/mapping", "/runs"):
        page.goto(f"/rollouts/{rollout_id}/transfer{path}")
        wide += [path] if overflows(page) or find_barriers(page) else []
    assert wide == []


def log_in(page: Page, visitor_as: VisitorAs, live_server: str) -> None:
    """Be the consultant."""
    cookies = [{"name": n, "value": v, "url": live_server} for n, v in visitor_as("consultant").cookies()]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]


def write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    folder.mkdir()
    return [path for name, content in files.items() if (path := folder / name).write_bytes(content)]


def hand_in(page: Page, room: str, side: str, files: list[Path]) -> None:
    page.goto(f"{room}/files")
    page.locator(f"input[name=side][value={side}]").check()
    page.locator("input[type=file]").set_input_files(files)
    press(page, "Hand in")
    page.reload()
    expect(page.locator("main")).to_contain_text("in use")


def propose_and_compare(page: Page, room: str) -> None:
    page.goto(f"{room}/mapping")
    press(page, "Propose a mapping")
    page.goto(f"{room}/mapping")
    press(page, "Compare with this mapping")
    page.goto(room)


def press(page: Page, button: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def decide(page: Page, room: str) -> None:
    """Waive the open deals with a reason; it stays visible."""
    page.goto(f"{room}/cases")
    page.locator("tbody th a").first.click()
    page.get_by_label("Waived: we accept the loss").check()
    page.get_by_label("Reason").fill("They live on in the old system until May.")
    press(page, "Note the decision")
    expect(page.locator("main")).to_contain_text("waived")


def picture_every_page(room: str, take_pictures: TakePictures) -> None:
    names = {
        "": "result", "/files": "files", "/mapping": "mapping", "/mapping/1/tables/2": "table", "/runs": "runs",
        "/runs/1/findings": "findings", "/runs/1/findings/2": "record",
    }  # fmt: skip
    for path, name in names.items():
        take_pictures(room + path, f"transfer-{name}")
