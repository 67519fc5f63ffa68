"""From an empty rollout to a signed audit report: Carol prepares, Petra answers on her phone, both read and sign."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers, listen, open_context, overflows
from tests.fixtures.members import PageAs

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True}


@pytest.fixture
def petra(browser: Browser, live_server: str) -> Iterator[Page]:
    phone = open_context(browser, live_server, locale="de", **PHONE)
    tab = phone.new_page()
    complaints = listen(tab)
    yield tab
    phone.close()
    assert complaints == []


def prepare(tab: Page, rollout_id: int) -> str:
    """Begin the audit, name Petra, ask her, and return her link."""
    tab.goto(f"/rollouts/{rollout_id}/audit")
    tab.get_by_role("button", name="Begin the audit").click()
    tab.locator(".tabs").get_by_role("link", name="People").click()
    tab.get_by_role("link", name="Plan who is asked what").click()
    tab.get_by_label("Name", exact=True).fill("Petra Kurz")
    tab.get_by_label("E-mail address").fill("petra@nordwind.example")
    tab.get_by_role("button", name="Add the person").click()
    tab.get_by_label("Petra Kurz: Purpose and need").check()
    tab.get_by_role("button", name="Ask these people").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("This link is for Petra Kurz alone.")
    assert find_barriers(tab) == []
    return str(tab.get_by_label("Link", exact=True).input_value())


def answer(tab: Page, link: str) -> None:
    """Answer two questions with a thumb and leave."""
    tab.goto(link)
    tab.get_by_role("link", name="Beginnen").click()
    tab.locator("#question-1 label").first.tap()
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Gespeichert.")
    assert not overflows(tab)


def contradict(tab: Page, rollout_id: int) -> None:
    """Answer the first question otherwise in one's own name."""
    tab.goto(f"/rollouts/{rollout_id}/audit/interview?at=1")
    expect(tab.locator("#question-1 .others")).to_contain_text("Petra Kurz")
    tab.locator("#question-1 input[type=radio][value='4']").check()
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Saved.")


def test_from_an_empty_rollout_to_a_signed_report(  # M1, M9, M10, M98
    page_as: PageAs, rollout_id: int, petra: Page, context: BrowserContext, take_pictures: TakePictures
) -> None:
    carol, here = page_as("consultant"), f"/rollouts/{rollout_id}/audit"
    answer(petra, prepare(carol, rollout_id))
    contradict(carol, rollout_id)
    context.add_cookies(carol.context.cookies())
    assert take_pictures(f"{here}/plan", "audit-plan") + take_pictures(f"{here}/people", "audit-people")
    carol.goto(f"{here}/report")
    carol.get_by_role("link", name="Full report").click()
    carol.get_by_role("button", name="Write the report").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text(re.compile(r"has \d+ pages and waits for signatures"))
    carol.get_by_role("button", name="Sign as Consultant").click()
    alice = page_as("lead")
    alice.goto(f"{here}/reports")
    alice.get_by_role("button", name="Sign as Project lead").click()
    expect(alice.get_by_role("heading", level=1)).to_contain_text("is signed by both sides.")
    assert find_barriers(alice) == []
    assert take_pictures(f"{here}/reports", "audit-full-report")
