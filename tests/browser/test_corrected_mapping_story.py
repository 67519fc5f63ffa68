"""Carol corrects by hand a wrong zone, first year and parent that somebody handed in, in a real browser."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_any_of_several_story import ABOUT, CLIENTS, OFFERS, TORN, birthday, called, visits
from tests.browser.test_transfer_story import hand_in, log_in, press, propose_and_compare
from tests.engine.transfers import write_table
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import VisitorAs

WRONG = (("Europe/Berlin", "Asia/Tokyo"), ("first_year: 1910", "first_year: 1990"))
PARENT = "  - column: about\n    parent: offers\n    parent_column: code\n    target_parent_column: uid\n"
MOMENTS = [datetime(2024, n % 12 + 1, n % 28 + 1, n % 24, n * 7 % 60, tzinfo=UTC) for n in range(len(ABOUT))]
PLACES = {"persons": 3, "visits": 4}


def test_carol_corrects_a_zone_a_first_year_and_a_parent(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:  # M29
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    hand_in(page, room, "source", write_old(tmp_path / "old"))
    hand_in(page, room, "target", write_new(tmp_path / "new"))
    propose_and_compare(page, room)
    found = count_findings(page, room, 1)
    hand_in_wrongly(page, room, tmp_path / "wrong.yaml")
    assert count_findings(page, room, 2) > found + 100
    correct(page, room, take_pictures)
    assert count_findings(page, room, 3) == found


def test_a_wrong_zone_is_said_at_its_field_on_a_phone(
    page: Page, visitor_as: VisitorAs, live_server: str, rollout_id: int, tmp_path: Path, take_pictures: TakePictures
) -> None:
    log_in(page, visitor_as, live_server)
    room = f"/rollouts/{rollout_id}/transfer"
    hand_in(page, room, "source", write_old(tmp_path / "old"))
    hand_in(page, room, "target", write_new(tmp_path / "new"))
    propose_and_compare(page, room)
    page.set_viewport_size({"width": 375, "height": 812})
    at = open_column(page, room, 1, "visits", "at")
    at.get_by_label("Old system keeps UTC").fill("Berlin")
    press(page, "Save as a new version")
    expect(line_of(page, "at").get_by_label("Old system keeps UTC")).to_be_visible()
    expect(line_of(page, "at")).to_contain_text("There is no zone Berlin.")
    assert (find_barriers(page), overflows(page)) == ([], False)
    take_pictures(f"{room}/mapping/1/tables/{PLACES['visits']}", "transfer_corrected_visits")
    take_pictures(f"{room}/mapping", "transfer_corrected_mapping")


def hand_in_wrongly(page: Page, room: str, file: Path) -> None:
    """What was proposed, with another zone and century, and without one of the parents."""
    mapping = page.request.get(f"{room}/mapping/1/mapping.yaml").text()
    assert PARENT in mapping
    for right, wrong in (*WRONG, (PARENT, "")):
        mapping = mapping.replace(right, wrong)
    file.write_text(mapping, encoding="utf-8")
    page.goto(f"{room}/mapping")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Take over")
    press(page, "Compare with this mapping")


def count_findings(page: Page, room: str, run: int) -> int:
    """How many findings a run has."""
    page.goto(f"{room}/runs/{run}/findings")
    return int((page.locator("h1").text_content() or "").split()[0])


def correct(page: Page, room: str, take_pictures: TakePictures) -> None:
    """The zone and the parent of visits, and the year that birthdays begin with."""
    at = open_column(page, room, 2, "visits", "at")
    at.get_by_label("Old system keeps UTC").fill("Europe/Berlin")
    line_of(page, "about").locator("summary").click()
    take_pictures(f"{room}/mapping/2/tables/{PLACES['visits']}", "transfer_wrong_visits")
    line_of(page, "about").get_by_label("offers.code, in the CRM by uid").check()
    assert find_barriers(page) == []
    press(page, "Save as a new version")
    born = open_column(page, room, 3, "persons", "born")
    born.get_by_label("First year that two digits mean in the old system").fill("1910")
    press(page, "Save as a new version")
    press(page, "Compare with this mapping")


def open_column(page: Page, room: str, version: int, table: str, column: str) -> Locator:
    """The line of a column with everything behind it."""
    page.goto(f"{room}/mapping/{version}/tables/{PLACES[table]}")
    line_of(page, column).locator("summary").click()
    return line_of(page, column)


def line_of(page: Page, column: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=column, exact=True))


def write_old(folder: Path) -> list[Path]:
    """Firms, offers, visits about either at an instant of UTC, and persons with two digits of their years."""
    times = [at.strftime("%Y-%m-%d %H:%M:%S") for at in MOMENTS]
    persons = [[f"P{n:03}", called(n), german(birthday(n)[2:])] for n in range(80)]
    return [
        write_table(folder / "firms.csv", ["number", "name", "city"], [row[:3] for row in CLIENTS]),
        write_table(folder / "offers.csv", ["code", "title", "firm"], OFFERS),
        write_table(folder / "visits.csv", ["visit", "about", "note", "at"], timed(ABOUT, times)),
        write_table(folder / "persons.csv", ["person", "name", "born"], persons),
    ]


def write_new(folder: Path) -> list[Path]:
    """The same in the CRM, where three visits are about nothing: own ids, whole years, and times of Berlin."""
    uids = {row[0]: f"{place * 7919 % 9973:05}-a" for place, row in enumerate([*CLIENTS, *OFFERS])}
    about = ["" if place in TORN else uids[one] for place, one in enumerate(ABOUT)]
    times = [at.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%d %H:%M:%S") for at in MOMENTS]
    offers = [[uids[code], code, title, uids[firm]] for code, title, firm in OFFERS]
    persons = [[f"P{n:03}", called(n), german(birthday(n))] for n in range(80)]
    return [
        write_table(folder / "firms.csv", ["uid", "number", "name", "city"], [[uids[r[0]], *r[:3]] for r in CLIENTS]),
        write_table(folder / "offers.csv", ["uid", "code", "title", "firm"], offers),
        write_table(folder / "visits.csv", ["visit", "about", "note", "at"], timed(about, times)),
        write_table(folder / "persons.csv", ["person", "name", "born"], persons),
    ]


def timed(about: list[str], times: list[str]) -> list[list[str]]:
    return [[*row, at] for row, at in zip(visits(about), times, strict=True)]


def german(day: str) -> str:
    return ".".join(reversed(day.split("-")))
