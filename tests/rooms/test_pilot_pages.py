"""The pages of the pilot's room: may the next wave start, and help for newcomers."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from implement.commands.serving.housekeeping import follow
from implement.db import db, utc_now
from implement.stages.adoption.found_tables import HandedIn
from implement.stages.adoption.service.loading import take_files
from implement.stages.pilot.service.hours import set_hours
from tests.builders import a_user
from tests.fixtures.members import VisitorAs
from tests.rooms.waves_case import a_rollout_in_waves


@pytest.fixture
def in_waves(app: Flask, rollout_id: int) -> Iterator[int]:
    """Two waves: the pilot has started, the second starts in a week."""
    with app.app_context():
        a_rollout_in_waves(utc_now().date() + timedelta(days=7), rollout_id=rollout_id)
        db.session.commit()
        yield rollout_id


def test_the_lead_learns_in_one_sentence_whether_the_next_wave_may_start(
    in_waves: int, visitor_as: VisitorAs
) -> None:  # M23
    lead = visitor_as("lead")
    page = lead.get(f"/rollouts/{in_waves}/pilot")
    assert page.words("h1")[0].startswith("Wave 2 may not start yet: 7 of 7 criteria are open, first of all:")
    form = lead.get(f"/rollouts/{in_waves}/pilot/support-plan")
    said = {"supporters": "2", "hours_each": "5", "first_week": "2", "second_week": "1"}
    page = lead.follow(lead.submit(form, said))
    assert "newcomers need 15 hrs of help and there are 10 hrs (Pilot, Wave 2)" in page.text


def test_a_salesperson_sees_the_waves_and_changes_nothing(in_waves: int, visitor_as: VisitorAs) -> None:
    bob = visitor_as("salesperson")
    page = bob.get(f"/rollouts/{in_waves}/pilot")
    assert [form for form in page.words("form") if "promised" in form] == []
    bob.get(f"/rollouts/{in_waves}/pilot/support-plan", status=403)


def test_first_days_are_held_as_promised_once(in_waves: int, visitor_as: VisitorAs) -> None:  # M24
    lead = visitor_as("lead")
    page = lead.get(f"/rollouts/{in_waves}/pilot")
    page = lead.follow(lead.submit(page, form="form[action$='/promise']"))
    assert "as promised" in page.text
    assert "Hold these first days" not in page.text


def test_a_chain_is_begun_rehearsed_and_its_weakest_step_named(in_waves: int, visitor_as: VisitorAs) -> None:  # M76
    lead = visitor_as("lead")
    page = lead.get(f"/rollouts/{in_waves}/pilot/chains")
    page = lead.follow(lead.submit(page, {"start": "template:order", "team_id": "0"}, form="form[action='']"))
    assert "7 steps" in page.words("h1")[0]
    page = lead.follow(lead.submit(page, {"seed": "3", "orders": "20"}, form="form[action$='/simulate']"))
    assert "of 140 steps of 20 orders were in time (likely" in page.words("h1")[0]
    assert "Weakest: “" in page.words("h1")[0]


def test_people_rehearse_live_and_the_head_sees_what_hangs(in_waves: int, visitor_as: VisitorAs) -> None:  # M77
    lead, bob = visitor_as("lead"), visitor_as("salesperson")
    page = lead.get(f"/rollouts/{in_waves}/pilot/chains")
    page = lead.follow(lead.submit(page, {"start": "template:request", "team_id": "0"}, form="form[action='']"))
    live = str(lead.submit(page, form="form[action$='/live']").location)
    bob.submit(bob.get(live), {"number": "A-17"}, form="form[action$='/orders']")
    page = bob.follow(bob.submit(bob.get(live), form="form[action$='/done']"))
    assert page.words("tbody tr")[0].startswith("A-17 Call the client back")


def test_a_file_with_faults_names_each_and_takes_nothing(in_waves: int, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    page = lead.get(f"/rollouts/{in_waves}/pilot/chains")
    page = lead.follow(lead.submit(page, {"start": "template:request", "team_id": "0"}, form="form[action='']"))
    file = (BytesIO(b"order;step;at\nA;;2026-12-21 12:00\nA;Paint;soon\n"), "runs.csv")
    page = lead.submit(page, {"file": file}, form="form[action$='/import']", status=422)
    assert page.words(".reasons li") == [
        "Row 3, column “step”: the chain has no such step. Paint", "Row 3, column “at”: this is no day and time. soon"
    ]  # fmt: skip


def bring_in_deals(app: Flask, rollout_id: int, *late: int) -> None:
    """Deals of yesterday morning that were called back after so many minutes."""
    day, lines = utc_now().date() - timedelta(days=1), ["user,ts,object,action,record_id,stage_to"]
    for number, minutes in enumerate(late):
        begun, called = f"{day}T10:00:00", f"{day}T10:{minutes:02d}:00"
        lines += [f"bob,{begun},deal,create,D{number},", f"bob,{called},deal,stage,D{number},Called"]
    store, by = app.extensions["implement_store"], a_user()
    kept = HandedIn("events.csv", store.put(BytesIO("\n".join(lines).encode())).sha256)
    take_files(rollout_id, [kept], store=store, by=by, now=utc_now())
    db.session.commit()


def test_events_of_the_crm_move_the_clocks_that_are_chosen_for_them(
    app: Flask, in_waves: int, visitor_as: VisitorAs
) -> None:  # M76, M77
    lead = visitor_as("lead")
    set_hours(in_waves, 0, 1440, "1234567", by=a_user(), now=utc_now())
    db.session.commit()
    page = lead.get(f"/rollouts/{in_waves}/pilot/chains")
    page = lead.follow(lead.submit(page, {"start": "template:request", "team_id": "0"}, form="form[action='']"))
    assert "No events with a time of day are known yet." in lead.get(f"{page.path}/events").text
    bring_in_deals(app, in_waves, 10, 12, 59)
    page = lead.get(f"{page.path}/events")
    kinds = {one.text.strip(): str(one["value"]) for one in page.all("select[name='request'] option")}
    step = str(page.all("select[name^='step_']")[0]["name"])
    chosen = {"request": kinds["deals: created (3 records)"], step: kinds["deals: now in “Called” (3 records)"]}
    page = lead.follow(lead.submit(page, chosen))
    assert page.words("h1")[0].startswith("67% of 3 steps of 3 orders were in time")
    bring_in_deals(app, in_waves, 10, 12, 59, 14)
    follow(app)
    assert lead.get(page.path).words("h1")[0].startswith("75% of 4 steps of 4 orders were in time")
