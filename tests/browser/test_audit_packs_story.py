"""Carol chooses what to ask, adds a pack while the audit runs, and hands in one of her own that needs mending first."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs
from tests.rooms.own_pack import OWN_PACK


def hand_in(tab: Page, file: Path, text: str, note: str) -> None:
    file.write_text(text)
    tab.get_by_label("Pack (YAML)").set_input_files(file)
    tab.get_by_role("button", name="Check and keep the pack").click()
    expect(tab.locator(".notice").first).to_contain_text(note)
    assert find_barriers(tab) == []


def test_carol_mends_a_pack_of_her_own_and_asks_it_beside_the_first_hour(
    page_as: PageAs, rollout_id: int, tmp_path: Path, context: BrowserContext, take_pictures: TakePictures
) -> None:
    tab, here = page_as("consultant"), f"/rollouts/{rollout_id}/audit"
    tab.goto(here)
    tab.get_by_role("button", name="Begin the audit").click()
    tab.get_by_role("link", name="Ask more: choose further packs").click()
    tab.get_by_role("link", name="Your own packs").click()
    faulty = OWN_PACK.replace("weight: 3", "weight: 3\n        wait: 3").replace("demands: [M4]", "demands: [M999]")
    hand_in(tab, tmp_path / "visits.yaml", faulty, "have to be mended; nothing was kept")
    hand_in(tab, tmp_path / "visits.yaml", OWN_PACK, "The pack stands on the shelf")
    context.add_cookies(tab.context.cookies())
    assert take_pictures(f"{here}/packs", "audit-packs")
    tab.goto(f"{here}/packs")
    tab.get_by_label("Visits").check()
    tab.get_by_role("button", name="Add the chosen packs").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("31 questions are still open")
    assert take_pictures(here, "audit-overview-packs")
