"""Columns that the old system keeps apart and the CRM together, as the mapping's pages show and keep them. M29"""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.stages.transfer.tables import TransferRun
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
FIRST = ("Ada", "Bodo", "Cem", "Dana", "Emil", "Fanny", "Gero")
LAST = ("Abel", "Berg", "Conte", "Dorn", "Ebert", "Falk", "Gross", "Heller", "Ilic", "Jansen", "Kern")


@pytest.fixture
def room(app: Flask) -> str:
    """Forty contacts whose names were put together; the mapping is proposed."""
    names = [(FIRST[n % 7], LAST[n % 11]) for n in range(40)]
    apart = [f"C{n:03},{first},{last},p{n}@example.com" for n, (first, last) in enumerate(names)]
    together = [f"C{n:03},{first} {last},p{n}@example.com" for n, (first, last) in enumerate(names)]
    with app.test_request_context():
        case = a_case()
        case.hand_in("source", "contacts.csv", "\n".join(["contact_id,first_name,last_name,mail", *apart, ""]).encode())
        case.hand_in("target", "contacts.csv", "\n".join(["contact_id,full_name,mail", *together, ""]).encode())
        case.propose()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_the_page_says_what_is_compared_together(visitor_as: VisitorAs, room: str) -> None:
    page = visitor_as("consultant", rollout_id=1).get(f"{room}/mapping/1/tables/1")
    assert "Compared together: first_name + last_name with full_name." in page.text


def test_the_list_of_tables_counts_them_as_compared(visitor_as: VisitorAs, room: str) -> None:
    page = visitor_as("consultant", rollout_id=1).get(f"{room}/mapping")
    assert "4 / 4" in page.text


def test_a_correction_of_another_column_keeps_them_together(visitor_as: VisitorAs, app: Flask, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    page = carol.get(f"{room}/mapping/1/tables/1")
    carol.submit(page, {"columns-3-values": "old = new"}, form="main form:not(.form)")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    with app.app_context():
        assert db.session.scalars(select(TransferRun.harmful)).all() == [0]
