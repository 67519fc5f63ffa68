"""The demonstration shows choice, cost, plan and risks, and telling it twice is telling it once."""

from flask import current_app
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.demo import choice_story, hall_story, plan_story
from implement.stages.specification.service.choice.comparing import compare_systems, find_decision
from implement.stages.specification.service.cost.pricing import price_offers
from implement.stages.specification.service.plan.outlook import read_outlook
from implement.stages.specification.service.risks import register, team
from implement.stages.specification.terms_paper import gather_terms


def test_terms_of_reference_hold_choice_cost_plan_risks_team_and_mandate(session: scoped_session[Session]) -> None:
    """The demonstration's terms name each of them (M15)."""
    now, store = utc_now(), current_app.extensions["implement_store"]
    here = hall_story.begin(now)
    hall_story.tell(here, store)
    assert "choice" not in {one.key for one in gather_terms(here, "de", now.date()).chapters}
    choice_story.tell(here, store)
    plan_story.tell(here, store)
    chapters = {one.key: str(one) for one in gather_terms(here, "de", now.date()).chapters}
    assert {"choice", "cost", "plan", "risks", "team", "mandate"} <= chapters.keys()
    assert "Bitrix24" in chapters["choice"]
    assert "Verantwortlich für System und Änderungen" in chapters["team"]
    assert "List of customers with their owners" in chapters["mandate"]


def test_the_demonstration_tells_of_all_four_subjects(session: scoped_session[Session]) -> None:
    now, store = utc_now(), current_app.extensions["implement_store"]
    here = hall_story.begin(now)
    hall_story.tell(here, store)
    assert choice_story.tell(here, store)
    assert plan_story.tell(here, store)
    assert not choice_story.tell(here, store)
    assert not plan_story.tell(here, store)
    comparison, decision, outlook = compare_systems(here, store), find_decision(here), read_outlook(here, now.date())
    assert decision is not None
    assert comparison.leader is not None
    assert comparison.weight_changes
    assert len(price_offers(here).offers) == 2
    assert outlook is not None
    assert outlook.forecast.n >= 4
    assert team.read_mandate(here, now.date()).is_signed
    assert {row.rule_key for row in register.list_risks(here)} >= {"third_parties", "islands", "vendor_sales"}
