"""The two hours at the firm: findings on the fly, by keyboard only, through a lost line and a killed server."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from implement.db import db, utc_now
from implement.stages.audit.service import answers, findings
from tests.fixtures.browser import find_barriers, open_context, overflows
from tests.fixtures.members import PageAs
from tests.kill.harness import ENVIRONMENT, ROOT
from tests.rooms.audit_case import Case, a_link, an_audit

PATIENCE_SECONDS = 90


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        db.session.commit()
        yield begun


class Killable:
    """A server on one port that can be killed and started anew over the same database."""

    def __init__(self, app: Flask) -> None:
        settings = app.extensions["implement_settings"]
        told = {name: str(getattr(settings, name.removeprefix("IMPLEMENT_").lower())) for name in ENVIRONMENT}
        self.environment = {**os.environ, **told}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.waiting = [self._prepare(), self._prepare()]

    def _prepare(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.kill.server", str(self.port)]
        pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, cwd=ROOT, env=self.environment, **pipes)  # type: ignore[call-overload,no-any-return]

    def start(self) -> None:
        """Let the next one listen, and wait until it answers."""
        self.itself = self.waiting.pop()
        self.itself.stdin.write(b"\n")
        self.itself.stdin.flush()
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                return
            time.sleep(0.05)
        pytest.fail("the server never answered")

    def kill(self, *, for_good: bool = False) -> None:
        """Kill it as `kill -9` does."""
        for one in [self.itself, *(self.waiting if for_good else [])]:
            one.kill()
            one.wait()
            one.stdin.close()


@pytest.fixture
def server(app: Flask) -> Iterator[Killable]:
    killable = Killable(app)
    killable.start()
    yield killable
    killable.kill(for_good=True)


def kept(case: Case) -> dict[str, str]:
    db.session.rollback()
    return {row.item_id.rpartition(".")[2]: row.value for row in answers.list_answers(case.audit.id)}


def note(tab: Page, problem: str) -> None:
    here = tab.locator("#question-1")
    here.get_by_label("Problem, in one sentence").fill(problem)
    here.get_by_role("button", name="Keep the finding").click()


def test_an_answer_outlives_a_killed_server(case: Case, browser: Browser, server: Killable) -> None:
    token = a_link(case, "purpose", asked_at=utc_now())
    db.session.commit()
    phone = open_context(browser, server.address, viewport={"width": 375, "height": 812}, has_touch=True)
    tab = phone.new_page()
    tab.goto(f"/answers/{token}/sections/1")
    tab.locator("#question-1 input[value='2']").check()
    expect(tab.locator("#question-1 [data-saved]")).to_have_text("Saved.")
    server.kill()
    tab.locator("#question-1 input[value='3']").check()
    expect(tab.locator("#question-1 [data-saved]")).to_contain_text("No connection")
    assert kept(case) == {"goal_stated": "2"}
    server.start()
    expect(tab.locator("#question-1 [data-saved]")).to_have_text("Saved.")
    assert kept(case) == {"goal_stated": "3"}
    phone.close()


def test_findings_noted_without_a_line_are_all_sent_once(
    case: Case, page_as: PageAs, browser: Browser, live_server: str
) -> None:
    laptop = open_context(browser, live_server)
    laptop.add_cookies(page_as("lead").context.cookies())
    tab, here = laptop.new_page(), f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}/sections"
    tab.goto(f"{here}/1")
    tab.locator("#question-1 summary", has_text="Note a finding").click()
    laptop.set_offline(True)
    note(tab, "Nobody knows the goal")
    expect(tab.locator("#question-1 form[data-note] [data-saved]")).to_contain_text("No connection")
    note(tab, "Two goals contradict each other")
    laptop.set_offline(False)
    sent = iter(range(2))
    with tab.expect_response(lambda one: one.url.endswith("/note") and one.ok and next(sent) == 1):
        tab.goto(f"{here}/2")
    laptop.close()
    db.session.rollback()
    noted = [row.problem for row in findings.list_own_findings(case.audit.id)]
    assert noted == ["Nobody knows the goal", "Two goals contradict each other"]


def test_the_interview_is_led_by_keyboard_and_shows_what_follows(case: Case, page_as: PageAs) -> None:
    tab = page_as("lead")
    tab.goto(f"/rollouts/{case.rollout_id}/audit/people/{case.petra.id}/sections/1")
    tab.locator("#question-1 input[type=radio]").first.focus()
    tab.keyboard.press("0")
    expect(tab.locator("#question-1 [data-saved]").first).to_have_text("Saved.")
    expect(tab.locator("#question-1 [data-found] li").first).to_be_visible()
    tab.keyboard.press("Control+Enter")
    expect(tab.locator("#question-2 input").nth(3)).to_be_focused()
    assert kept(case)["goal_stated"] == "0"
    assert find_barriers(tab) == []
    assert not overflows(tab)
