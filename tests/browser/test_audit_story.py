"""An audit as people live it: Carol at her desk, Petra on her phone, a broken line, two opinions, two printed pages."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from implement.db import db, utc_now
from implement.stages.audit.service import answers
from tests.fixtures.browser import TakePictures, find_barriers, listen, open_context, overflows
from tests.fixtures.members import PageAs
from tests.rooms.audit_case import Case, a_link, an_audit, answer_everything

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True}
HOSTILE = "<img src=x onerror=document.title='broken-in'><script>document.title='broken-in'</script>"
OFFLINE = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        db.session.commit()
        yield begun


@pytest.fixture
def link(case: Case) -> str:
    token = a_link(case, "purpose", "losses", asked_at=utc_now())
    db.session.commit()
    return f"/answers/{token}"


@pytest.fixture
def phone(browser: Browser, live_server: str) -> Iterator[BrowserContext]:
    opened = open_context(browser, live_server, locale="de", **PHONE)
    yield opened
    opened.close()


@pytest.fixture
def petra(phone: BrowserContext) -> Iterator[Page]:
    tab = phone.new_page()
    complaints = listen(tab)
    yield tab
    assert [one for one in complaints if not any(sign in one for sign in OFFLINE)] == []


def kept(case: Case) -> dict[str, str]:
    db.session.rollback()
    return {row.item_id.rpartition(".")[2]: row.value for row in answers.list_answers(case.audit.id)}


def test_carol_begins_an_audit_and_asks_petra_by_link(page_as: PageAs, rollout_id: int) -> None:
    tab = page_as("consultant")
    tab.goto(f"/rollouts/{rollout_id}")
    tab.get_by_role("link", name="Begin the audit").click()
    tab.get_by_role("button", name="Begin the audit").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("29 questions are still open; 0 of 29 are answered.")
    tab.locator(".tabs").get_by_role("link", name="People").click()
    tab.get_by_role("link", name="Ask somebody by link").click()
    tab.get_by_label("Name").fill("Petra Kurz")
    tab.get_by_label("Purpose and need").check()
    tab.get_by_role("button", name="Make the link").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("This link is for Petra Kurz alone.")
    assert "/answers/" in tab.get_by_label("Link").input_value()
    assert find_barriers(tab) == []


def test_petra_answers_with_her_thumb_and_leaves_at_once(petra: Page, link: str, case: Case) -> None:
    petra.goto(link)
    petra.get_by_role("link", name="Beginnen").click()
    petra.get_by_text("Schriftlich, aber ohne Zahlen").tap()
    petra.get_by_role("link", name="Nächster Abschnitt").tap()
    petra.get_by_label("Wie viele Anfragen").fill("1.200")
    petra.get_by_role("link", name="Fertig").tap()
    expect(petra.get_by_role("heading", level=1)).to_contain_text("Vielen Dank")
    expect(petra.get_by_role("heading", level=1)).to_contain_text("9 Fragen")
    assert kept(case) == {"goal_stated": "2", "requests_month": "1200"}


def test_an_answer_sent_late_takes_no_page_from_under_her_hands(petra: Page, link: str, case: Case) -> None:
    petra.goto(f"{link}/sections/1")
    petra.route("**/questions/1", lambda route: route.abort())
    petra.get_by_text("Schriftlich, aber ohne Zahlen").tap()
    expect(petra.locator("#question-1 [data-saved]")).to_contain_text("Keine Verbindung")
    petra.unroute("**/questions/1")
    with petra.expect_response("**/questions/1"):
        petra.goto(f"{link}/sections/2")
    petra.evaluate("window.isTheSamePage = true")
    petra.get_by_label("Wie viele Anfragen").fill("400")
    expect(petra.locator("#question-13 [data-saved]")).to_have_text("Gespeichert.")
    assert petra.evaluate("window.isTheSamePage") is True
    assert kept(case) == {"goal_stated": "2", "requests_month": "400"}


def test_petra_answers_by_keyboard_only(petra: Page, link: str, case: Case) -> None:
    petra.goto(f"{link}/sections/1")
    petra.locator("#question-1 input[type=radio]").first.focus()
    petra.keyboard.press("ArrowDown")
    petra.keyboard.press("ArrowDown")
    expect(petra.locator("#question-1 [data-saved]")).to_have_text("Gespeichert.")
    assert kept(case) == {"goal_stated": "2"}


def test_a_broken_line_loses_no_answer(petra: Page, phone: BrowserContext, link: str, case: Case) -> None:
    petra.goto(f"{link}/sections/2")
    phone.set_offline(True)
    petra.get_by_label("Wie viele Anfragen").fill("400")
    expect(petra.locator("#question-13 [data-saved]")).to_contain_text("Keine Verbindung")
    assert kept(case) == {}
    phone.set_offline(False)
    petra.wait_for_function("navigator.onLine")
    petra.goto(f"{link}/sections/2")
    expect(petra.get_by_label("Wie viele Anfragen")).to_have_value("400")
    expect(petra.locator("#question-13 [data-saved]")).to_have_text("Gespeichert.")
    assert kept(case) == {"requests_month": "400"}


def test_without_script_the_button_saves(browser: Browser, live_server: str, link: str, case: Case) -> None:
    context = open_context(browser, live_server, java_script_enabled=False, **PHONE)
    tab = context.new_page()
    tab.goto(f"{link}/sections/1")
    tab.locator("#question-1").get_by_label("Written down, without figures").check()
    tab.get_by_role("button", name="Save Goal").click()
    assert kept(case) == {"goal_stated": "2"}
    context.close()


def test_two_opinions_stand_side_by_side(page_as: PageAs, case: Case) -> None:
    case.answer("goal_stated", "0", of=case.petra)
    db.session.commit()
    tab = page_as("consultant")
    tab.goto(f"/rollouts/{case.rollout_id}/audit/people/{case.jan.id}/sections/1")
    expect(tab.locator("#question-1 .others")).to_contain_text("Petra Kurz")
    tab.locator("#question-1 input[value='4']").check()
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Saved.")
    tab.goto(f"/rollouts/{case.rollout_id}/audit/answers?only=contradictions")
    expect(tab.get_by_role("heading", level=1)).to_have_text("On one question people contradict each other.")
    assert tab.locator(".answered").count() == 1


def test_hostile_answers_are_shown_and_never_run(page_as: PageAs, case: Case) -> None:
    case.answer("market", HOSTILE, of=case.jan)
    db.session.commit()
    tab = page_as("lead")
    for path in ("answers", f"people/{case.petra.id}/sections/3", f"people/{case.jan.id}/sections/3", "report"):
        tab.goto(f"/rollouts/{case.rollout_id}/audit/{path}")
        assert "broken-in" not in tab.title()


@pytest.mark.parametrize("path", ["", "/people/2/sections/4", "/answers", "/people", "/findings", "/report"])
def test_every_page_is_open_to_everybody(page_as: PageAs, case: Case, path: str) -> None:
    answer_everything(case)
    db.session.commit()
    for viewport in ({"width": 375, "height": 812}, {"width": 1280, "height": 900}):
        tab = page_as("lead", viewport=viewport, locale="ru")
        tab.goto(f"/rollouts/{case.rollout_id}/audit{path}")
        assert find_barriers(tab) == []
        assert not overflows(tab)


def test_pictures_of_the_audit_are_kept(
    case: Case, link: str, context: BrowserContext, page_as: PageAs, take_pictures: TakePictures
) -> None:
    answer_everything(case)
    db.session.commit()
    context.add_cookies(page_as("consultant").context.cookies())
    here = f"/rollouts/{case.rollout_id}/audit"
    paths = {"interview": "/people/2/sections/4", "findings": "/findings"}
    taken = [take_pictures(f"{here}{path}", f"audit-{name}") for name, path in paths.items()]
    taken.append(take_pictures(link, "audit-link"))
    assert all(picture.is_file() for pictures in taken for picture in pictures)
