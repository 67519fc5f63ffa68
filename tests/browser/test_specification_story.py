"""From the findings of an audit to terms of reference that Carol and Alice sign, in a real browser."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect

from implement.db import db
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.specification_case import findings_of

FINDING = "#finding-audit-first_hour-unanswered_share-high"
TEST = "Leave a request alone for 31 minutes: the head sees it on the first page."


@pytest.fixture
def audited_id(app: Flask, rollout_id: int) -> Iterator[int]:
    """A rollout whose audit found what can be found."""
    with app.app_context():
        assert findings_of(rollout_id)
        db.session.commit()
    yield rollout_id


def test_findings_become_signed_terms(
    audited_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    carol, alice = page_as("consultant"), page_as("lead")
    here = f"/rollouts/{audited_id}/specification"
    make_requirement(carol, audited_id)
    propose_structure(carol, here)
    look_at_chain(carol, here)
    make_terms(carol, here)
    discuss(alice, here)
    for person, role in ((carol, "Consultant"), (alice, "Project lead")):
        sign(person, here, role)
    expect(alice.get_by_role("heading", level=1)).to_have_text("Version 1 is signed by both sides.")
    context.add_cookies(carol.context.cookies())
    for path in ("chain", "structure", "overload", "terms"):
        assert take_pictures(f"{here}/{path}", f"specification-{path}", languages=("de",))


def make_requirement(carol: Page, rollout_id: int) -> None:
    """One click on a finding, then what is missing is written."""
    carol.goto(f"/rollouts/{rollout_id}/audit/findings")
    carol.locator(FINDING).get_by_role("button", name="Make a requirement of it").click()
    expect(carol.get_by_role("heading", level=1)).to_have_text("Change requirement R1.")
    assert find_barriers(carol) == []
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
    assert find_barriers(carol) == []


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
    assert find_barriers(carol) == []


def discuss(alice: Page, here: str) -> None:
    """The lead says something about a chapter."""
    alice.goto(f"{here}/terms/1?chapter=requirements")
    expect(alice.locator("article")).to_contain_text(TEST)
    alice.get_by_label("Your comment").fill("Ten minutes would be better.")
    alice.get_by_role("button", name="Say it").click()
    expect(alice.locator("#comments")).to_contain_text("Alice Lead")
    assert find_barriers(alice) == []


def sign(person: Page, here: str, role: str) -> None:
    """Sign for one's side."""
    person.goto(f"{here}/terms")
    person.get_by_role("button", name=f"Sign as {role}").click()
    expect(person.get_by_role("button", name=f"Sign as {role}")).to_have_count(0)
