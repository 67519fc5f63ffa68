"""Calls and mails past the CRM: counted under an agreement only, by team from five people on; with whom is not kept."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.rollout.service.errors import RuleBroken
from implement.rollout.service.regulations import CALLS_COUNTED, hand_out, write_regulation
from implement.rollout.tables import DoomedFile
from implement.stages.adoption.booked import Unknown
from implement.stages.adoption.calls import DayCounts, sum_calls
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.loading import take_files
from implement.stages.adoption.tables import CountedCalls, UsageUpload
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import NOW, SUNDAY, a_firm, users_of
from tests.rooms.test_booked_orders import SIZES, STAFF

FRIDAY = SUNDAY - timedelta(days=2)
NORTH = [one.person_id for one in STAFF if one.team == "North"]


def test_what_was_recorded_in_the_same_week_is_taken_off() -> None:  # M25
    week_before = FRIDAY - timedelta(days=7)
    listed = [DayCounts(one, day, count) for one in NORTH for day, count in ((FRIDAY, 8), (week_before, 2))]
    recorded = [DayCounts(one, FRIDAY - timedelta(days=1), 5) for one in NORTH]
    found = sum_calls(listed, [*recorded, *(DayCounts(one, week_before, 9) for one in NORTH)], STAFF)
    assert found is not None
    north = next(group for group in found.groups if group.name == "North")
    assert north.weeks[-2:] == (Unknown(0, 12), Unknown(18, 48))
    assert {group.name: group.why for group in found.groups}["Tiny"] == "too_few"


def a_bill(*counts: tuple[str, date, int]) -> bytes:
    lines = [f"{user},{day},+49 30 {n},{count}" for n, (user, day, count) in enumerate(counts)]
    return "\n".join(["extension,date,called number,number of calls", *lines]).encode()


def hand_in(app: Flask, rollout_id: int, bill: bytes) -> None:
    store = app.extensions["implement_store"]
    kept = HandedIn("phone bill.csv", store.put(BytesIO(bill)).sha256)
    take_files(rollout_id, [kept], store=store, by=builders.a_user(), now=NOW)


def agree(rollout_id: int) -> None:
    by = builders.a_user()
    said = {"kind": "agreement", "title": "Use", "text": "What is evaluated", "valid_from": SUNDAY}
    version = write_regulation(rollout_id, **said, terms={"purposes": [CALLS_COUNTED]}, by=by, now=NOW)
    hand_out(version, rollout_id, by=by, now=NOW)


@pytest.mark.both_databases
def test_nothing_is_counted_without_an_agreement_that_covers_it(session: object, app: Flask) -> None:
    rollout_id = builders.a_rollout().id
    with pytest.raises(RuleBroken):
        hand_in(app, rollout_id, a_bill(("north.1", FRIDAY, 3)))


@pytest.mark.both_databases
def test_a_later_list_replaces_the_same_day_and_no_number_is_kept(session: object, app: Flask) -> None:
    rollout_id = builders.a_rollout().id
    agree(rollout_id)
    hand_in(app, rollout_id, a_bill(("north.1", FRIDAY, 3), ("north.1", FRIDAY - timedelta(days=1), 2)))
    hand_in(app, rollout_id, a_bill(("north.1", FRIDAY, 4)))
    rows = db.session.execute(select(CountedCalls.day, CountedCalls.count).order_by(CountedCalls.day)).all()
    assert [tuple(row) for row in rows] == [(FRIDAY - timedelta(days=1), 2), (FRIDAY, 4)]
    uploads = list(db.session.scalars(select(UsageUpload)))
    assert all(one.tables is None and "+49" not in str([one.files, one.outcome, one.faults]) for one in uploads)
    assert len(list(db.session.scalars(select(DoomedFile.sha256)))) == 4


def test_the_page_says_how_many_are_missing_at_least(app: Flask, rollout_id: int, visitor_as: VisitorAs) -> None:
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/adoption/calls")
    assert page.answer == "Calls and mails are not counted: no agreement covers it."
    with app.app_context():
        a_firm(rollout_id, SIZES)
        agree(rollout_id)
        hand_in(app, rollout_id, a_bill(*((user, FRIDAY, 5) for user in [*users_of("North", 6), "stranger"])))
        db.session.commit()
    page = visitor_as("council").get(f"/rollouts/{rollout_id}/adoption/calls")
    assert page.answer == "At least 30 of 30 calls and mails in the last four weeks are not in the CRM."
    assert "5 calls and mails are of nobody on the staff." in page.text
    visitor_as("salesperson").get(f"/rollouts/{rollout_id}/adoption/calls", status=403)
