"""The pages of the pilot's room: may the next wave start, and help for newcomers."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask

from implement.db import db, utc_now
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
    assert page.words("h1")[0].startswith("Wave 2 may not start yet: 6 of 6 criteria are open, first of all:")
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
