"""Files are kept once, runs are frozen and have one effect, what is waived holds while nothing beyond it is found."""

import io
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, scoped_session

from implement.db import db, utc_now, writing
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import find_broken_row
from implement.stages.transfer.registered import measure_unexplained
from implement.stages.transfer.service import cases, files, mappings, runs
from implement.stages.transfer.service.results import Results, gather_results
from implement.stages.transfer.service.sides import list_tables_at_hand
from implement.stages.transfer.summary import summarise
from implement.stages.transfer.tables import Discrepancy, TransferFile, TransferTable
from tests import builders
from tests.rooms.computed_once import forget
from tests.rooms.transfer_case import CONTACTS, DEALS_AFTER, DEALS_BEFORE, DEALS_WHOLE, Case, a_case, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]


def test_the_same_file_twice_is_there_once(session: Database) -> None:
    case = a_case()
    first, second = (case.hand_in("source", name, CONTACTS) for name in ("contacts.csv", "again.csv"))
    assert (first.id, session.scalar(select(func.count(TransferTable.id)))) == (second.id, 1)


def test_the_same_file_may_stand_on_both_sides(session: Database) -> None:
    case = a_case()
    one, other = (case.hand_in(side, "contacts.csv", CONTACTS) for side in ("source", "target"))
    assert one.id != other.id
    assert [table.side for table in list_tables_at_hand(case.rollout_id)] == ["source", "target"]


def test_a_newer_file_takes_the_place_of_its_namesake(session: Database) -> None:
    case = a_case()
    older, newer = (case.hand_in("target", "deals.csv", content) for content in (DEALS_AFTER, DEALS_WHOLE))
    assert (older.is_in_use, newer.is_in_use) == (False, True)
    files.use_again(older, by=case.carol, now=utc_now())
    assert [table.row_count for table in list_tables_at_hand(case.rollout_id)] == [80]


def test_tables_of_one_name_are_told_apart(session: Database) -> None:
    case = a_case()
    case.hand_in("source", "deals.csv", DEALS_BEFORE)
    case.hand_in("source", "deals.tsv", DEALS_AFTER.replace(b",", b"\t"))
    assert [table.name for table in list_tables_at_hand(case.rollout_id)] == ["deals", "deals_2"]


def test_a_file_handed_in_twice_at_once_is_there_once(app: Flask, session: Database) -> None:
    case = a_case()
    session.commit()
    together = threading.Barrier(2)

    def hand_in() -> None:
        with app.app_context(), writing():
            together.wait()
            stream, given = io.BytesIO(CONTACTS), {"store": case.store, "by": case.carol, "now": utc_now()}
            files.add_upload(case.rollout_id, "source", "contacts.csv", stream, **given)
            db.session.commit()

    hands = [threading.Thread(target=hand_in) for _ in range(2)]
    [hand.start() for hand in hands]
    [hand.join() for hand in hands]
    assert session.scalar(select(func.count(TransferFile.id))) == 1


def test_a_file_of_another_rollout_is_not_found(session: Database) -> None:
    file = a_case().hand_in("source", "contacts.csv", CONTACTS)
    with pytest.raises(NotFound):
        files.get_file(builders.a_rollout().id, file.id)


def test_open_deals_that_did_not_arrive_are_one_discrepancy(session: Database) -> None:  # M29
    results = run_and_gather(a_mapped_case())
    (dropped,) = (one for one in results.discrepancies if one.fate == "dropped")
    assert (dropped.table_name, dropped.findings, dropped.code) == ("deals", 40, "open_records")
    assert (dropped.share_inside, dropped.share_outside) == (1.0, 0.0)
    said = summarise(results)
    assert said.answer == "40 of 120 deals did not arrive."
    assert said.lead.startswith("All of them are open deals. Open money behind them: €24,400.")


def test_totals_and_money_are_kept_in_sql(session: Database) -> None:
    results = run_and_gather(a_mapped_case())
    deals = next(one for one in results.totals if one.table_name == "deals")
    assert (deals.source_rows, deals.target_rows, deals.arrived, deals.changed) == (120, 80, 80, 5)
    risk = next(one for one in results.risks if one.kind == "open")
    assert (risk.records, risk.amount_minor, risk.without_value) == (40, 2_440_000, 0)
    assert sum(one.amount_minor for one in results.risks if one.column_name == "owner") == 2_440_000


