"""HR tries a sheet in a few minutes, the council reads what is measured, a lead reads people or data."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.test_service_in_kind import Shop, a_bound_firm

PHONE = {"width": 375, "height": 812}
SHEET = "Mitarbeiter;Ziel;Ist;Variabler Betrag;Gezahlt\nAnna Weiß;10;8;1000;100\nBen Lang;4;5;250,50;0\n"


def test_a_sheet_becomes_statements_and_the_council_reads_what_is_measured(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext, tmp_path: Path
) -> None:  # M25, M128
    with app.app_context():
        shop = Shop(a_bound_firm(rollout_id))
        shop.keep_well(north2=37)
        db.session.commit()
    address = hand_in(page_as("hr", viewport=PHONE), rollout_id, tmp_path)
    cora = page_as("council")
    cora.goto(f"/rollouts/{rollout_id}/monitoring/measured")
    expect(cora.get_by_role("heading", level=1)).to_contain_text("no agreement is in force")
    assert find_barriers(cora) == []
    alice = page_as("lead", viewport=PHONE)
    alice.goto(f"/rollouts/{rollout_id}/side-by-side")
    expect(alice.get_by_role("heading", level=1)).to_contain_text("It cannot be said yet")
    assert find_barriers(alice) == [] and not overflows(alice)
    context.add_cookies(cora.context.cookies())
    take_pictures(cora.url, "council-measured")
    assert address.endswith("/first-hour/1")


def hand_in(hanna: Page, rollout_id: int, folder: Path) -> str:
    """The sheet, its columns as proposed, the run, a statement."""
    file = folder / "ziele.csv"
    file.write_text(SHEET, encoding="utf-8")
    hanna.goto(f"/rollouts/{rollout_id}/incentives/first-hour")
    hanna.get_by_label("Sheet").set_input_files(file)
    hanna.get_by_role("button", name="Read the sheet").click()
    expect(hanna.get_by_role("heading", level=1)).to_have_text("2 rows can be priced.")
    hanna.get_by_role("button", name="Simulate").click()
    expect(hanna.get_by_role("heading", level=1)).to_contain_text("Simulation, not payable")
    address = hanna.url
    assert find_barriers(hanna) == [] and not overflows(hanna)
    hanna.get_by_role("link", name="Anna Weiß").click()
    expect(hanna.get_by_role("heading", level=1)).to_contain_text("Anna Weiß")
    return address
