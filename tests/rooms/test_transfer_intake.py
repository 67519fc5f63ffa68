"""Whatever is handed in ends as tables or as a fault in the reader's language; what was kept is never lost."""

import gzip
import io
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from implement.db import db
from implement.stages.transfer.service.files import Remarks, list_found_tables, read_remarks
from implement.stages.transfer.tables import TransferFile
from tests.engine.intake.hostile import hostile_files, workbook_with, zipped
from tests.fixtures.members import VisitorAs
from tests.rooms.transfer_case import CONTACTS, Case, a_case

SHEET = "xl/worksheets/sheet1.xml"
HOSTILE = ("climb.zip", "random.csv", "deep.json", "cut.parquet", "empty.csv")


@pytest.fixture
def case(app: Flask) -> Case:
    """An empty room, the application at hand."""
    context = app.test_request_context()
    context.push()
    yield a_case()
    db.session.rollback()
    context.pop()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_the_fault_they_are(case: Case, name: str, tmp_path: Path) -> None:
    content, code = hostile_files(tmp_path)[name]
    file = case.hand_in("source", name, content)
    assert (file.state, [fault.code for fault in remarks(file).faults]) == ("unusable", [code])
    assert case.store.path(file.sha256).read_bytes() == content


def test_bombs_are_refused_before_they_burst(case: Case, tmp_path: Path) -> None:
    book = workbook_with(tmp_path, SHEET, lambda part: b"0" * (40 << 20))
    packed = {"bomb.csv.gz": gzip.compress(b"a" * (40 << 20), 6), "bomb.xlsx": book}
    files = [case.hand_in("source", *one) for one in packed.items()]
    codes = [fault.code for file in files for fault in remarks(file).faults]
    assert (codes, {file.state for file in files}) == (["archive_too_dense", "workbook_damaged"], {"unusable"})


@pytest.mark.parametrize(
    ("name", "content", "encoding"),
    [
        ("kontakte.csv", CONTACTS.replace(b",", b";").replace(b"Person 3", "Jürgen Größe".encode("cp1252")), "cp1252"),
        ("клиенты.csv", "id,имя\n1,Анна Петрова\n2,Борис Иванов\n3,Вера Смирнова\n".encode("cp1251"), "cp1251"),
        ("bom.csv", b"\xff\xfe" + "id\tname\n1\tŻółw\n".encode("utf-16-le"), "utf-16"),
    ],
)
def test_any_encoding_and_separator_is_read(case: Case, name: str, content: bytes, encoding: str) -> None:
    (table,) = list_found_tables(case.hand_in("target", name, content).id)
    assert (table.encoding or "").replace("-le", "") == encoding
    assert table.row_count == content.count(b"\n") - 1


def test_packed_files_sheets_and_databases_give_their_tables(case: Case, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.sqlite") as old:
        old.execute("CREATE TABLE deal (id INTEGER, name TEXT)")
        old.execute("INSERT INTO deal VALUES (1, 'Acme')")
    old.close()
    packed = {
        "a.csv.gz": gzip.compress(CONTACTS),
        "b.zip": zipped({"one.csv": CONTACTS, "two.csv": CONTACTS}),
        "crm.sqlite": (tmp_path / "crm.sqlite").read_bytes(),
    }
    found = [[t.name for t in list_found_tables(case.hand_in("source", *one).id)] for one in packed.items()]
    assert found == [["a"], ["one", "two"], ["deal"]]


def test_a_fault_is_said_with_its_row_in_the_reader_s_language(
    app: Flask, visitor_as: VisitorAs, rollout_id: int
) -> None:
    carol = visitor_as("consultant")
    page = carol.get(f"/rollouts/{rollout_id}/transfer/files")
    upload = (io.BytesIO(b"id,name\n1,Ada\n2,Bob,more\n"), "ragged.csv")
    carol.submit(page, {"side": "source", "files": [upload]}, form="main form[action$='/files']")
    file = carol.get(f"/rollouts/{rollout_id}/transfer/files/1", language="de")
    said = ["ragged.csv", "2", "", "Die Zeile hat 3 Zellen, die Kopfzeile nennt 2 Spalten."]
    assert file.rows("main section:last-of-type table") == [said]


def test_a_file_that_cannot_be_used_stands_in_no_comparison(case: Case) -> None:
    case.hand_in("source", "contacts.csv", b"")
    with pytest.raises(Exception, match="Both sides"):
        case.run()


def remarks(file: TransferFile) -> Remarks:
    return read_remarks(file)
