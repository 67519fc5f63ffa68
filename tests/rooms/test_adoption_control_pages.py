"""The pages of the first month's control: started for a wave, ticked with evidence, read by whoever reads teams."""

from datetime import timedelta

import pytest
from flask import Flask

from implement.db import db, utc_now
from tests.fixtures.members import VisitorAs
from tests.rooms.adoption_house import a_firm


@pytest.fixture
def here(app: Flask, rollout_id: int) -> str:
    """Where the pages begin; two teams in the wave Pilot."""
    with app.app_context():
        a_firm(rollout_id, {"North": 6, "South": 6})
        db.session.commit()
    return f"/rollouts/{rollout_id}/adoption/control"


def test_a_lead_starts_it_for_a_wave_and_the_council_reads_it(here: str, visitor_as: VisitorAs) -> None:  # M60
    lead = visitor_as("lead")
    sent = lead.submit(lead.get(here), {"whom": "wave:1", "starts_on": "2030-01-06"})
    assert lead.follow(sent).answer == "2 teams are under close control."
    page = visitor_as("council").get(f"{here}/1")
    assert "3 h 20 min" in page.text and not page.all("main form[method=post]")


def test_a_check_is_ticked_with_what_was_seen(here: str, visitor_as: VisitorAs) -> None:
    lead, today = visitor_as("lead"), utc_now().date()
    due = today - timedelta(days=max(0, today.isoweekday() - 5))
    lead.submit(lead.get(here), {"whom": "team:2", "starts_on": (due - timedelta(days=1)).isoformat()})
    page = lead.get(f"{here}/1")
    assert len(page.all("form.inline-form")) == 1 and page.answer == "South: one check waits to be made."
    refused = lead.follow(lead.submit(page, {"evidence": ""}, form="form.inline-form"))
    assert "nothing was changed" in refused.text
    lead.submit(page, {"evidence": "Two questions"}, form="form.inline-form")
    assert "Two questions Alice Lead" in lead.get(f"{here}/1").text


def test_a_month_that_is_over_is_closed_by_itself(here: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    lead.submit(lead.get(here), {"whom": "team:1", "starts_on": "2026-01-01"})
    page = lead.get(f"{here}/1")
    assert "ended by itself" in page.answer and not page.all("form.inline-form")
    assert lead.get(here).answer == "No team is under close control now."


def test_a_team_that_is_not_chosen_is_asked_for(here: str, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    page = lead.submit(lead.get(here), {"whom": "team:999"}, status=422)
    assert page.all(".error") and lead.get(here).answer == "No team is under close control now."
