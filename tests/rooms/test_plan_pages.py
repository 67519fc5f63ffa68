"""The pages of plan, risks, team, mandate and safety: who may see and write, what is typed, hostile words."""

from collections.abc import Iterator

import pytest
from flask import Flask, current_app

from implement.db import db, utc_now
from implement.stages.specification.service.plan import steps
from implement.stages.specification.service.risks import register
from tests import builders
from tests.fixtures.members import VisitorAs
from tests.rooms.test_audit_pages import count_queries

READERS = ("consultant", "lead", "head", "hr", "council")
PAGES = ("plan", "risks", "team", "mandate", "safety")
HOSTILE = "<script>document.title='broken in'</script>"


@pytest.fixture
def here(app: Flask, rollout_id: int) -> Iterator[str]:
    with app.app_context():
        carol, now = builders.a_user(), utc_now()
        store = current_app.extensions["implement_store"]
        steps.begin_plan(rollout_id, "fifty_days", start=now.date(), waves=2, by=carol, now=now)
        register.take_over(rollout_id, store, today=now.date(), by=carol, now=now)
        db.session.commit()
        yield f"/rollouts/{rollout_id}/specification"


@pytest.mark.parametrize("role", [*READERS, "salesperson", None])
def test_readers_see_plan_risks_team_and_mandate(here: str, visitor_as: VisitorAs, role: str | None) -> None:
    visitor, status = visitor_as(role), 200 if role in READERS else 403 if role else 404
    for path in PAGES:
        assert visitor.get(f"{here}/{path}", status=status).answer


def test_only_consultant_and_lead_write(here: str, visitor_as: VisitorAs) -> None:
    for path in ("plan/begin", "plan/steps/1", "risks/new", "risks/1", "mandate/1", "safety/backup"):
        assert visitor_as("head").get(f"{here}/{path}", status=403).answer


def test_a_plan_is_begun_and_a_step_reported(rollout_id: int, visitor_as: VisitorAs) -> None:  # M61 M24
    carol, at = visitor_as("consultant"), f"/rollouts/{rollout_id}/specification/plan"
    assert carol.get(at).answer == "When does it begin, and by which plan?"
    carol.submit(carol.get(f"{at}/begin"), {"template": "fifty_days", "start": "2026-04-13", "waves": "1"})
    carol.submit(carol.get(f"{at}/steps/1"), {"began_on": "2026-04-13", "ended_on": "2026-04-15"})
    page = carol.get(at)
    assert page.answer.startswith("It will likely end between")
    assert "over on 15 Apr 2026" in page.text
    assert "Finished steps: 1; they took 1.00 times as long as planned" in page.text


def test_the_start_is_moved_and_a_step_of_ones_own_added(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    carol.submit(carol.get(f"{here}/plan"), {"start": "2027-01-04"}, form="form[action$='/plan/start']")
    carol.submit(carol.get(f"{here}/plan/steps/new"), {"title": HOSTILE, "days": "3", "stage": "pilot"})
    page = carol.get(f"{here}/plan")
    assert "4 Jan 2027" in page.text
    assert HOSTILE.encode() not in page.content


def test_a_risk_gets_owner_prevention_and_budget(here: str, visitor_as: VisitorAs) -> None:  # M117
    carol = visitor_as("consultant")
    form = carol.get(f"{here}/risks/1")
    carol.submit(form, {"prevention": HOSTILE, "budget_minor": "1,500.00", "state": "watched"})
    page = carol.get(f"{here}/risks")
    assert "€1,500" in page.text
    assert HOSTILE.encode() not in page.content
    assert "Owner of the system in the joint team: missing" in page.text  # M99


def test_the_register_is_brought_up_to_date_by_a_button(here: str, visitor_as: VisitorAs) -> None:
    carol = visitor_as("consultant")
    part = {"part": "owner", "side": "client", "name": "Henry", "duty": "Decides on changes"}
    team = carol.follow(carol.submit(carol.get(f"{here}/team"), part))
    assert "Owner of the system" not in team.answer
    page = carol.get(f"{here}/risks")
    done = carol.follow(carol.submit(page, form="form[action$='/take-over']"))
    assert "One risk was brought up to date." in done.text
    assert "nothing speaks for it since" in done.text


def test_the_lead_signs_the_mandate_and_a_new_line_makes_it_void(here: str, visitor_as: VisitorAs) -> None:  # M131
    carol, alice = visitor_as("consultant"), visitor_as("lead")
    line = {"what": "List of customers", "supplier": "IT", "due": "2030-01-31"}
    form = "form[action$='/specification/mandate']"
    carol.submit(carol.get(f"{here}/mandate"), line, form=form)
    assert "Sign the mandate" not in carol.get(f"{here}/mandate").text
    signed = alice.follow(alice.submit(alice.get(f"{here}/mandate"), form="form[action$='/mandate/sign']"))
    assert signed.answer == "The mandate is signed, and nothing is overdue."
    void = carol.follow(carol.submit(carol.get(f"{here}/mandate"), line, form=form))
    assert void.answer == "The mandate is not signed as it stands."


def test_a_delay_may_have_the_reason_no_mandate(here: str, visitor_as: VisitorAs) -> None:  # M131
    carol = visitor_as("consultant")
    line = {"what": "Price list", "supplier": "Purchasing", "due": "2026-01-31"}
    carol.submit(carol.get(f"{here}/mandate"), line, form="form[action$='/specification/mandate']")
    page = carol.follow(carol.submit(carol.get(f"{here}/mandate/1"), {"has_mandate": "no_mandate"}))
    assert "One thing is late because nobody was told to supply it." in page.text


def test_third_parties_and_backup_are_kept_and_taken_back(here: str, visitor_as: VisitorAs) -> None:  # M136 M56
    carol = visitor_as("consultant")
    carol.submit(carol.get(f"{here}/safety"), {"name": "Newsletter GmbH", "holds": "Addresses"})
    assert "no valid contract" in carol.get(f"{here}/safety").text
    carol.submit(carol.get(f"{here}/safety/backup"), {"interval_hours": "24", "restored_on": "2026-01-05"})
    page = carol.get(f"{here}/safety")
    assert page.answer == "A restore was last tried on 5 Jan 2026."
    gone = carol.follow(carol.submit(page, form="form[action$='/parties/1/remove']"))
    assert "Newsletter GmbH" not in gone.text


def test_the_report_tells_of_plan_risks_and_team(here: str, rollout_id: int, visitor_as: VisitorAs) -> None:  # M15
    text = visitor_as("lead").get(f"/rollouts/{rollout_id}/report").text
    assert "Nobody owns the system" in text
    assert "It will likely end between" in text


def test_queries_do_not_grow_with_steps_and_risks(
    app: Flask, here: str, rollout_id: int, visitor_as: VisitorAs
) -> None:
    carol = visitor_as("consultant")
    few = [count_queries(app, carol, f"{here}/{path}") for path in ("plan", "risks")]
    said = register.RiskSaid("Another risk", "", "", 2, 2, None, None, "open")
    with app.app_context():
        by, now = builders.a_user(), utc_now()
        for number in range(6):
            register.add_risk(rollout_id, said, by=by, now=now)
            steps.add_step(rollout_id, steps.StepSaid(f"S{number}", 2, (), None, None, 0), "pilot", by=by, now=now)
        db.session.commit()
    assert [count_queries(app, carol, f"{here}/{path}") for path in ("plan", "risks")] == few
