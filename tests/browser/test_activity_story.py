"""The lead writes a plan, the head sets targets, a seller reports on a phone, the head settles a conflict."""

from datetime import timedelta

from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import update

from implement.control.activity.service import counting
from implement.control.activity.service.counting import CountedLog, CountingBasis
from implement.control.activity.tables import ActivityPeriod
from implement.db import db, utc_now
from implement.rollout.service.log import log_write
from implement.rollout.service.rollouts import local_day
from implement.stages.adoption.service.log import LogBasis
from tests.fixtures.browser import TakePictures, find_barriers, overflows
from tests.fixtures.members import PageAs
from tests.rooms.bound_firm import Firm, a_bound_firm

PHONE = {"width": 375, "height": 812}
CONTACTS = "kpi.contacts_kept"


def test_a_plan_is_written_reported_and_settled(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:  # M122, M124, M125
    firm, room = a_firm(app, rollout_id), f"/rollouts/{rollout_id}/activity"
    write_plan(page_as("lead"), app, rollout_id)
    henry = page_as("head", person_id=firm.people["north.1"])
    set_targets(henry, room)
    bob = page_as("salesperson", person_id=firm.people["north.2"], viewport=PHONE)
    report(bob, room)
    let_the_crm_differ(app, firm)
    henry.goto(f"{room}/morning")
    expect(henry.get_by_role("heading", level=1)).to_contain_text("One thing asks for you")
    context.add_cookies(henry.context.cookies())
    take_pictures(henry.url, "activity-morning")
    henry.get_by_role("link", name="Well-kept contacts").click()
    settle(henry)
    take_pictures(henry.url, "activity-progress")
    bob.goto(f"{room}/month")
    expect(bob.get_by_text("three cards were lost")).to_be_visible()
    assert find_barriers(bob) == [] and not overflows(bob)


def a_firm(app: Flask, rollout_id: int) -> Firm:
    with app.app_context():
        firm = a_bound_firm(rollout_id)
        db.session.commit()
        return firm


def write_plan(alice: Page, app: Flask, rollout_id: int) -> None:
    """A period from today on, and the plan of the sellers."""
    with app.app_context():
        today = local_day(rollout_id, utc_now())
    alice.goto(f"/rollouts/{rollout_id}/activity")
    alice.get_by_label("First day").fill((today + timedelta(days=1)).isoformat())
    alice.get_by_label("Last day").fill((today + timedelta(days=30)).isoformat())
    alice.get_by_role("button", name="Begin the period").click()
    alice.get_by_role("link", name="Plan for: seller").click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Plan for: seller")
    for place, (key, weight) in enumerate(((CONTACTS, "60"), ("kpi.visits", "40"))):
        alice.locator(f"[name=rows-{place}-kpi]").select_option(key)
        alice.locator(f"[name=rows-{place}-weight]").fill(weight)
    assert find_barriers(alice) == []
    alice.get_by_role("button", name="Keep the plan").click()
    expect(alice.get_by_text("The plan is kept")).to_be_visible()
    begin_today(app, rollout_id)


def begin_today(app: Flask, rollout_id: int) -> None:
    """The night passes: the period has begun."""
    with app.app_context():
        db.session.execute(update(ActivityPeriod).values(first_day=local_day(rollout_id, utc_now())))
        log_write("begin_today", "period:1", by=None, now=utc_now(), rollout_id=rollout_id)
        db.session.commit()


def set_targets(henry: Page, room: str) -> None:
    henry.goto(room)
    henry.get_by_role("link", name="Targets of each person").click()
    expect(henry.get_by_role("heading", level=2, name="North 2")).to_be_visible()
    for box in henry.locator("form[action$='/targets'] input.form-control").all():
        box.fill("20")
    henry.get_by_role("button", name="Keep the targets").click()
    expect(henry.get_by_text("8 targets were kept.")).to_be_visible()
    assert find_barriers(henry) == []
    henry.get_by_role("button", name="Hand out what is set").click()
    expect(henry.get_by_text("Handed to 4 people.")).to_be_visible()


def report(bob: Page, room: str) -> None:
    bob.goto(f"{room}/month")
    bob.get_by_role("button", name="I have read my targets").click()
    expect(bob.get_by_text("Noted, with your name")).to_be_visible()
    bob.get_by_role("link", name="Report the day").click()
    bob.get_by_label("Visits to customers").fill("3")
    bob.get_by_label("Well-kept contacts").fill("15")
    assert find_barriers(bob) == [] and not overflows(bob)
    bob.get_by_role("button", name="Report these numbers").click()
    expect(bob.get_by_text("2 numbers were kept.")).to_be_visible()


def let_the_crm_differ(app: Flask, firm: Firm) -> None:
    """The CRM's log of today knows twelve contacts only."""
    with app.app_context():
        today, bob_id = local_day(firm.rollout_id, utc_now()), firm.people["north.2"]
        basis = CountingBasis(LogBasis((), today, today), (), {})
        counted = CountedLog(((bob_id, CONTACTS, today, 12),), (CONTACTS,), frozenset({bob_id}))
        counting.keep_counting(firm.rollout_id, basis, counted, by=None, now=utc_now())
        db.session.commit()


def settle(henry: Page) -> None:
    expect(henry.get_by_text("CRM 12, report 15")).to_be_visible()
    henry.get_by_text("Settle it").click()
    henry.get_by_label("Which one holds").select_option("report")
    henry.get_by_label("Why; the person can read it").fill("three cards were lost")
    assert find_barriers(henry) == []
    henry.get_by_role("button", name="Settle", exact=True).click()
    expect(henry.get_by_text("Settled; both figures stay kept.")).to_be_visible()
