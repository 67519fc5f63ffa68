"""What happened to the transferred records since the cutover, from a later export of the CRM."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session, scoped_session

from implement.db import utc_now
from implement.rollout.service.errors import NotFound
from implement.rollout.service.log import find_broken_row
from implement.rollout.service.owners import OwnerNames
from implement.stages.transfer.drift_page import DriftPage
from implement.stages.transfer.registered import measure_drift
from implement.stages.transfer.service import drift
from tests.rooms.drifted import CONTACTS, NAMED, a_compared_case, compare_later, later_deals
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
Database = scoped_session[Session]


def test_the_first_sentence_says_what_was_lost_and_names_only_whom_it_may(session: Database) -> None:  # M135
    case = a_compared_case()
    row = compare_later(case, deals_csv=later_deals(), contacts_csv=CONTACTS)
    page = replace(DriftPage.open(row, store=case.store), people=NAMED)
    assert page.answer.startswith("Of 110 transferred records, since ")
    assert page.answer.endswith("5 emptied, 3 deleted.")
    assert page.lead == "3 of 5 losses whose author is known: Bob."
    hidden = replace(page, people=OwnerNames({}))
    assert hidden.lead == "3 of 5 losses whose author is known were made by one person."
    assert (len(page.authors), hidden.authors, hidden.owners) == (3, [], [])


def test_the_same_export_twice_is_there_once_is_logged_and_measured(session: Database) -> None:
    case = a_compared_case()
    first, second = (compare_later(case, deals_csv=later_deals()) for _ in range(2))
    assert (first.id, first.number, drift.list_losses(case.rollout_id)[0][2]) == (second.id, 1, 8)
    assert first.missing_tables == ["contacts"] and find_broken_row() is None
    measured = measure_drift(case.rollout_id, None, utc_now().date())
    assert measured is not None and measured.value == 8
    with pytest.raises(NotFound):
        drift.get_drift(a_compared_case().rollout_id, 1)
