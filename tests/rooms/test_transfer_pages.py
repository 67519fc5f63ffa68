"""The transfer room as its people meet it: files in, a mapping proposed and corrected, runs, findings."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.datastructures import FileStorage

from implement.db import db
from implement.engine.reconcile.findings import COLUMNS
from implement.stages.transfer.service import findings
from implement.stages.transfer.tables import RunInput, TransferFile
from tests.fixtures.members import VisitorAs
from tests.fixtures.pages import Page
from tests.fixtures.visitors import Visitor
from tests.rooms.transfer_case import CONTACTS, DEALS_AFTER, DEALS_BEFORE, a_mapped_case
from tests.rooms.transfer_case import read_at_once as read_at_once

pytestmark = pytest.mark.usefixtures("read_at_once")


@pytest.fixture
def room(rollout_id: int) -> str:
    """Where the pages of the empty room begin."""
    return f"/rollouts/{rollout_id}/transfer"


@pytest.fixture
def compared(app: Flask) -> int:
    """The rollout of the case, compared once."""
    with app.test_request_context():
        case = a_mapped_case()
        case.run()
        db.session.commit()
        return case.rollout_id


@pytest.fixture
def carol(visitor_as: VisitorAs, compared: int) -> Visitor:
    """The consultant of the rollout that was compared."""
    return visitor_as("consultant", rollout_id=compared)


def hand_in(visitor: Visitor, room: str, side: str, files: dict[str, bytes], *, status: int = 302) -> Page:
    page = visitor.get(f"{room}/files")
    uploads = [FileStorage(io.BytesIO(content), name) for name, content in files.items()]
    return visitor.submit(page, {"side": side, "files": uploads}, form="main form[action$='/files']", status=status)


def test_from_four_files_to_the_lost_deals(visitor_as: VisitorAs, room: str) -> None:  # M29
    carol = visitor_as("consultant")
    hand_in(carol, room, "source", {"deals.csv": DEALS_BEFORE, "contacts.csv": CONTACTS})
    hand_in(carol, room, "target", {"deals.csv": DEALS_AFTER, "contacts.csv": CONTACTS})
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/propose']")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    page = carol.get(room)
    assert page.answer == "40 of 120 deals did not arrive."
    assert "All of them are open deals. Open money behind them: €24,400." in page.text


@pytest.mark.parametrize("path", ["", "/files", "/mapping", "/runs"])
def test_an_empty_room_teaches_what_will_stand_there(visitor_as: VisitorAs, room: str, path: str) -> None:
    assert visitor_as("consultant").get(room + path).answer


PAGES = (
    "", "/files", "/files/1", "/mapping", "/mapping/1/tables/1", "/mapping/1/mapping.yaml", "/runs", "/runs/1",
    "/cases", "/cases/1", "/runs/1/findings", "/runs/1/findings/1",
    "/runs/1/findings.csv", "/runs/1/findings.xlsx", "/runs/1/money", "/runs/1/money/0/client/0",
    "/runs/1/records/1/1",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_who_sees_the_room_and_who_does_not(visitor_as: VisitorAs, compared: int, rollout_id: int, path: str) -> None:
    here = f"/rollouts/{compared}/transfer{path}"
    welcome, refused = ("consultant", "lead", "head", "council"), ("salesperson", "hr", "admin")
    assert {visitor_as(role, rollout_id=compared).get(here).status for role in welcome} == {200}
    assert {visitor_as(role, rollout_id=compared).get(here, status=403).status for role in refused} == {403}
    strangers = (visitor_as(None), visitor_as("consultant", rollout_id=rollout_id))
    assert {stranger.get(here, status=404).status for stranger in strangers} == {404}


@pytest.mark.parametrize("path", [path for path in PAGES if path[-1:].isdigit() or "." in path])
def test_numbers_of_one_rollout_open_nothing_in_another(
    visitor_as: VisitorAs, compared: int, room: str, path: str
) -> None:
    assert visitor_as("consultant").get(room + path, status=404).status == 404


WRITES = (
    "/files", "/files/1/set-aside", "/files/1/use-again", "/mapping", "/mapping/propose", "/mapping/1/tables/1",
    "/mapping/1/tables/1/target", "/runs", "/cases/1/assign", "/cases/1/settle", "/cases/1/withdraw",
    "/runs/1/findings/1/case",
)  # fmt: skip


@pytest.mark.parametrize("path", WRITES)
def test_only_those_who_steer_change_something(visitor_as: VisitorAs, compared: int, room: str, path: str) -> None:
    for role in ("head", "council", "salesperson"):
        visitor = visitor_as(role, rollout_id=compared)
        token = str(visitor.get(f"/rollouts/{compared}").all("input[name=csrf_token]")[0]["value"])
        answer = visitor.post(f"/rollouts/{compared}/transfer{path}", {"csrf_token": token}, status=403)
        assert answer.location is None


def test_the_first_page_counts_its_questions_to_the_database(app: Flask, carol: Visitor, compared: int) -> None:
    carol.get(f"/rollouts/{compared}/transfer")
    with count_queries(app) as asked:
        carol.get(f"/rollouts/{compared}/transfer")
    assert len(asked) <= 30


def test_each_part_of_the_picture_leads_to_its_rows(carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    links = [link for link in carol.get(room).links("svg a[href]") if "class=dropped" in link]
    assert carol.get(links[0]).answer == "40 findings"


def test_findings_are_narrowed_sorted_and_searched(carol: Visitor, compared: int) -> None:
    listing = f"/rollouts/{compared}/transfer/runs/1/findings"
    assert carol.get(listing + "?class=value_changed&field=amount").answer == "5 findings"
    assert carol.get(listing + "?find=d0003").answer == "1 finding"
    assert carol.get(listing + "?find=no_such_%25").answer == "0 findings"
    backwards = carol.get(listing + "?class=dropped&sort=-source_id").rows()
    assert [row[1] for row in backwards[:2]] == ["D0119", "D0116"]


def test_a_table_that_arrived_whole_has_no_findings(carol: Visitor, compared: int) -> None:
    listing = f"/rollouts/{compared}/transfer/runs/1/findings"
    assert carol.get(listing + "?table=contacts").answer == "0 findings"


def test_findings_are_read_page_by_page(carol: Visitor, compared: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PAGE_SIZE", 20)
    listing = f"/rollouts/{compared}/transfer/runs/1/findings"
    read = [carol.get(f"{listing}?page={number}").rows() for number in (1, 2, 3, 99)]
    assert [len(rows) for rows in read] == [20, 20, 5, 5]
    assert len({row[1] for rows in read for row in rows}) == 45


def test_a_record_stands_side_by_side_with_its_difference_marked(carol: Visitor, compared: int) -> None:
    listing = carol.get(f"/rollouts/{compared}/transfer/runs/1/findings?find=D0003")
    record = carol.get(str(listing.one("tbody th a")["href"]))
    amount = next(row for row in record.rows() if row[0] == "amount")
    assert amount[1:3] == ["35", "only now: 70 35"]
    assert record.words("mark") == ["only now: 70"]


def test_a_dropped_record_says_that_nothing_arrived(carol: Visitor, compared: int) -> None:
    listing = carol.get(f"/rollouts/{compared}/transfer/runs/1/findings?find=D0002")
    assert "Nothing arrived in the CRM." in carol.get(str(listing.one("tbody th a")["href"])).text


def test_the_csv_is_that_of_the_command(carol: Visitor, compared: int) -> None:
    page = carol.get(f"/rollouts/{compared}/transfer/runs/1/findings.csv")
    rows = list(csv.reader(io.StringIO(page.content.decode())))
    assert rows[0] == list(COLUMNS)
    assert sorted(rows[1:]) == rows[1:]
    assert sum(row[3] == "dropped" for row in rows) == 40
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_the_spreadsheet_holds_no_live_formula(visitor_as: VisitorAs, room: str) -> None:
    carol = visitor_as("consultant")
    before = b"id,name,note\n" + b"".join(b"%d,=cmd|' /C calc'!A%d,-%d\n" % (n, n, n) for n in range(20))
    hand_in(carol, room, "source", {"notes.csv": before})
    hand_in(carol, room, "target", {"notes.csv": before.replace(b"calc'!A7", b"calc'!A8")})
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/propose']")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    book = zipfile.ZipFile(io.BytesIO(carol.get(f"{room}/runs/1/findings.xlsx").content))
    assert b"=cmd" in book.read("xl/worksheets/sheet1.xml") + b"".join(
        book.read(name) for name in book.namelist() if "shared" in name
    )
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_hall_asks_to_decide_and_shows_the_fates(carol: Visitor, compared: int) -> None:
    hall = carol.get(f"/rollouts/{compared}")
    assert "Give 2 cases of the transfer an owner, or explain them" in hall.text
    assert "40 of 120 deals did not arrive." in hall.text


def test_the_report_carries_the_transfer(carol: Visitor, compared: int) -> None:
    assert "40 of 120 deals did not arrive." in carol.get(f"/rollouts/{compared}/report").text


def test_a_correction_becomes_a_new_version(carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    page = carol.get(f"{room}/mapping/1/tables/2")
    edits = {"columns-3-values": "old = new", "columns-5-target": "", "columns-5-left_behind": "The CRM assigns anew"}
    carol.submit(page, edits, form="main form:not(.form)")
    saved = carol.get(f"{room}/mapping/2/mapping.yaml").content.decode()
    assert ("old: new" in saved, "left_behind: The CRM assigns anew" in saved) == (True, True)
    assert "Version 2" in carol.get(f"{room}/mapping").text


def test_two_columns_cannot_claim_one_counterpart(carol: Visitor, compared: int) -> None:
    page = carol.get(f"/rollouts/{compared}/transfer/mapping/1/tables/2")
    refused = carol.submit(page, {"columns-4-target": "owner"}, form="main form:not(.form)", status=422)
    assert refused.text.count("Two columns claim this one.") == 2


def test_a_line_that_is_no_pair_of_values_is_shown(carol: Visitor, compared: int) -> None:
    page = carol.get(f"/rollouts/{compared}/transfer/mapping/1/tables/2")
    refused = carol.submit(page, {"columns-3-values": "nonsense"}, form="main form:not(.form)", status=422)
    assert "This line is no pair “old = new”: nonsense" in refused.text


def test_a_line_of_several_words_for_a_list_is_shown(carol: Visitor, compared: int) -> None:
    page = carol.get(f"/rollouts/{compared}/transfer/mapping/1/tables/2")
    edits = {"columns-3-kind": "listed", "columns-3-values": "Email;Phone = 2"}
    refused = carol.submit(page, edits, form="main form:not(.form)", status=422)
    assert "In a list each word is replaced by itself, not several at once: Email;Phone." in refused.text


def test_a_table_left_behind_on_purpose_is_no_loss(carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    page = carol.get(f"{room}/mapping/1/tables/2")
    carol.submit(page, {"target": "", "left_behind": "Old deals stay in the archive."}, form="form[action$='/target']")
    carol.submit(carol.get(f"{room}/mapping"), form="form[action$='/runs']")
    page = carol.get(room)
    assert page.answer == "All 30 records arrived."
    assert "left behind on purpose" in page.text


def test_what_is_left_behind_is_approved_by_another_person_on_its_page(
    visitor_as: VisitorAs, carol: Visitor, compared: int
) -> None:
    room = f"/rollouts/{compared}/transfer"
    page = carol.get(f"{room}/mapping/1/tables/2")
    carol.submit(page, {"target": "", "left_behind": "Old deals stay in the archive."}, form="form[action$='/target']")
    assert carol.get(f"{room}/left-behind").answer == "One thing left behind waits for the approval of a second person."
    assert not carol.get(f"{room}/left-behind").all("main form")
    lead = visitor_as("lead", rollout_id=compared)
    lead.submit(lead.get(f"{room}/left-behind"))
    said = carol.get(f"{room}/left-behind")
    assert said.answer == "Everything that is left behind was approved by a second person."
    assert "Alice Lead" in said.text


def test_an_edited_file_is_taken_over_or_refused_with_every_fault(carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    yaml = carol.get(f"{room}/mapping/1/mapping.yaml").content
    page = carol.get(f"{room}/mapping")
    spoiled = {"file": FileStorage(io.BytesIO(yaml.replace(b"kind: text", b"kind: smell")), "m.yaml")}
    refused = carol.submit(page, spoiled, form="form[enctype]", status=422)
    assert "kind is one of" in refused.text
    carol.submit(carol.get(f"{room}/mapping"), {"file": FileStorage(io.BytesIO(yaml), "m.yaml")}, form="form[enctype]")
    assert "handed in as a file" in carol.get(f"{room}/mapping").text


def test_a_form_sent_twice_begins_one_run(carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    page = carol.get(room)
    for _ in range(2):
        carol.submit(page, form="form[action$='/runs']")
    assert len(carol.get(f"{room}/runs").rows()) == 2


def test_a_file_set_aside_can_be_put_back(app: Flask, carol: Visitor, compared: int) -> None:
    room = f"/rollouts/{compared}/transfer"
    carol.submit(carol.get(f"{room}/files"), form="form[action$='/files/1/set-aside']")
    page = carol.get(f"{room}/files")
    assert "is left out of the next run" in page.text
    carol.submit(page, form=".undo form")
    with app.app_context():
        assert db.session.get_one(TransferFile, 1).is_in_use
        assert db.session.query(RunInput).count() == 4


def test_other_kinds_of_file_are_refused_by_name(visitor_as: VisitorAs, room: str) -> None:
    page = hand_in(visitor_as("consultant"), room, "source", {"virus.exe": b"MZ"}, status=200)
    assert "virus.exe is not one of the kinds taken here" in page.text


@contextmanager
def count_queries(app: Flask) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)
