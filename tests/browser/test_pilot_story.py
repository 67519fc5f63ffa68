"""From signed terms to “wave 2 may start”: help planned, tests tried, chain rehearsed, the pilot left with go."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import insert

from implement.db import db, utc_now
from implement.engine.document import Document
from implement.rollout.tables import UsageDay
from implement.stages.specification.service import terms
from implement.web.access import Role
from tests.builders import a_member
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.specification_case import a_requirement
from tests.rooms.waves_case import a_rollout_in_waves

TODAY = utc_now().date()


def test_the_next_wave_may_start_once_the_pilot_is_tested_rehearsed_and_left(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M18, M23, M76, M77
    sign_terms_and_let_the_pilot_work(app, rollout_id)
    lead, head = page_as("lead"), page_as("head")
    lead.goto(f"/rollouts/{rollout_id}/pilot")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Wave 2 may not start yet: 6 of 7 criteria are open")
    plan_help(lead)
    name_tester(lead, rollout_id)
    try_scenario(head, rollout_id)
    rehearse(lead, rollout_id)
    leave_with_go(lead, page_as("consultant"), rollout_id)
    lead.goto(f"/rollouts/{rollout_id}/pilot")
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Wave 2 may start on ")
    assert find_barriers(lead) == [] and not overflows(lead)
    assert take_pictures_of(lead, rollout_id, take_pictures, context)


def sign_terms_and_let_the_pilot_work(app: Flask, rollout_id: int) -> None:
    """Terms signed by both sides, a requirement with its test, and six people of whom five work in the CRM."""
    with app.app_context():
        a_rollout_in_waves(TODAY + timedelta(days=3), rollout_id=rollout_id, pilot_days=35)
        store, now = app.extensions["implement_store"], utc_now()
        sides = [(role, a_member(rollout_id, role)) for role in (Role.CONSULTANT, Role.LEAD)]
        a_requirement(rollout_id, sides[0][1])
        files, said = terms.TermsFiles(b"<p>Terms</p>", b"%PDF", b"PK", 1), {"store": store, "now": now}
        row = terms.keep_version(rollout_id, Document("Terms", "en", ()), files, note="", by=sides[0][1], **said)
        for role, by in sides:
            terms.sign_terms(row, seen=row.html_sha256, role=role, roles=frozenset({role}), by=by, **said)
        days = [TODAY - timedelta(days=number) for number in range(1, 33)]
        used = {"rollout_id": rollout_id, "events": 1, "active_events": 1, "records": 1, "counts": {}}
        team = [f"north.{place}" for place in range(5)]
        db.session.execute(insert(UsageDay), [{**used, "crm_user": user, "day": day} for user in team for day in days])
        db.session.commit()


def plan_help(lead: Page) -> None:
    """Who helps newcomers; no week is short of it."""
    lead.get_by_role("link", name="Help for newcomers").click()
    lead.get_by_label("People who help").fill("3")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Help week by week").first).to_be_visible()


def name_tester(lead: Page, rollout_id: int) -> None:
    """The acceptance test becomes a scenario, and the head its tester."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/tests")
    lead.get_by_role("button", name="Take them up").click()
    lead.get_by_role("link", name="Leave a request alone").click()
    lead.get_by_label("Tester").select_option(label="Henry Head")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Tester: Henry Head")).to_be_visible()


def try_scenario(head: Page, rollout_id: int) -> None:
    """From the hall to the scenario; it works, with a file that shows it."""
    head.goto(f"/rollouts/{rollout_id}")
    head.get_by_role("link", name="Try out one scenario of the CRM").click()
    head.get_by_label("Result").select_option(label="it works")
    evidence = {"name": "seen.png", "mimeType": "image/png", "buffer": b"\x89PNG"}
    head.get_by_label("Evidence: a picture or a file").set_input_files(evidence)  # type: ignore[arg-type]
    assert find_barriers(head) == [] and not overflows(head)
    head.get_by_role("button", name="Write it down").click()
    expect(head.get_by_role("link", name="seen.png")).to_be_visible()


def rehearse(lead: Page, rollout_id: int) -> None:
    """A chain from a template, rehearsed without people."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/chains")
    lead.get_by_label("Begin from").select_option(label="A request, answered")
    lead.get_by_role("button", name="Begin").click()
    lead.get_by_label("Seed").fill("8")
    lead.get_by_role("button", name="Simulate").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("of 80 steps of 40 orders were in time")
    assert find_barriers(lead) == [] and not overflows(lead)


def leave_with_go(lead: Page, consultant: Page, rollout_id: int) -> None:
    """The report is frozen, and both sides sign it."""
    lead.goto(f"/rollouts/{rollout_id}/pilot/result")
    lead.get_by_label("Decision").select_option(label="go: the next wave may start")
    lead.get_by_label("Reason").fill("Five of six work in it daily.")
    lead.get_by_role("button", name="Make the report").click()
    lead.get_by_role("button", name="Sign as Project lead").click()
    expect(lead.get_by_text("You have signed.")).to_be_visible()
    consultant.goto(f"/rollouts/{rollout_id}/pilot/result")
    consultant.get_by_role("button", name="Sign as Consultant").click()
    expect(consultant.get_by_role("link", name="Signed PDF")).to_be_visible()


def take_pictures_of(lead: Page, rollout_id: int, take_pictures: TakePictures, context: BrowserContext) -> list[Path]:
    """Waves and result, phone and desk, light and dark."""
    context.add_cookies(lead.context.cookies())
    waves = take_pictures(f"/rollouts/{rollout_id}/pilot", "pilot-waves", languages=("de",))
    return waves + take_pictures(f"/rollouts/{rollout_id}/pilot/result", "pilot-result", languages=("ru",))
