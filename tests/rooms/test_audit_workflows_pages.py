"""The pages of workflows: what readers see, what is refused, and how much the database is asked."""

from collections.abc import Iterator

import pytest
from flask import Flask

from implement.db import db
from implement.stages.audit.service import workflows
from implement.stages.audit.service.workflows import StepText, WorkflowText
from implement.stages.audit.tables import Workflow
from tests.fixtures.members import VisitorAs
from tests.rooms.audit_case import NOW, Case, an_audit
from tests.rooms.test_audit_pages import count_queries


@pytest.fixture
def case(app: Flask, rollout_id: int) -> Iterator[Case]:
    with app.app_context():
        begun = an_audit(rollout_id)
        db.session.commit()
        yield begun


def tell(case: Case, name: str, steps: int) -> Workflow:
    row = workflows.add_workflow(case.audit, WorkflowText(name, False, 100, 6000), by=case.carol, now=NOW)
    for n in range(steps):
        text = StepText(f"Step {n}", f"Role {n % 2}", "Mail", 30)
        workflows.add_step(case.audit, case.pack, row, text, by=case.carol, now=NOW)
    db.session.commit()
    return row


def test_readers_see_what_a_workflow_takes(case: Case, visitor_as: VisitorAs) -> None:  # M6
    row = tell(case, "From request to order", 4)
    page = visitor_as("council").get(f"/rollouts/{case.rollout_id}/audit/workflows/{row.id}")
    assert page.answer == "From request to order: 4 steps, 2 hrs of work, 3 hand-overs."
    assert "200 hours of work a month, €144,000 a year." in page.text
    assert not page.all("main form")


def test_a_step_without_a_person_is_not_kept(case: Case, visitor_as: VisitorAs) -> None:
    row, carol = tell(case, "From request to order", 1), visitor_as("consultant")
    here = f"/rollouts/{case.rollout_id}/audit/workflows/{row.id}"
    page, form = carol.get(here), f"form[action='{here}/steps']"
    assert carol.submit(page, {"title": "Price it"}, form=form, status=422).all("#who-error")
    kept = carol.submit(page, {"title": "Price it", "who": "Sales", "idempotency_key": "again"}, form=form)
    assert carol.follow(kept).rows()[1][:3] == ["2", "Price it", "Sales"]


def test_ten_workflows_ask_the_database_as_often_as_one(app: Flask, case: Case, visitor_as: VisitorAs) -> None:
    carol, here = visitor_as("consultant"), f"/rollouts/{case.rollout_id}/audit/workflows"
    tell(case, "One", 2)
    few = count_queries(app, carol, here)
    for n in range(9):
        tell(case, f"Another {n}", 5)
    assert count_queries(app, carol, here) == few
