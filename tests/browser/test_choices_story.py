"""Carol finds which of several choices in one cell did not arrive, whatever the CRM calls them, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_transfer_story import hand_in, log_in, propose_and_compare
from tests.engine.transfers import CLIENT_HEAD, build_clients, write_table
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs

CLIENTS = build_clients(80)
CALLED = {"Fair": "30", "Mail": "10", "Golf": "20"}
LOST = range(4)
"""Clients whose last choice did not arrive."""


def test_carol_sees_which_choice_did_not_arrive(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:  # M20
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    move(page, room, tmp_path)
    propose_and_compare(page, room)
    findings = f"{room}/runs/1/findings?table=clients&class=value_changed"
    page.goto(findings)
    expect(page.locator("tbody tr")).to_have_count(len(LOST))
    take_pictures(findings, "transfer_choices_findings")
    page.get_by_role("link", name=CLIENTS[0][0]).first.click()
    expect(page.locator("main mark")).to_have_text(["only before: Mail"])
    assert find_barriers(page) == []
    take_pictures(page.url.removeprefix(live_server), "transfer_choices_record")
    look_at_mapping(page, room, live_server, take_pictures)
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(findings)
    assert not overflows(page)


def look_at_mapping(page: Page, room: str, live_server: str, take_pictures: TakePictures) -> None:
    """The mapping says what each choice became."""
    page.goto(f"{room}/mapping")
    page.get_by_role("link", name="clients").click()
    expect(page.locator("main")).to_contain_text("as lists in any order")
    expect(page.locator("textarea").filter(has_text="Fair = 30")).to_have_count(1)
    take_pictures(page.url.removeprefix(live_server), "transfer_choices_table")


def move(page: Page, room: str, folder: Path) -> None:
    """Hand in clients with what they chose, which the CRM calls by numbers and sets in another order."""
    several = [["Fair", "Mail"], ["Golf", "Fair", "Mail"], ["Mail"], ["Fair"], ["Mail", "Golf"]]
    chosen = [several[0 if n in LOST else n % 5] for n in range(len(CLIENTS))]
    moved = [[CALLED[word] for word in (words[:1] if n in LOST else words[::-1])] for n, words in enumerate(chosen)]
    for side, lists, by in (("source", chosen, ";"), ("target", moved, ",")):
        rows = [[*client, by.join(words)] for client, words in zip(CLIENTS, lists, strict=True)]
        hand_in(page, room, side, [write_table(folder / side / "clients.csv", [*CLIENT_HEAD, "interests"], rows)])
