"""A consultant finds where money is lost in the old list; a salesperson writes the diary on a phone."""

import csv
import re
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers, open_context, overflows
from tests.fixtures.members import PageAs

LEGACY = Path(__file__).parents[2] / "implement/demo/legacy"
PHONE = {"width": 375, "height": 812}


def test_an_old_list_becomes_a_finding_and_a_week_a_baseline(
    app: Flask, rollout_id: int, page_as: PageAs, browser: Browser, live_server: str, take_pictures: TakePictures,
    context: BrowserContext, tmp_path: Path,
) -> None:  # fmt: skip
    carol = page_as("consultant")
    carol.goto(f"/rollouts/{rollout_id}/audit")
    carol.get_by_role("button", name=re.compile("Begin")).first.click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("questions are still open")
    hand_in(carol, write_part(tmp_path))
    read_the_map(carol)
    make_a_finding(carol, rollout_id)
    link = open_diary(carol, rollout_id)
    phone = open_context(browser, live_server, viewport=PHONE).new_page()
    write_a_day(phone, link)
    phone.context.close()
    context.add_cookies(carol.context.cookies())
    assert take_pictures(f"/rollouts/{rollout_id}/audit/losses", "audit-losses", languages=("ru",))


def write_part(folder: Path) -> Path:
    """Every 88th deal of the real pipeline, a hundred in all, as a German spreadsheet writes them."""
    with (LEGACY / "sales_pipeline.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    path = folder / "Verkaufschancen.csv"
    path.write_text("\r\n".join(";".join(row) for row in (rows[0], *rows[1::88])), encoding="cp1252")
    return path


def hand_in(carol: Page, path: Path) -> None:
    """From the overview to the loss map, the file, its columns and its stages."""
    carol.get_by_role("link", name="Loss map").click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Where is money lost?")
    carol.get_by_label("Files").set_input_files(path)
    carol.get_by_role("button", name="Read the list").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text("Is each column what it is taken for?", timeout=30_000)
    expect(carol.get_by_label(re.compile("^Client( optional)?$"))).to_have_value("account")
    carol.get_by_role("button", name="These columns are right").click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Which stages are open")
    assert find_barriers(carol) == []
    carol.get_by_label("Norm of Engaging in days", exact=True).fill("100")
    carol.get_by_role("button", name="Count", exact=True).click()


def read_the_map(carol: Page) -> None:
    """The first line, the funnel, and the way from a figure to its deals and back."""
    expect(carol.get_by_role("heading", level=1)).to_contain_text("ended", timeout=30_000)
    assert find_barriers(carol) == []
    lacking = carol.get_by_role("row", name=re.compile("Deals without a client"))
    lacking.get_by_role("link").click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Deals without a client:")
    carol.get_by_role("link", name="Back to the figures").click()
    expect(carol.get_by_role("heading", level=2, name="Time in each stage")).to_be_visible()


def make_a_finding(carol: Page, rollout_id: int) -> None:
    """One click, and it stands among the findings with its evidence."""
    row = carol.get_by_role("row", name=re.compile("Deals without a client"))
    row.get_by_role("button", name="Make a finding").click()
    expect(carol.get_by_text(re.compile("Deals without a client: .* of 100"))).to_be_visible()


def open_diary(carol: Page, rollout_id: int) -> str:
    """The links of a diary for eight people; the first of them."""
    carol.goto(f"/rollouts/{rollout_id}/audit/baseline")
    carol.get_by_label("Groups, one a line").fill("Sales 8")
    carol.get_by_role("button", name="Make the links").click()
    expect(carol.get_by_role("heading", level=1)).to_contain_text("Print this page")
    return carol.locator("main ol a").first.get_attribute("href") or ""


def write_a_day(phone: Page, link: str) -> None:
    """Six taps and a button, nothing sideways."""
    phone.goto(re.sub("https?://[^/]+", "", link))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("How many minutes did routine take")
    assert find_barriers(phone) == [] and not overflows(phone)
    for group in phone.locator("main fieldset").all():
        group.get_by_role("radio", name=re.compile("^30 ")).check()
    phone.get_by_role("button", name="Write the day").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you, the day is written.")
