"""Carol finds which visits lost the firm or the offer they were about, and whose phone went abroad, in a browser."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_transfer_story import hand_in, log_in, propose_and_compare
from tests.engine.transfers import Table, build_clients, write_table
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs

CLIENTS = build_clients(80)
OFFERS = [[f"O-{place:03}", f"Offer {place} {'ABC'[place % 3]}", CLIENTS[place][0]] for place in range(60)]
TORN, ABROAD = (7, 40, 41), (12, 33)
"""Visits whose firm or offer the CRM names no more, and persons whose phone got the code of another country."""
ABOUT = [CLIENTS[place % 80][0] if place % 2 else OFFERS[place % 60][0] for place in range(120)]


def test_carol_sees_what_visits_were_about_and_whose_phone_went_abroad(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:  # M29
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    hand_in(page, room, "source", write_old(tmp_path / "old"))
    hand_in(page, room, "target", write_new(tmp_path / "new"))
    propose_and_compare(page, room)
    findings = f"{room}/runs/1/findings"
    for table, fate, wrong in (("visits", "torn_relation", TORN), ("persons", "value_changed", ABROAD)):
        page.goto(f"{findings}?table={table}&class={fate}")
        expect(page.locator("tbody tr")).to_have_count(len(wrong))
        assert find_barriers(page) == []
        take_pictures(page.url.removeprefix(live_server), f"transfer_several_{table}")
    page.locator("tbody a").first.click()
    expect(page.locator("main")).to_contain_text("+43")
    take_pictures(page.url.removeprefix(live_server), "transfer_several_record")
    look_at_mapping(page, room, live_server, take_pictures)


def look_at_mapping(page: Page, room: str, live_server: str, take_pictures: TakePictures) -> None:
    """The mapping says that visits name firms or offers, on a telephone too."""
    page.goto(f"{room}/mapping")
    page.get_by_role("link", name="visits").click()
    expect(page.locator("main")).to_contain_text("offers")
    assert find_barriers(page) == []
    take_pictures(page.url.removeprefix(live_server), "transfer_several_mapping")
    page.set_viewport_size({"width": 375, "height": 812})
    page.reload()
    assert not overflows(page)


def write_old(folder: Path) -> list[Path]:
    """Firms, offers, visits about either, and persons with two digits of the year they were born in."""
    persons = [[f"P{n:03}", called(n), birthday(n)[2:], f"0{171_000_000 + n * 7919}"] for n in range(80)]
    return [
        write_table(folder / "firms.csv", ["number", "name", "city"], [row[:3] for row in CLIENTS]),
        write_table(folder / "offers.csv", ["code", "title", "firm"], OFFERS),
        write_table(folder / "visits.csv", ["visit", "about", "note"], visits(ABOUT)),
        write_table(folder / "persons.csv", ["person", "name", "born", "phone"], persons),
    ]


def write_new(folder: Path) -> list[Path]:
    """The same in the CRM, which has ids of its own, whole years, and phones with the code of the country."""
    uids = {row[0]: f"{place * 7919 % 9973:05}-a" for place, row in enumerate([*CLIENTS, *OFFERS])}
    about = ["" if place in TORN else uids[one] for place, one in enumerate(ABOUT)]
    firms = [[uids[row[0]], *row[:3]] for row in CLIENTS]
    offers = [[uids[code], code, title, uids[firm]] for code, title, firm in OFFERS]
    persons = [[f"P{n:03}", called(n), birthday(n), phone(n)] for n in range(80)]
    return [
        write_table(folder / "firms.csv", ["uid", "number", "name", "city"], firms),
        write_table(folder / "offers.csv", ["uid", "code", "title", "firm"], offers),
        write_table(folder / "visits.csv", ["visit", "about", "note"], visits(about)),
        write_table(folder / "persons.csv", ["person", "name", "born", "phone"], persons),
    ]


def visits(about: list[str]) -> Table:
    return [[f"V{place:04}", one, f"Visit {place}: {'ABC'[place % 3]}"] for place, one in enumerate(about)]


def called(place: int) -> str:
    return f"{CLIENTS[place][1].split()[0]} {place}"


def birthday(place: int) -> str:
    return f"{1930 + place * 13 % 60}-{place % 12 + 1:02}-{place % 28 + 1:02}"


def phone(place: int) -> str:
    return f"+{43 if place in ABROAD else 49}{171_000_000 + place * 7919}"
