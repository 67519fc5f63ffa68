"""Carol sees that two old tables became one in the CRM, and what each of them lost, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_transfer_story import hand_in, log_in, press, propose_and_compare
from tests.evaluators.foreign.planting import Planter
from tests.evaluators.foreign.united import build_united
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs

TOGETHER = "people also holds Contacts"


def test_carol_sees_two_tables_that_became_one(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    move(page, room, tmp_path)
    propose_and_compare(page, room)
    page.goto(f"{room}/mapping")
    expect(page.locator("main")).to_contain_text(f"{TOGETHER}; the rows of this table say lead under type.")
    page.get_by_role("link", name="Leads").click()
    expect(page.get_by_label("Word in that column")).to_have_value("lead")
    assert find_barriers(page) == []
    for table, lost in (("Leads", 7), ("Contacts", 5)):
        page.goto(f"{room}/runs/1/findings?table={table}&class=dropped")
        expect(page.locator("tbody tr")).to_have_count(lost)
    take_pictures(f"{room}/mapping", "transfer_united_mapping")
    take_pictures(f"{room}/mapping/1/tables/6", "transfer_united_table")


def test_the_page_of_a_united_table_fits_a_phone_and_takes_a_correction(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path
) -> None:
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    move(page, room, tmp_path)
    propose_and_compare(page, room)
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{room}/mapping/1/tables/6")
    assert not overflows(page)
    page.get_by_label("Column that marks its rows").select_option("")
    press(page, "Choose this table")
    expect(page.locator("main")).to_contain_text(f"{TOGETHER}; each row counts for the table it fits best.")


def move(page: Page, room: str, folder: Path) -> None:
    """Hand in both sides: of the leads seven, of the contacts five did not arrive."""
    planter = Planter(build_united(40))
    planter.drop("leads", 7)
    planter.drop("contacts", 5)
    source, target = planter.firm.write(folder)
    hand_in(page, room, "source", sorted(source.iterdir()))
    hand_in(page, room, "target", sorted(target.iterdir()))
