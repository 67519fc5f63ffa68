"""Old tables that became one in the CRM, and such that were divided, as the mapping's pages show and keep them. M29"""

import pytest
from flask import Flask
from sqlalchemy import select

from implement.db import db
from implement.stages.transfer.tables import RunTotal
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
PEOPLE = "id,name,mail,type"
TOWNS = ("Bonn", "Ulm", "Kiel")


def _file(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def _people(kind: str, count: int = 40) -> list[str]:
    return [f"{n},{kind.title()} {n * 7919},{kind}{n * 31}@example.com" for n in range(1, count + 1)]


def _companies(kind: str) -> list[str]:
    return [f"{kind}{n},{kind * 3} {n * 7919} Ltd,{TOWNS[n % 3]},{kind}" for n in range(1, 41)]


FILES = {
    "source": {
        "leads.csv": _file("id,name,mail", _people("lead")),
        "contacts.csv": _file("id,name,mail", _people("contact")),
        "companies.csv": _file("no,company,town,kind", _companies("c") + _companies("s")),
    },
    "target": {
        "people.csv": _file(PEOPLE, [f"{row},{kind}" for kind in ("lead", "contact") for row in _people(kind, 37)]),
        "customers.csv": _file("no,company,town,kind", _companies("c")),
        "suppliers.csv": _file("no,company,town,kind", _companies("s")[2:]),
    },
}
LEADS, COMPANIES = 3, 1
ASKED = select(RunTotal.table_name, RunTotal.source_rows, RunTotal.arrived)


@pytest.fixture
def room(app: Flask) -> str:
    """Leads and contacts became people, three of each were lost; companies were divided; the mapping is proposed."""
    with app.test_request_context():
        case = a_case()
        for side, files in FILES.items():
            for name, content in files.items():
                case.hand_in(side, name, content)
        case.propose()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_the_list_says_which_tables_became_one_and_which_were_divided(visitor_as: VisitorAs, room: str) -> None:
    page = visitor_as("consultant", rollout_id=1).get(f"{room}/mapping").text
    assert "people also holds contacts; the rows of this table say lead under type." in page
    assert "Its records are in several tables: customers, suppliers." in page


def test_each_table_is_told_its_losses_under_its_own_name(visitor_as: VisitorAs, app: Flask, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    with app.app_context():
        totals = [tuple(one) for one in db.session.execute(ASKED)]
    assert sorted(totals) == [("companies", 80, 78), ("contacts", 40, 37), ("leads", 40, 37)]


def test_what_marks_the_rows_may_be_left_to_content(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    page = carol.get(f"{room}/mapping/1/tables/{LEADS}")
    carol.submit(page, {"rows_column": "", "rows_word": ""}, form="form[action$='/target']")
    said = carol.get(f"{room}/mapping/2/tables/{LEADS}").text
    assert "people also holds contacts; each row counts for the table it fits best." in said


def test_a_divided_table_may_be_held_against_one_table_alone(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    page = carol.get(f"{room}/mapping/1/tables/{COMPANIES}")
    assert "Its records are in several tables: customers, suppliers." in page.text
    carol.submit(page, {"further": []}, form="form[action$='/target']")
    assert "several tables" not in carol.get(f"{room}/mapping/2/tables/{COMPANIES}").text
