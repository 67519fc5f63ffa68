"""Records that two columns name together, as the pages of the mapping and of a record show and keep them. M29"""

import pytest
from flask import Flask

from implement.db import db
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import a_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")
HOUSES = ("K", "M", "R")
CLIENTS = [(HOUSES[n % 3], str(n // 3 + 1)) for n in range(60)]
ORDERS = [CLIENTS[n * 17 % 60] for n in range(90)]


def _file(head: str, rows: list[str]) -> bytes:
    return "\n".join([head, *rows, ""]).encode()


def _name(n: int) -> str:
    return f"Client {n * 7919},{n * 6007 % 9973:05}"


def _files(apart: bool) -> dict[str, dict[str, bytes]]:
    """Orders of clients that are counted within their branch; the eighth is another client's in the CRM."""
    told = [*ORDERS[:7], CLIENTS[5], *ORDERS[8:]]
    named = [",".join(one) if apart else str(500 + CLIENTS.index(one)) for one in told]
    clients = [
        f"{500 + n},{a if apart else a + '-'}{',' if apart else ''}{b},{_name(n)}" for n, (a, b) in enumerate(CLIENTS)
    ]
    key, reference = ("branch,number", "branch,client_number") if apart else ("legacy", "client")
    return {
        "source": {
            "clients.csv": _file("branch,no,name,zip", [f"{a},{b},{_name(n)}" for n, (a, b) in enumerate(CLIENTS)]),
            "orders.csv": _file(
                "branch,no,order,sum", [f"{a},{b},O{n:04},{n * 61}" for n, (a, b) in enumerate(ORDERS)]
            ),
        },
        "target": {
            "clients.csv": _file(f"id,{key},name,zip", clients),
            "orders.csv": _file(f"order,sum,{reference}", [f"O{n:04},{n * 61},{one}" for n, one in enumerate(named)]),
        },
    }


@pytest.fixture(params=[True, False])
def room(app: Flask, request: pytest.FixtureRequest) -> str:
    """A transfer of clients and orders, its mapping proposed."""
    with app.test_request_context():
        case = a_case()
        for side, files in _files(request.param).items():
            for name, content in files.items():
                case.hand_in(side, name, content)
        case.propose()
        db.session.commit()
        return f"/rollouts/{case.rollout_id}/transfer"


def test_the_columns_are_shown_together_and_kept(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    page = carol.get(f"{room}/mapping/1/tables/2")
    assert page.text.count("Compared together: branch|no with ") == 2
    carol.submit(page, {"columns-2-kind": "loose"}, form="main form:not(.form)")
    again = carol.get(f"{room}/mapping/2/tables/2")
    assert again.text.count("Compared together: branch|no with ") == 2
    assert "Columns only in the CRM" not in again.text
    said = carol.get(f"{room}/mapping/2/mapping.yaml").content.decode()
    assert "column: branch|no\n    parent: clients\n    parent_column: branch|no\n" in said


def test_the_record_says_whom_it_names(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant", rollout_id=1)
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    listing = carol.get(f"{room}/runs/1/findings?find=O0007")
    assert listing.answer == "1 finding"
    record = carol.get(str(listing.one("tbody th a")["href"]))
    told = [row for row in record.rows() if row[0].startswith("branch|no → ")]
    assert [row[-1] for row in told] == ["wrong relation"]
