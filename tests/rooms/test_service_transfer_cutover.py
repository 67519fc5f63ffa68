"""The cutover: prepared from the checklist, done by somebody, decided by name on figures that are then frozen."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.errors import NotFound, RuleBroken
from implement.stages.transfer.cutover_page import CutoverPage
from implement.stages.transfer.service import cutover
from implement.stages.transfer.service.cutover import DecisionTerms, StepTerms
from tests.rooms.transfer_case import DEALS_WHOLE, Case, a_case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
GO = DecisionTerms("go", "Lena", "project lead", "All agreed")


def decide(case: Case, terms: DecisionTerms) -> None:
    cutover.decide(case.rollout_id, terms, by=case.carol, now=utc_now())


def prepare(case: Case) -> list[str]:
    cutover.prepare_cutover(case.rollout_id, by=case.carol, now=utc_now())
    return [step.key for step in cutover.list_steps(case.rollout_id)]


def test_the_steps_are_prepared_once_the_way_back_last(session: Database) -> None:
    case = a_case()
    first, second = prepare(case), prepare(case)
    assert first == second
    assert (first[0], first[-1]) == ("cutover.announce", "cutover.back.open")


def test_a_step_is_done_by_somebody_at_a_time_and_can_be_taken_back(session: Database) -> None:
    case, now = a_case(), utc_now()
    prepare(case)
    step = cutover.list_steps(case.rollout_id)[0]
    cutover.mark_done(step, by=case.carol, now=now)
    cutover.mark_done(step, by=case.carol, now=now + timedelta(hours=1))
    assert (step.done_at, step.done_by) == (now, case.carol.name)
    cutover.mark_undone(step, by=case.carol, now=now)
    assert step.done_at is None


def test_a_step_whose_time_is_past_is_late(session: Database) -> None:
    case, now = a_case(), utc_now()
    terms = StepTerms("Call the host", "Bob", now - timedelta(minutes=1), False)
    cutover.add_step(case.rollout_id, terms, by=case.carol, now=now)
    page = CutoverPage.open(case.rollout_id, now, store=case.store)
    assert ([line.state for line in page.steps], page.lead) == (["late"], "Next: Call the host (Bob)")


def test_a_decision_keeps_the_figures_as_they_stood(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    decide(case, GO)
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    case.run()
    kept = cutover.list_decisions(case.rollout_id)[0]
    assert (kept.run_number, kept.source_rows, kept.arrived, kept.unexplained > 0) == (1, 150, 110, True)


def test_nobody_can_go_before_anything_was_compared(session: Database) -> None:
    with pytest.raises(RuleBroken, match="nothing to go by"):
        decide(a_case(), GO)


def test_the_newest_decision_stands_and_the_earlier_stays_on_record(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    decide(case, GO)
    decide(case, DecisionTerms("no_go", "Lena", "project lead", "The host is down"))
    page = CutoverPage.open(case.rollout_id, utc_now(), store=case.store)
    assert [one.kind for one in page.decisions] == ["no_go", "go"]
    assert page.answer.startswith("No-go: decided by Lena")


def test_a_step_of_another_rollout_is_not_found(session: Database) -> None:
    case = a_case()
    prepare(case)
    with pytest.raises(NotFound):
        cutover.get_step(a_case().rollout_id, cutover.list_steps(case.rollout_id)[0].id)
