"""Who answers for which source, and what the old system itself counted, held against files and CRM."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.errors import RuleBroken
from implement.stages.transfer.registered import measure_differing, measure_unexplained
from implement.stages.transfer.service import inventory, totals
from implement.stages.transfer.service.inventory import SourceTerms
from implement.stages.transfer.service.runs import find_newest_run
from implement.stages.transfer.tables import ControlTotal
from implement.stages.transfer.totals_page import say_difference
from tests.rooms.transfer_case import DEALS_BEFORE, Case, a_case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]
TODAY = date(2024, 3, 14)
COUNT = totals.TotalTerms("deals", "", "", 120, "", None, "", "Alice", TODAY, "Screen: all deals")
SUMMED = {"sum_column": "amount", "amount_minor": 2_360_000, "currency": "EUR"}
WON_SUM = replace(COUNT, column_name="stage", equals="Won", row_count=None, **SUMMED)


def add(case: Case, terms: totals.TotalTerms) -> ControlTotal:
    return totals.add_total(case.rollout_id, terms, store=case.store, by=case.carol, now=utc_now())


def test_a_source_that_is_due_and_not_there_is_overdue_with_its_reason(session: Database) -> None:  # M131
    case = a_case()
    terms = SourceTerms("contacts.csv", "Bob", due=date(2024, 3, 13), delay="no_mandate")
    inventory.add_source(case.rollout_id, terms, by=case.carol, now=utc_now())
    late = inventory.list_overdue(case.rollout_id, today=TODAY)
    assert [(one.name, one.terms.owner_name, one.terms.delay) for one in late if one.terms] == [
        ("contacts.csv", "Bob", "no_mandate")
    ]


def test_a_source_is_handed_in_once_a_file_of_its_name_is_there(session: Database) -> None:
    case = a_case()
    terms = SourceTerms("Deals.csv", "Bob", due=date(2024, 3, 13))
    inventory.add_source(case.rollout_id, terms, by=case.carol, now=utc_now())
    case.hand_in("source", "deals.csv", DEALS_BEFORE)
    (line,) = inventory.list_sources(case.rollout_id, today=TODAY)
    assert (line.state, line.rows) == ("handed_in", 120)


def test_a_file_nobody_answers_for_stands_in_the_inventory_too(session: Database) -> None:
    case = a_case()
    case.hand_in("source", "deals.csv", DEALS_BEFORE)
    assert [(one.id, one.name) for one in inventory.list_sources(case.rollout_id, today=TODAY)] == [(None, "deals.csv")]


def test_a_source_is_listed_once(session: Database) -> None:
    case = a_case()
    inventory.add_source(case.rollout_id, SourceTerms("deals.csv", "Bob"), by=case.carol, now=utc_now())
    with pytest.raises(RuleBroken, match="listed already"):
        inventory.add_source(case.rollout_id, SourceTerms("DEALS.csv", "Al"), by=case.carol, now=utc_now())


def test_a_count_of_the_old_system_shows_what_did_not_arrive(session: Database) -> None:  # M29
    case = a_mapped_case()
    case.run()
    add(case, COUNT)
    (line,) = totals.list_totals(case.rollout_id)
    assert line.held is not None
    assert (line.held.in_files, line.held.in_crm, say_difference(line)) == (120, 80, "CRM: 40 too few")


def test_a_sum_under_a_condition_is_held_in_minor_units(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    add(case, WON_SUM)
    (line,) = totals.list_totals(case.rollout_id)
    assert line.held is not None
    assert (line.held.in_files, line.held.in_crm) == (2_360_000, 2_360_000 + 5 * 700_000)


def test_a_difference_blocks_until_it_is_accepted_by_name(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    before = measure_unexplained(case.rollout_id, None, TODAY)
    total = add(case, COUNT)
    blocked = measure_unexplained(case.rollout_id, None, TODAY)
    totals.accept_difference(total, "Lena", "Open deals stay in the old system", by=case.carol, now=utc_now())
    settled = measure_differing(case.rollout_id, None, TODAY)
    assert before and blocked and settled
    assert (blocked.value - before.value, settled.value, settled.n) == (1, 0, 1)


def test_an_acceptance_holds_in_later_runs_while_the_figures_stay(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    totals.accept_difference(add(case, COUNT), "Lena", "Known", by=case.carol, now=utc_now())
    run = case.run()
    totals.hold_all_totals(run, store=case.store)
    (line,) = totals.list_totals(case.rollout_id)
    assert line.held and find_newest_run(case.rollout_id) == run
    assert (line.held.run_id, line.held.accepted_by, line.is_open) == (run.id, "Lena", False)


def test_a_figure_that_was_taken_back_no_longer_blocks(session: Database) -> None:
    case = a_mapped_case()
    case.run()
    totals.withdraw_total(add(case, COUNT), "Read from the wrong screen", by=case.carol, now=utc_now())
    assert measure_differing(case.rollout_id, None, TODAY) is None
    assert totals.list_totals(case.rollout_id) == []


def test_a_figure_of_an_unknown_table_or_column_is_refused(session: Database) -> None:
    case = a_mapped_case()
    with pytest.raises(RuleBroken, match="no table"):
        add(case, replace(COUNT, table_name="orders"))
    with pytest.raises(RuleBroken, match="no column"):
        add(case, replace(WON_SUM, sum_column="turnover"))
