"""The exit of a wave: held against those that had not started, decided, signed by both sides, read by the next wave."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from implement.db import db, utc_now
from implement.engine.pilot_effect import PilotEffect
from implement.rollout.service.gates import list_criteria
from implement.rollout.service.rollouts import list_waves
from implement.rollout.stages import Stage
from implement.rollout.tables import UsageDay
from implement.stages.pilot.service import exits
from implement.stages.pilot.service.comparison import compare_wave
from implement.stages.pilot.service.criteria import ENTRY, judge_wave
from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.waves_case import TEAM_OF, a_rollout_in_waves

TODAY = utc_now().date()


@pytest.fixture
def in_waves(app: Flask, rollout_id: int) -> Iterator[int]:
    """The pilot has worked for four weeks, four of its six people in the CRM; the second wave starts in three days."""
    with app.app_context():
        a_rollout_in_waves(TODAY + timedelta(days=3), rollout_id=rollout_id, pilot_days=31)
        use(rollout_id, TODAY - timedelta(days=26), people=4)
        db.session.commit()
        yield rollout_id


def use(rollout_id: int, since: date, *, people: int) -> None:
    team = TEAM_OF[0][0].lower()
    days = [since + timedelta(days=number) for number in range((TODAY - since).days)]
    rows = [
        {"rollout_id": rollout_id, "crm_user": f"{team}.{place}", "day": day, "events": 1, "active_events": 1,
         "records": 1, "counts": {}}
        for place in range(people) for day in days
    ]  # fmt: skip
    db.session.execute(insert(UsageDay), rows)


def effect_of(rollout_id: int, figure: str) -> PilotEffect:
    compared = compare_wave(rollout_id, list_waves(rollout_id)[0].id, TODAY)
    return next(one.effect for one in compared.figures if one.name == figure)


def decide(lead: Visitor, rollout_id: int, verdict: str, *, status: int = 302) -> None:
    page = lead.get(f"/rollouts/{rollout_id}/pilot/result")
    said = {"verdict": verdict, "reason": "Four of six work in it daily", "language": "de"}
    lead.submit(page, said, form="form[action$='/exit']", status=status)


def waits_for_the_pilot(rollout_id: int) -> bool:
    wave = list_waves(rollout_id)[1]
    judged = judge_wave(rollout_id, wave.id, ENTRY, TODAY)
    return not next(one.verdict.met for one in judged if one.criterion.terms.key == "wave.entry.wave_before")


def test_what_the_pilot_changed_is_held_against_the_others(in_waves: int) -> None:
    found = effect_of(in_waves, "pilot.use")
    assert (found.people, found.others, found.others_after) == (6, 6, 0.0)
    assert found.after is not None and 0.5 < found.after < 0.7
    assert found.is_sure and found.low is not None and found.low > 0
    assert effect_of(in_waves, "adoption.orders").lacks == "people"


def test_wave_2_may_start_once_both_sides_signed_go(in_waves: int, visitor_as: VisitorAs) -> None:  # M23
    lead, consultant = visitor_as("lead"), visitor_as("consultant")
    assert waits_for_the_pilot(in_waves)
    decide(lead, in_waves, "go")
    for somebody in (lead, consultant):
        page = somebody.get(f"/rollouts/{in_waves}/pilot/result")
        somebody.submit(page, form="form[action$='/sign']")
    db.session.rollback()
    assert not waits_for_the_pilot(in_waves)
    page = lead.get(f"/rollouts/{in_waves}/pilot/result")
    assert page.answer.startswith("Pilot: “Go”, signed by both sides on ")
    assert [link.rsplit("/", 1)[1] for link in page.links() if "/exit/" in link] == ["html", "pdf", "signed"]


def test_a_wave_that_is_extended_holds_the_next_one_back(in_waves: int, visitor_as: VisitorAs) -> None:
    lead = visitor_as("lead")
    decide(lead, in_waves, "extend", status=409)
    decide(lead, in_waves, "no_go")
    report = exits.find_newest(in_waves, list_waves(in_waves)[0].id)
    assert report is not None and (report.verdict, report.number) == ("no_go", 1)
    assert waits_for_the_pilot(in_waves)


def test_the_gate_of_the_pilot_asks_for_the_signed_report(in_waves: int) -> None:
    measures = [one.terms.get("measure") for one in list_criteria(in_waves, Stage.PILOT)]
    assert {"pilot.exit_signed", "pilot.wave_before_went"} <= set(measures)
