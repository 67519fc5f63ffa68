"""The pages of the pilot's room: may the next wave start, and help for newcomers."""

from collections.abc import Iterator
from datetime import timedelta

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
    assert page.words("h1")[0].startswith("Wave 2 may not start yet: 3 of 3 criteria are open, first of all:")
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
