"""Workflows are told step by step, keep their order, and are a risk as long as they are unclear (M6, M52, M95)."""

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.rollout.service.errors import EditedMeanwhile, NotFound
from implement.stages.audit.service import findings, workflow_findings, workflows
from implement.stages.audit.service.workflows import StepText, WorkflowText
from implement.stages.audit.tables import Workflow
from tests.rooms.audit_case import NOW, Case, an_audit

Database = scoped_session[Session]
TEXT = WorkflowText("From request to order", runs_per_month=120, hour_cost_minor=4200)
STEPS = (StepText("Take the request", "Office", "Mailbox", 5), StepText("Price it", "Sales", "", 35, 240, True),
         StepText("Write the offer", "Sales", "Word", 20))  # fmt: skip


@pytest.fixture
def case(session: Database) -> Case:
    return an_audit()


def tell(case: Case, *steps: StepText) -> Workflow:
    row = workflows.add_workflow(case.audit, TEXT, by=case.carol, now=NOW)
    for step in steps:
        workflows.add_step(case.audit, case.pack, row, step, by=case.carol, now=NOW)
    return row


def titles(row: Workflow) -> list[str]:
    return [step.title for step in workflows.read_workflow(row).steps]


def move(case: Case, row: Workflow, title: str, *, is_up: bool) -> None:
    step = next(one for one in workflows.read_workflow(row).steps if one.title == title)
    workflows.move_step(case.audit, row, step, is_up=is_up, by=case.carol, now=NOW)


def test_steps_change_places_and_the_first_stays_first(case: Case) -> None:  # M6
    row = tell(case, *STEPS)
    move(case, row, "Write the offer", is_up=True)
    assert titles(row) == ["Take the request", "Write the offer", "Price it"]
    move(case, row, "Take the request", is_up=True)
    move(case, row, "Price it", is_up=False)
    assert titles(row) == ["Take the request", "Write the offer", "Price it"]


def test_a_step_taken_away_comes_back_to_its_place(case: Case) -> None:
    row = tell(case, *STEPS)
    step = workflows.read_workflow(row).steps[1]
    told = {"by": case.carol, "now": NOW}
    workflows.remove_step(case.audit, case.pack, row, step, is_back=False, **told)
    assert titles(row) == ["Take the request", "Write the offer"]
    workflows.remove_step(case.audit, case.pack, row, step, is_back=True, **told)
    assert titles(row)[1] == "Price it"


def test_an_unclear_workflow_is_a_risk_with_its_money_until_it_is_clear(case: Case) -> None:  # M95
    row = tell(case, *STEPS)
    workflows.mark_unclear(case.audit, case.pack, row, "Each prices differently", by=case.carol, now=NOW)
    (risk,) = findings.list_own_findings(case.audit.id)
    assert (risk.kind, risk.cause, risk.source) == ("risk", "Each prices differently", f"workflow:{row.id}")
    assert risk.amount_minor_per_year == 35 * 120 * 12 * 70
    workflows.mark_unclear(case.audit, case.pack, row, "", by=case.carol, now=NOW)
    assert findings.list_own_findings(case.audit.id) == []


def test_the_risk_follows_the_steps(case: Case) -> None:
    row = tell(case, *STEPS)
    workflows.mark_unclear(case.audit, case.pack, row, "Each prices differently", by=case.carol, now=NOW)
    workflows.add_step(case.audit, case.pack, row, StepText("Ask around", "Sales", "", 10, None, True), by=case.carol,
                       now=NOW)  # fmt: skip
    (risk,) = findings.list_own_findings(case.audit.id)
    assert risk.amount_minor_per_year == 45 * 120 * 12 * 70


def test_what_a_workflow_costs_becomes_one_finding(case: Case) -> None:
    row = tell(case, *STEPS)
    sums = workflows.read_workflow(row).sums
    first = workflow_findings.note_cost(case.audit, case.pack, row, sums, by=case.carol, now=NOW)
    again = workflow_findings.note_cost(case.audit, case.pack, row, sums, by=case.carol, now=NOW)
    assert (first.id, again.amount_minor_per_year) == (again.id, 60 * 120 * 12 * 70)


def test_todays_workflow_is_copied_once_as_it_should_run(case: Case) -> None:  # M52
    row = tell(case, *STEPS)
    copy = workflows.copy_as_wanted(case.audit, row, by=case.carol, now=NOW)
    assert workflows.copy_as_wanted(case.audit, row, by=case.carol, now=NOW).id == copy.id
    assert (copy.is_wanted, titles(copy)) == (True, titles(row))


def test_two_who_change_a_workflow_do_not_overwrite_each_other(case: Case) -> None:
    row = tell(case)
    with pytest.raises(EditedMeanwhile):
        workflows.change_workflow(case.audit, case.pack, row, TEXT, version=99, by=case.carol, now=NOW)


def test_a_workflow_of_another_audit_is_not_found(case: Case) -> None:
    row = tell(an_audit(), *STEPS)
    with pytest.raises(NotFound):
        workflows.get_workflow(case.audit, row.id)
