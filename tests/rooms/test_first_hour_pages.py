"""The first hour for HR: a sheet handed in, columns confirmed, a run and statements that can never be paid."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from implement.db import db, utc_now
from implement.rollout.service.files import delete_doomed_files
from implement.rollout.tables import DoomedFile
from implement.store import FileGone
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor

HOSTILE = "<script>alert(1)</script>"
SHEET = f"""Mitarbeiter;Ziel;Ist;Variabler Betrag;Gezahlt
Anna Weiß;10;8;1000;100
{HOSTILE};4;5;250,50;0
Anna Weiß;10;12;50;0
"""


def hand_in(hanna: Visitor, rollout_id: int, sheet: str = SHEET, *, status: int = 200) -> Page:
    page = hanna.get(f"/rollouts/{rollout_id}/incentives/first-hour")
    file = (io.BytesIO(sheet.encode()), "ziele.csv")
    return hanna.submit(page, {"file": file}, form="form.form", status=status)


def test_a_sheet_becomes_a_run_and_a_statement_in_three_steps(rollout_id: int, visitor_as: VisitorAs) -> None:
    hanna = visitor_as("hr")
    page = hanna.follow(hanna.submit(hand_in(hanna, rollout_id), form="form.form"))
    assert page.answer == "Simulation, not payable: €1,100.50 for 2 people."
    assert "1 were paid without the target met, and 2 met it without pay." in page.text
    statement = hanna.get(next(link for link in page.links("tbody th a")))
    assert statement.answer == f"{HOSTILE}: €250.50"
    assert "€250.50 × 100% = €250.50 (5 of 4 is 125.00%; the cap is 100%)" in statement.text
    assert "Simulation, not payable" in statement.text
    links = page.links("main a[href]")
    assert hanna.get(next(link for link in links if link.endswith(".pdf"))).content.startswith(b"%PDF")
    sheet = hanna.get(next(link for link in links if link.endswith("/csv"))).content.decode("utf-8-sig")
    assert [line.split(";")[0] for line in sheet.splitlines()[1:]] == ["SIMULATION, NOT PAYABLE"] * 3


def test_faults_are_named_by_row_and_nothing_is_saved(rollout_id: int, visitor_as: VisitorAs) -> None:
    hanna = visitor_as("hr")
    page = hand_in(hanna, rollout_id, SHEET + "Bob;10;;7;0\nCid;0;1;x;0\n", status=422)
    assert page.answer == "3 faults stand against a simulation."
    assert page.rows()[0] == ["4", "Actual", "The actual is missing; what is missing is never taken for 0."]
    assert "Earlier simulations" not in hanna.get(f"/rollouts/{rollout_id}/incentives/first-hour").text
    hanna.get(f"/rollouts/{rollout_id}/incentives/first-hour/1", status=404)


def test_a_simulation_is_deleted_with_one_button(rollout_id: int, visitor_as: VisitorAs) -> None:  # R10
    hanna = visitor_as("hr")
    page = hanna.follow(hanna.submit(hand_in(hanna, rollout_id), form="form.form"))
    after = hanna.follow(hanna.submit(page, form="form[action$='/delete']"))
    assert "The simulation and its sheet are deleted." in after.text
    assert "Earlier simulations" not in after.text
    hanna.get(f"/rollouts/{rollout_id}/incentives/first-hour/1", status=410)


def test_a_sheet_that_is_never_priced_goes_within_the_hour(rollout_id: int, visitor_as: VisitorAs) -> None:  # R10
    hanna = visitor_as("hr")
    page = hand_in(hanna, rollout_id)
    with hanna.client.application.app_context():
        (doomed,) = db.session.scalars(select(DoomedFile.sha256))
        store = hanna.client.application.extensions["implement_store"]
        assert delete_doomed_files(store, now=utc_now() + timedelta(hours=2)) == 1
        with pytest.raises(FileGone):
            store.path(doomed)
    assert "hand it in again" in hanna.follow(hanna.submit(page, form="form.form")).text
