"""What the adoption room tells the hall: next steps that name nobody, a card, a part of the report, a measure."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.rollout.tables import Wave
from implement.stages.adoption.registered import gather_chapter, list_steps, make_card, measure_regular_use
from implement.web.access import Role, Standing
from tests import builders
from tests.rooms.adoption_house import SUNDAY, a_firm, a_log, a_usage, person_id_of, steady

TEAMS = {"North": 6, "South": 6}
SILENT = {"south_2": 0.0, "south_3": 0.0}


@pytest.fixture
def here(app: Flask, session: object) -> int:
    """A rollout in which two of the six of South never used the CRM."""
    rollout_id = builders.a_rollout().id
    by = a_firm(rollout_id, TEAMS)
    a_usage(rollout_id, app.extensions["implement_store"], by, events=a_log(steady(TEAMS, **SILENT)))
    return rollout_id


def standing(rollout_id: int, role: Role, person: str | None = None) -> Standing:
    person_id = person_id_of(rollout_id, person) if person else None
    return Standing(rollout_id, frozenset({role}), person_id)


def test_a_head_is_asked_to_talk_and_nobody_is_named(app: Flask, here: int) -> None:
    with app.test_request_context():
        steps = list_steps(standing(here, Role.HEAD, "south.1"), 1, SUNDAY)
    assert [str(step.text) for step in steps] == ["Talk with team South: 2 of 6 are silent"]


def test_a_lead_is_asked_for_usage_when_it_is_a_week_old(app: Flask, here: int) -> None:
    with app.test_request_context():
        now, later = (list_steps(standing(here, Role.LEAD), 1, SUNDAY + timedelta(days=days)) for days in (0, 8))
    assert now == [] and [str(step.text) for step in later] == ["Import this week's usage"]


def test_the_card_shows_the_pilot_and_sellers_their_own(app: Flask, here: int) -> None:
    with app.test_request_context():
        lead = make_card(standing(here, Role.LEAD), SUNDAY)
        seller = make_card(standing(here, Role.SALESPERSON, "north.2"), SUNDAY)
    assert lead and lead.picture and len(lead.picture.rows) == 6
    assert seller and seller.picture is None and seller.url.endswith("/adoption/me")


def test_the_report_says_who_does_not_count(app: Flask, here: int) -> None:
    with app.test_request_context():
        chapter = gather_chapter(here, None, SUNDAY)
    assert chapter and chapter["rows"] and chapter["left_out"] == []


def test_a_wave_is_measured_by_its_own_users(app: Flask, here: int) -> None:  # M24
    wave_id = db.session.scalar(select(Wave.id).where(Wave.rollout_id == here))
    measure = measure_regular_use(here, wave_id, SUNDAY)
    assert measure and (measure.value, measure.n) == (measure.value.limit_denominator(12), 12)
    assert measure_regular_use(here, 999, SUNDAY) is None
