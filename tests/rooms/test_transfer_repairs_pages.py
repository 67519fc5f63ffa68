"""Two runs side by side and repair files, as people meet them."""

import io
import zipfile

import pytest

from tests.fixtures.members import VisitorAs
from tests.fixtures.visitors import Visitor
from tests.rooms.test_transfer_pages import carol as carol
from tests.rooms.test_transfer_pages import compared as compared
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def room(compared: int) -> str:
    """Where the pages of the room begin."""
    return f"/rollouts/{compared}/transfer"


def test_two_runs_stand_side_by_side(carol: Visitor, room: str) -> None:
    carol.submit(carol.get(room), form="form[action$='/runs']")
    page = carol.get(carol.get(f"{room}/runs").links("a[href$='/compare']")[0])
    assert page.answer == "0 findings are fixed, 45 still open, 0 new."
    narrowed = carol.get(next(link for link in page.links("svg a[href]") if "change=open" in link))
    assert "45 findings" in narrowed.text
    assert carol.get(f"{room}/compare/1/2/changes.csv").content.count(b"\nopen,") == 45


def test_runs_that_are_not_there_are_not_found(carol: Visitor, room: str) -> None:
    assert carol.get(f"{room}/compare?before=7&after=1", status=404).status == 404
    assert carol.get(f"{room}/compare?before=x&after=1").status == 200
    assert carol.get(f"{room}/compare/1/9/changes.csv", status=404).status == 404


def test_the_room_teaches_before_there_is_a_run(visitor_as: VisitorAs, rollout_id: int) -> None:
    assert visitor_as("consultant").get(f"/rollouts/{rollout_id}/transfer/compare").answer == "Never compared yet."


def test_repair_files_are_made_and_downloaded(carol: Visitor, room: str) -> None:
    page = carol.get(carol.get(f"{room}/runs/1").links("a[href$='/repairs']")[0])
    made = carol.get(str(carol.submit(page, form="form[action$='/repairs']").location))
    assert made.answer == "New: 40 records, to change: 5, to remove: 0."
    archives = [carol.get(made.links("a[href$='.zip']")[0]).content for _ in range(2)]
    assert archives[0] == archives[1]
    names = zipfile.ZipFile(io.BytesIO(archives[0])).namelist()
    assert names == ["README.txt", "import/1-insert-deals.csv", "import/2-update-deals.csv",
                     "undo/1-update-deals.csv", "undo/2-delete-deals.csv", "import.xlsx", "undo.xlsx"]  # fmt: skip
    assert carol.get(made.links("a[href*='/files/']")[1]).content.count(b"\r\n") == 41


def test_a_case_has_its_own_repair_file(visitor_as: VisitorAs, carol: Visitor, compared: int, room: str) -> None:
    asked = carol.submit(carol.get(f"{room}/cases/2"), form="form[action$='/repairs']")
    page = visitor_as("head", rollout_id=compared).get(str(asked.location))
    assert page.answer == "New: 0 records, to change: 5, to remove: 0."
    assert "Repair of case 2" in page.text
    assert "Case 2" in carol.get(f"{room}/runs/1/repairs").text


def test_a_workbook_holds_no_live_formula(carol: Visitor, room: str) -> None:
    made = carol.get(str(carol.submit(carol.get(f"{room}/runs/1/repairs"), form="form[action$='/repairs']").location))
    place = next(link for link, name in zip(made.links("a[href*='/files/']"), made.words("a[href*='/files/']"),
                                            strict=True) if name == "import.xlsx")  # fmt: skip
    book = zipfile.ZipFile(io.BytesIO(carol.get(place).content))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 3
    assert b"<f>" not in b"".join(book.read(name) for name in sheets)


def test_files_of_another_rollout_are_not_there(
    visitor_as: VisitorAs, carol: Visitor, rollout_id: int, room: str
) -> None:
    carol.submit(carol.get(f"{room}/runs/1/repairs"), form="form[action$='/repairs']")
    stranger = visitor_as("consultant", rollout_id=rollout_id)
    for path in ("/repairs/1", "/repairs/1/repair.zip", "/repairs/1/files/1"):
        assert stranger.get(f"/rollouts/{rollout_id}/transfer{path}", status=404).status == 404
