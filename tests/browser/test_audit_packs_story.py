"""Carol chooses what to ask, adds a pack while the audit runs, and hands in one of her own that needs mending first."""

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.own_pack import OWN_PACK


def test_carol_mends_a_pack_of_her_own_and_asks_it_beside_the_first_hour(
    page_as: PageAs, rollout_id: int, tmp_path: Path, context: BrowserContext, take_pictures: TakePictures
) -> None:
    tab = page_as("consultant")
    tab.goto(f"/rollouts/{rollout_id}/audit")
    tab.get_by_role("button", name="Begin the audit").click()
    tab.get_by_role("link", name="Ask more: choose further packs").click()
    tab.get_by_role("link", name="Your own packs").click()
    notes = ("have to be mended; nothing was kept", "The pack stands on the shelf")
    for text, note in zip((OWN_PACK.replace("weight: 3", "weight: 9\n        wait: 3"), OWN_PACK), notes, strict=True):
        (tmp_path / "visits.yaml").write_text(text)
        tab.get_by_label("Pack (YAML)").set_input_files(tmp_path / "visits.yaml")
        tab.get_by_role("button", name="Check and keep the pack").click()
        expect(tab.locator(".notice").first).to_contain_text(note)
        assert find_barriers(tab) == []
    context.add_cookies(tab.context.cookies())
    taken = take_pictures(f"/rollouts/{rollout_id}/audit/packs", "audit-packs")
    tab.goto(f"/rollouts/{rollout_id}/audit/packs")
    tab.get_by_label("Visits").check()
    tab.get_by_role("button", name="Add the chosen packs").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("31 questions are still open")
    assert not overflows(tab)
    taken += take_pictures(f"/rollouts/{rollout_id}/audit", "audit-overview-packs")
    assert all(picture.is_file() for picture in taken)