def test_every_finding_belongs_to_one_discrepancy(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    assert run.findings == session.scalar(select(func.sum(Discrepancy.findings)))
    assert run.harmful == 45


def test_a_run_keeps_what_it_compared(session: Database) -> None:
    case = a_mapped_case()
    first = case.run()
    case.hand_in("target", "deals.csv", DEALS_WHOLE)
    second = case.run()
    counted = [sum(table.row_count for table in runs.list_run_tables(run.id)) for run in (first, second)]
    assert counted == [120 + 80 + 60, 120 + 120 + 60]
    assert (first.harmful, second.harmful) == (45, 5)


def test_the_same_inputs_give_the_same_findings(session: Database) -> None:
    case = a_mapped_case()
    first = case.run().findings_sha256
    forget()
    assert case.run().findings_sha256 == first


def test_results_are_written_once(session: Database) -> None:
    case = a_mapped_case()
    run = case.run()
    work = runs.gather_work(run, store=case.store)
    outcome = runs.compute_run(work, store=case.store, workshop=runs.Workshop())
    runs.record_run(run, work, outcome, store=case.store, by=case.carol, now=utc_now())
    assert session.scalar(select(func.count(Discrepancy.id))) == len(outcome.kept.groups)


def test_a_run_needs_both_sides_and_a_mapping(session: Database) -> None:
    case = a_case()
    case.hand_in("source", "deals.csv", DEALS_BEFORE)
    with pytest.raises(RuleBroken, match="Both sides"):
        case.run()
    case.hand_in("target", "deals.csv", DEALS_AFTER)
    with pytest.raises(RuleBroken, match="A mapping is needed"):
        case.run()


def test_a_mapping_of_columns_that_are_gone_is_refused_by_name(session: Database) -> None:
    case = a_mapped_case()
    case.hand_in("target", "deals.csv", DEALS_AFTER.replace(b"owner", b"salesman"))
    with pytest.raises(RuleBroken, match=r"deals\.owner"):
        case.run()


def test_a_second_editor_of_the_same_table_sees_both_texts(session: Database) -> None:
    case = a_mapped_case()
    mapping = mappings.load_mapping(mappings.get_version(case.rollout_id, 1), store=case.store)
    table = mapping.table("deals")
    assert table is not None
    given = {"store": case.store, "by": case.carol, "now": utc_now()}
    mappings.save_table(case.rollout_id, 1, replace_note(table, "mine"), **given)
    with pytest.raises(EditedMeanwhile) as met:
        mappings.save_table(case.rollout_id, 1, replace_note(table, "theirs"), **given)
    assert ("mine" in met.value.theirs, "theirs" in met.value.mine) == (True, True)


def test_editors_of_two_tables_do_not_meet(session: Database) -> None:
    case = a_mapped_case()
    mapping = mappings.load_mapping(mappings.get_version(case.rollout_id, 1), store=case.store)
    given = {"store": case.store, "by": case.carol, "now": utc_now()}
    for table in mapping.tables:
        mappings.save_table(case.rollout_id, 1, replace_note(table, "read"), **given)
    newest = mappings.load_mapping(mappings.get_version(case.rollout_id, 3), store=case.store)
    assert [table.note for table in newest.tables] == ["read", "read"]


def test_unexplained_losses_are_unknown_before_the_first_run(session: Database) -> None:
    assert measure_unexplained(a_mapped_case().rollout_id, None, utc_now().date()) is None


def test_what_is_waived_is_no_longer_unexplained(session: Database) -> None:
    case = a_mapped_case()
    results = run_and_gather(case)
    waive(case, results, "dropped")
    measured = measure_unexplained(case.rollout_id, None, utc_now().date())
    assert measured is not None
    assert (measured.value, measured.n) == (5, 150)


def test_what_was_waived_holds_while_nothing_beyond_it_is_found(session: Database) -> None:
    case = a_mapped_case()
    waive(case, run_and_gather(case), "dropped")
    assert run_and_gather(case).unexplained == 5
    case.hand_in("target", "deals.csv", DEALS_AFTER + DEALS_BEFORE.splitlines()[3] + b"\n")
    assert run_and_gather(case).unexplained == 5


def test_a_further_loss_of_another_kind_leaves_the_decision_standing(session: Database) -> None:
    case = a_mapped_case()
    waive(case, run_and_gather(case), "dropped")
    case.hand_in("target", "deals.csv", DEALS_AFTER.replace(DEALS_AFTER.splitlines()[1] + b"\n", b""))
    assert run_and_gather(case).unexplained == 1 + 5


def test_decisions_of_another_rollout_explain_nothing_here(session: Database) -> None:
    one, other = a_mapped_case(), a_mapped_case()
    waive(one, run_and_gather(one), "dropped")
    assert run_and_gather(other).unexplained == 45


def test_every_write_is_logged_in_an_unbroken_chain(session: Database) -> None:
    case = a_mapped_case()
    waive(case, run_and_gather(case), "dropped")
    session.commit()
    assert find_broken_row() is None


def run_and_gather(case: Case) -> Results:
    return gather_results(case.run())


def replace_note(table: mappings.TableMapping, note: str) -> mappings.TableMapping:
    return mappings.replace(table, note=note)


def waive(case: Case, results: Results, fate: str) -> None:
    for one in (one for one in results.discrepancies if one.fate == fate):
        found = results.find_case(one)
        assert found is not None
        said = {"name": "Alice Lead", "reason": "They live on in the old system until May."}
        cases.settle(found, "waived", **said, by=case.carol, now=utc_now())
