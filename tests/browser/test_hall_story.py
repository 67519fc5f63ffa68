"""The hall from its first minute: Ada sets up, Carol begins a rollout, Alice passes a gate, Bob and Cora read.

All in one real browser each, by what the pages offer.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from implement.db import db, utc_now, writing
from implement.rollout.service.accounts import issue_setup_link
from tests.fixtures.browser import TakePictures, find_barriers, listen, open_context, overflows

PASSWORD = "correct horse battery"
STAFF = (
    "Personalnummer;Name;E-Mail;Team;Teamleitung;Welle;FTE\n"
    "1;Anna Nowak;anna@example.com;Nord;Henry Head;Pilot;0,8\n"
    "2;Bob Seller;bob@example.com;Nord;Henry Head;Pilot;1\n"
    "3;Eva Lang;eva@example.com;Süd;;Welle 2;1\n"
)
PICTURED = {"": "hall", "/waves/1/gates/specification": "gate", "/monitoring": "monitoring"}


@pytest.fixture
def tab_of(browser: Browser, live_server: str) -> Callable[[str], Page]:
    """A tab of somebody's own browser; nothing may fail in it."""
    opened: list[BrowserContext] = []
    complaints: dict[str, list[str]] = {}

    def open_tab(name: str) -> Page:
        context = open_context(browser, live_server)
        opened.append(context)
        tab = context.new_page()
        complaints[name] = listen(tab)
        return tab

    yield open_tab  # type: ignore[misc]
    for context in opened:
        context.close()
    assert {name: said for name, said in complaints.items() if said} == {}


def test_the_hall_from_its_first_minute(
    app: Flask, tab_of: Callable[[str], Page], tmp_path: Path, take_pictures: TakePictures, context: BrowserContext
) -> None:
    ada, carol, alice, bob, cora = (tab_of(name) for name in ("Ada", "Carol", "Alice", "Bob", "Cora"))
    set_up(app, ada)
    accept(carol, invite_consultant(ada))
    rollout = begin_rollout(carol)
    take_over_staff(carol, rollout, tmp_path)
    plan_waves(carol, rollout)
    invited = {"Alice Lead": alice, "Bob Seller": bob, "Cora Council": cora}
    for name, tab in invited.items():
        accept(tab, invite_member(carol, rollout, name))
    write_agreement(alice, rollout)
    approve_agreement(cora, alice, rollout)
    acknowledge(bob, rollout)
    pass_gate(alice, rollout, tmp_path)
    consent(alice, cora, rollout)
    assert find_trouble(alice, rollout) == []
    keep_pictures(alice, rollout, take_pictures, context)


def set_up(app: Flask, ada: Page) -> None:
    """Ada makes the first account with the link that the server printed."""
    with app.app_context(), writing():
        token = issue_setup_link(now=utc_now())
        db.session.commit()
    ada.goto(f"/set-up/{token}")
    ada.get_by_label("Your name").fill("Ada Admin")
    ada.get_by_label("E-mail address").fill("ada@example.com")
    ada.get_by_label("New password").fill(PASSWORD)
    ada.get_by_role("button", name="Make the account").click()
    expect(ada.locator("header")).to_contain_text("Ada Admin")


def invite_consultant(ada: Page) -> str:
    ada.goto("/accounts")
    ada.get_by_label("Name", exact=True).fill("Carol Consultant")
    ada.get_by_label("E-mail address").fill("carol@example.com")
    ada.get_by_label("In the installation").select_option("consultant")
    ada.get_by_role("button", name="Make the account").click()
    return ada.locator("code.long").inner_text()


def accept(tab: Page, link: str) -> None:
    """Open the link, choose a password, be inside."""
    tab.goto(re.sub(r"^https?://[^/]+", "", link))
    tab.get_by_label("New password").fill(PASSWORD)
    tab.get_by_role("button", name="Save and log in").click()
    expect(tab.locator("header .menu", has_text="@")).to_have_count(0)
    expect(tab.locator("main h1")).to_be_visible()


def begin_rollout(carol: Page) -> str:
    carol.goto("/rollouts/new")
    carol.get_by_label("Company").fill("Nordwind GmbH")
    carol.get_by_label("Goal").fill("No deal is lost")
    carol.get_by_label("Tasks the CRM must solve").fill("Know each customer\nRemember each promise")
    carol.get_by_role("button", name="Begin").click()
    expect(carol.locator(".next-steps")).to_contain_text("Take over the staff list")
    return re.sub(r"^https?://[^/]+", "", carol.url)


def take_over_staff(carol: Page, rollout: str, folder: Path) -> None:
    file = folder / "staff.csv"
    file.write_bytes(STAFF.encode("cp1252"))
    carol.get_by_role("link", name="Take over the staff list").click()
    carol.get_by_label("Staff list").set_input_files(file)
    carol.get_by_role("button", name="Read the file").click()
    expect(carol.get_by_label("Share of full time")).to_have_value("FTE")
    carol.get_by_role("button", name="Take over", exact=True).click()
    expect(carol.get_by_role("status")).to_contain_text("4 people added")


