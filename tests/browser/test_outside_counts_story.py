"""A council member reads orders, calls and mails past the CRM, and views that stand out: in a real browser."""

from datetime import timedelta
from io import BytesIO

from flask import Flask
from playwright.sync_api import BrowserContext, expect

from implement.db import db
from implement.rollout.service.regulations import BASE_PROTECTION, CALLS_COUNTED, hand_out, write_regulation
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.loading import take_files
from tests.fixtures.browser import TakePictures, find_barriers
from tests.fixtures.members import PageAs
from tests.rooms.adoption_house import HEADER, NOW, SUNDAY, a_firm, an_event, users_of, working_days

FIRST, FRIDAY = SUNDAY - timedelta(days=13), SUNDAY - timedelta(days=2)
PAGES = {
    "outside": "The CRM never knew of 4 of 12 orders in the last four weeks.",
    "calls": "At least 50 of 60 calls and mails in the last four weeks are not in the CRM.",
    "unusual": "One person's views or exports stand out.",
}


def test_what_went_past_the_crm_is_read_by_team(
    app: Flask, rollout_id: int, page_as: PageAs, take_pictures: TakePictures, context: BrowserContext
) -> None:
    with app.app_context():
        fill(app, rollout_id)
        db.session.commit()
    council = page_as("council")
    for path, answer in PAGES.items():
        council.goto(f"/rollouts/{rollout_id}/adoption/{path}")
        expect(council.get_by_role("heading", level=1)).to_have_text(answer)
        assert find_barriers(council) == []
    context.add_cookies(council.context.cookies())
    taken = [take_pictures(f"/rollouts/{rollout_id}/adoption/{path}", f"adoption-{path}") for path in PAGES]
    assert [len(files) for files in taken] == [8, 8, 8]


def fill(app: Flask, rollout_id: int) -> None:
    """A team of six under an agreement that covers both; one of them looks at a hundred records on a Friday."""
    by, store, users = a_firm(rollout_id, {"North": 6}), app.extensions["implement_store"], users_of("North", 6)
    said = {"kind": "agreement", "title": "Use", "text": "What is evaluated", "valid_from": SUNDAY}
    terms = {"purposes": [BASE_PROTECTION, CALLS_COUNTED]}
    hand_out(write_regulation(rollout_id, **said, terms=terms, by=by, now=NOW), rollout_id, by=by, now=NOW)
    days = working_days(FIRST, SUNDAY)
    seen = [an_event(user, day, n, action="view") for day in days for user in users for n in (1, 2)]
    seen += [an_event("north.2", FRIDAY, n, action="view") for n in range(100, 200)]
    seen += [an_event(user, FRIDAY, n) for user in users[:5] for n in (3, 4)]
    orders = [f"O{n},{users[n % 6]},{FRIDAY},{'' if n < 4 else f'D{n}'}" for n in range(12)]
    lists = {
        "events.csv": [HEADER, *seen], "orders.csv": ["order_id,user,date,crm_deal_id", *orders],
        "phone bill.csv": ["extension,date,number of calls", *(f"{user},{FRIDAY},10" for user in users)],
    }  # fmt: skip
    kept = [HandedIn(name, store.put(BytesIO("\n".join(lines).encode())).sha256) for name, lines in lists.items()]
    take_files(rollout_id, kept, store=store, by=by, now=NOW)
