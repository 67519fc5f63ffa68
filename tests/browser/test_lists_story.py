"""Carol finds what was lost of relations that stand in lists of ids, in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_transfer_story import hand_in, log_in, propose_and_compare
from tests.engine.transfers import build_clients, write_table
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs

CLIENTS = build_clients(80)
TORN, TURNED = range(4), range(20, 50)
"""Courses whose list lacks a firm in the CRM, and those that merely name them in another order."""


def test_carol_sees_which_lists_lack_a_record(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:  # M29
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    move(page, room, tmp_path)
    propose_and_compare(page, room)
    page.goto(f"{room}/runs/1/findings?table=courses")
    expect(page.locator("tbody tr")).to_have_count(len(TORN))
    expect(page.locator("tbody")).to_contain_text("C0000;C0017")
    assert find_barriers(page) == []
    page.locator("tbody a").first.click()
    look_at_record(page, live_server, take_pictures)
    page.goto(f"{room}/mapping")
    page.get_by_role("link", name="courses").click()
    expect(page.locator("main")).to_contain_text("as lists in any order")
    assert find_barriers(page) == []
    take_pictures(page.url.removeprefix(live_server), "transfer_lists_table")
    look_at_findings(page, room, take_pictures)


def look_at_findings(page: Page, room: str, take_pictures: TakePictures) -> None:
    """They fit a telephone."""
    take_pictures(f"{room}/runs/1/findings?table=courses", "transfer_lists_findings")
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{room}/runs/1/findings?table=courses")
    assert not overflows(page)


def look_at_record(page: Page, live_server: str, take_pictures: TakePictures) -> None:
    """The record says which firm its list lacks."""
    expect(page.locator("main")).to_contain_text(f"firms C0017 · {CLIENTS[17][1]}")
    assert find_barriers(page) == []
    take_pictures(page.url.removeprefix(live_server), "transfer_lists_record")


def move(page: Page, room: str, folder: Path) -> None:
    """Hand in firms and courses, each with the firms that take part; the CRM has ids of its own and lists by them."""
    lists = [[CLIENTS[place][0], CLIENTS[place + 17][0]] for place in range(60)]
    moved = [names[:1] if n in TORN else names[::-1] if n in TURNED else names for n, names in enumerate(lists)]
    called = {row[0]: f"Z-{place * 7919 % 9973:05}" for place, row in enumerate(CLIENTS)}
    titles = [[f"K{n:03}", f"Course {n} {'ABC'[n % 3]}"] for n in range(60)]
    old = [[*title, ";".join(names)] for title, names in zip(titles, lists, strict=True)]
    new = [[*title, ";".join(map(called.__getitem__, names))] for title, names in zip(titles, moved, strict=True)]
    firms = [[called[row[0]], *row[:3]] for row in CLIENTS]
    source = [
        write_table(folder / "old" / "firms.csv", ["number", "name", "city"], [row[:3] for row in CLIENTS]),
        write_table(folder / "old" / "courses.csv", ["code", "title", "firms"], old),
    ]
    target = [
        write_table(folder / "new" / "firms.csv", ["uid", "number", "name", "city"], firms),
        write_table(folder / "new" / "courses.csv", ["code", "title", "firms"], new),
    ]
    hand_in(page, room, "source", source)
    hand_in(page, room, "target", target)