def plan_waves(carol: Page, rollout: str) -> None:
    carol.goto(f"{rollout}/teams")
    carol.get_by_label("First day of Pilot").fill("2026-03-02")
    with carol.expect_navigation():
        carol.locator("form[action$=plan]").first.get_by_role("button", name="Set").click()
    carol.goto(rollout)
    expect(carol.locator(".cards figure.chart").first).to_contain_text("Pilot")


def invite_member(carol: Page, rollout: str, name: str) -> str:
    role = {"Alice Lead": "lead", "Bob Seller": "salesperson", "Cora Council": "council"}[name]
    carol.goto(f"{rollout}/members")
    carol.get_by_label("Name", exact=True).fill(name)
    carol.get_by_label("E-mail address").fill(f"{name.split()[0].lower()}@example.com")
    carol.get_by_label("Role", exact=True).select_option(role)
    carol.get_by_role("button", name="Invite").click()
    return carol.locator("code.long").inner_text()


def write_agreement(alice: Page, rollout: str) -> None:
    alice.goto(f"{rollout}/regulations/new")
    alice.get_by_label("Kind").select_option("agreement")
    alice.get_by_label("Title").fill("What we evaluate")
    alice.get_by_label("Valid from").fill("2026-01-01")
    alice.get_by_label("Text", exact=True).fill("Only how completely records are kept.")
    alice.get_by_role("button", name="Begin the draft").click()
    alice.get_by_role("button", name="Keep for approval").click()
    expect(alice.get_by_text("waits for approval by the works council")).to_be_visible()


def approve_agreement(cora: Page, alice: Page, rollout: str) -> None:
    """Cora approves for the council, then Alice hands it out."""
    cora.goto(rollout)
    cora.get_by_role("link", name="Approve: What we evaluate").click()
    cora.get_by_role("button", name="Approve").click()
    expect(cora.get_by_role("status")).to_contain_text("Approved")
    alice.reload()
    alice.get_by_role("button", name="Hand out").click()
    expect(alice.get_by_role("status")).to_contain_text("Handed out to")


def acknowledge(bob: Page, rollout: str) -> None:
    """Bob reads what is evaluated, then acknowledges; his hall asks nothing more."""
    bob.goto(rollout)
    bob.get_by_role("link", name="Read and acknowledge: What we evaluate").click()
    bob.get_by_role("button", name="I have read this version").click()
    expect(bob.get_by_role("status")).to_contain_text("Noted")
    bob.get_by_role("link", name="What is evaluated").click()
    expect(bob.locator("h1")).to_have_text("Nobody sees figures of use of single people by name.")


def pass_gate(alice: Page, rollout: str, folder: Path) -> None:
    """Alice hands in a document, signs, and decides against what is still open."""
    gate = f"{rollout}/waves/1/gates/audit"
    file = folder / "mandate.pdf"
    file.write_bytes(b"%PDF-1.7")
    alice.goto(gate)
    alice.locator("input[type=file]").first.set_input_files(file)
    alice.get_by_role("button", name="Hand in").first.click()
    alice.get_by_role("button", name="Sign as Project lead").click()
    expect(alice.locator("main")).to_contain_text("valid")
    alice.get_by_label("What happened").select_option("override")
    alice.get_by_label("Reason").fill("The fair is in May")
    alice.get_by_role("button", name="Note the exception").click()
    expect(alice.locator("main")).to_contain_text("The fair is in May")
    alice.goto(f"{rollout}/gates")
    expect(alice.locator("main")).to_contain_text("The fair is in May")


def consent(alice: Page, cora: Page, rollout: str) -> None:
    for tab in (alice, cora):
        tab.goto(f"{rollout}/monitoring")
        tab.get_by_label("Reason").fill("To help where it hurts")
        tab.get_by_role("button", name="Note my word").click()
    expect(cora.locator("h1")).to_have_text("Heads see the figures of their own team by name.")


def find_trouble(alice: Page, rollout: str) -> list[str]:
    """Barriers on any page, and pages that must be pushed sideways on a phone."""
    pages = ("", "/gates", "/waves/1/gates/specification", "/people", "/teams", "/members", "/tasks", "/regulations")
    alone = ("/regulations/versions/1", "/monitoring", "/monitoring/log", "/api-tokens")
    trouble = []
    for path in [rollout + one for one in (*pages, *alone)] + ["/account", "/account/second-factor"]:
        alice.set_viewport_size({"width": 1280, "height": 900})
        alice.goto(path)
        trouble += [f"{path}: {barrier}" for barrier in find_barriers(alice)]
        alice.set_viewport_size({"width": 375, "height": 812})
        trouble += [f"{path} is too wide"] if overflows(alice) else []
    return trouble


def keep_pictures(alice: Page, rollout: str, take_pictures: TakePictures, context: BrowserContext) -> None:
    """The pages that matter most, to be looked at."""
    context.add_cookies(alice.context.cookies())
    for path, name in PICTURED.items():
        take_pictures(rollout + path, name)
