"""From an empty rollout to signed terms of reference: Carol prepares, Petra answers on her phone, Alice signs twice."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.fixtures.browser import TakePictures, find_barriers, listen, open_context, overflows
from tests.fixtures.members import PageAs

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True}
FINDING = "#finding-audit-first_hour-unanswered_share-high"
TEST = "Leave a request alone for 31 minutes: the head sees it on the first page."


@pytest.fixture
def petra(browser: Browser, live_server: str) -> Iterator[Page]:
    phone = open_context(browser, live_server, locale="de", **PHONE)
    tab = phone.new_page()
    complaints = listen(tab)
    yield tab
    phone.close()
    assert complaints == []


def test_from_an_empty_rollout_to_signed_terms(  # M1 M2 M9 M10 M15 M16 M98
    page_as: PageAs, rollout_id: int, petra: Page, context: BrowserContext, take_pictures: TakePictures
) -> None:
    carol, alice, here = page_as("consultant"), page_as("lead"), f"/rollouts/{rollout_id}"
    answer(petra, prepare(carol, here))
    contradict(carol, here)
    write_report(carol, alice, f"{here}/audit")
    make_requirement(carol, here)
    propose_structure(carol, f"{here}/specification")
    look_at_chain(carol, f"{here}/specification")
    make_terms(carol, f"{here}/specification")
    discuss(alice, f"{here}/specification")
    for person, role in ((carol, "Consultant"), (alice, "Project lead")):
        sign(person, f"{here}/specification/terms", role)
    expect(alice.get_by_role("heading", level=1)).to_have_text("Version 1 is signed by both sides.")
    context.add_cookies(carol.context.cookies())
    for page in ("audit/plan", "audit/reports", "specification/chain", "specification/terms"):
        assert take_pictures(f"{here}/{page}", page.replace("/", "-"), languages=("de",))


def prepare(tab: Page, here: str) -> str:
    """Begin the audit from the hall, name Petra, ask her, and return her link."""
    tab.goto(here)
    tab.get_by_role("link", name="Begin the audit").click()
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
    """A level with a thumb."""
    tab.goto(link)
    tab.get_by_role("link", name="Beginnen").click()
    tab.locator("#question-1 label").first.tap()
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Gespeichert.")
    assert not overflows(tab)


def contradict(tab: Page, here: str) -> None:
    """Answer the first question otherwise in one's own name, and the one that the finding comes from."""
    tab.goto(f"{here}/audit/interview?at=1")
    expect(tab.locator("#question-1 .others")).to_contain_text("Petra Kurz")
    tab.locator("#question-1 input[type=radio][value='4']").check()
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Saved.")
    tab.goto(f"{here}/audit/interview?at=4")
    tab.get_by_label("Of one hundred requests").fill("30")
    expect(tab.locator("#question-14 [data-saved]").first).to_have_text("Saved.")


def write_report(carol: Page, alice: Page, here: str) -> None:
    """The long report is written as a job and signed by both sides."""
    carol.goto(f"{here}/reports")
    carol.get_by_role("button", name="Write the report").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text(re.compile(r"has \d+ pages and waits for signatures"))
    sign(carol, f"{here}/reports", "Consultant")
    sign(alice, f"{here}/reports", "Project lead")
    expect(alice.get_by_role("heading", level=1)).to_contain_text("is signed by both sides.")
    assert find_barriers(alice) == []


def make_requirement(carol: Page, here: str) -> None:
    """One click on a finding, then what is missing is written."""
    carol.goto(f"{here}/audit/findings")
    carol.locator(FINDING).get_by_role("button", name="Make a requirement of it").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text("Change requirement R1.")
    carol.get_by_label("Acceptance test").fill(TEST)
    carol.get_by_label("Who uses it").fill("Head of sales")
    carol.get_by_role("button", name="Save").click()
    expect(carol.locator("main")).to_contain_text(TEST)
    assert find_barriers(carol) == []


def propose_structure(carol: Page, here: str) -> None:
    """The structure follows from findings and the fields of a trading firm."""
    carol.goto(f"{here}/structure")
    carol.get_by_label("Trade", exact=True).check()
    carol.get_by_role("button", name="Propose").click()
    expect(carol.locator("main")).to_contain_text("Delivery addresses")
    assert find_barriers(carol) == []
    carol.goto(f"{here}/overload")
    expect(carol.get_by_role("heading", level=1)).to_contain_text("were asked for by nobody")


def look_at_chain(carol: Page, here: str) -> None:
    """The chain reads from either end, also on a phone."""
    carol.goto(f"{here}/chain")
    carol.get_by_role("link", name="From the gate").click()
    expect(carol.locator("thead th").first).to_have_text("Gate")
    assert find_barriers(carol) == []
    carol.set_viewport_size({"width": 375, "height": 812})
    assert not overflows(carol)
    carol.set_viewport_size({"width": 1280, "height": 900})


def make_terms(carol: Page, here: str) -> None:
    """A version is made in the background and can be read."""
    carol.goto(f"{here}/terms")
    carol.get_by_label("What is new").fill("After the workshop")
    carol.get_by_role("button", name="Make it").click()
    carol.goto(f"{here}/terms")
    expect(carol.get_by_role("heading", level=1)).to_have_text("Version 1 is not signed yet.")


def discuss(alice: Page, here: str) -> None:
    """The lead says something about a chapter."""
    alice.goto(f"{here}/terms/1?chapter=requirements")
    expect(alice.locator("article")).to_contain_text(TEST)
    alice.get_by_label("Your comment").fill("Ten minutes would be better.")
    alice.get_by_role("button", name="Say it").click()
    expect(alice.locator("#comments")).to_contain_text("Alice Lead")
    assert find_barriers(alice) == []


def sign(person: Page, page: str, role: str) -> None:
    """Sign for one's side."""
    person.goto(page)
    person.get_by_role("button", name=f"Sign as {role}").click()
    expect(person.get_by_role("button", name=f"Sign as {role}")).to_have_count(0)
