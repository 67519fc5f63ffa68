"""Drift row by row: the listing, the record then and now, the file; what is no loss and what cannot be read."""

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.stages.transfer.drift_page import DriftPage
from implement.stages.transfer.drift_words import CHANGE_LABELS
from implement.stages.transfer.service import cutover, drift
from implement.stages.transfer.service.drift_rows import make_listing, page_rows, read_record, write_rows
from tests.rooms.drifted import NAMED, a_compared_case, compare_later, later_deals
from tests.rooms.transfer_case import DEALS_AFTER
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]


def test_each_row_leads_to_the_record_then_and_now_and_people_are_shown_where_allowed(session: Database) -> None:
    case = a_compared_case()
    row = compare_later(case, deals_csv=later_deals())
    listing = make_listing(DriftPage.open(row, store=case.store).counts, CHANGE_LABELS, shows_people=True)
    asked = {"change": "emptied", "find": "d0010"}
    (found,) = page_rows(row, listing, asked, store=case.store, names=NAMED.names).rows
    record = read_record(row, found["place"], store=case.store, names={})
    assert record.then is not None and record.now is not None
    assert (record.then["amount"], record.now["amount"], record.finding["changed_by"]) == ("105", None, "")
    assert "changed_by" not in {other for _one, other in record.pairs}
    told, hidden = ("".join(write_rows(row, store=case.store, names=n)) for n in (NAMED.names, {}))
    assert ",emptied,amount,105,," in told and "Bob,2026-03-19" in told and "Bob" not in hidden


def test_a_record_born_in_the_crm_is_no_loss_when_it_goes(session: Database) -> None:
    case = a_compared_case(DEALS_AFTER + b"D9001,C003,Won,77123,2024-05-11,Zed\n")
    page = DriftPage.open(compare_later(case, deals_csv=later_deals()), store=case.store)
    assert (page.count("deleted"), page.transferred) == (3, 80)


def test_a_file_without_a_table_is_told_and_nothing_is_said_of_the_records(session: Database) -> None:
    case = a_compared_case()
    page = DriftPage.open(compare_later(case, nothing_csv=b""), store=case.store)
    assert (page.answer, page.totals) == ("No table was found in the later export.", [])
    assert [one.file for one in page.remarks.faults] == ["nothing.csv"]


def test_the_run_that_the_cutover_was_decided_on_is_compared_with(session: Database) -> None:
    case, go = a_compared_case(), cutover.DecisionTerms("go", "Lena", "lead", "agreed")
    cutover.decide(case.rollout_id, go, by=case.carol, now=utc_now())
    case.run()
    assert drift.choose_run(case.rollout_id) == 1
