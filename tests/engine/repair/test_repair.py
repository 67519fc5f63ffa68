"""What a repair puts into files mends the target, and its undo takes exactly that back."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest

from implement.engine.mapping.plan import DATE, NUMBER, ColumnMapping, Writing
from implement.engine.repair import Repair, describe_repair, write_repair
from implement.engine.repair.files import Layout, guard, write_csv
from implement.engine.repair.writing import CellWriter, write_date, write_number
from tests.engine.repair.firm import CLIENTS, DEALS, Crm, a_crm, compare, read_crm, turn, write_source
from tests.engine.transfers import DEAL_HEAD, write_table


def test_a_target_without_a_loss_needs_no_repair(tmp_path: Path) -> None:
    found, repair = compare(write_source(tmp_path / "old"), a_crm().write(tmp_path / "new"))
    assert (found.harmful, repair) == (0, Repair((), (), ()))


def test_importing_the_files_leaves_nothing_harmful(tmp_path: Path) -> None:  # M29
    crm = damage(a_crm(own_ids=False))
    found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    assert found.harmful == 15
    crm.take(repair.tables)
    again, nothing = compare(tmp_path / "old", crm.write(tmp_path / "repaired"))
    assert (again.harmful, nothing.tables) == (0, ())


def test_what_hangs_on_a_lost_parent_follows_in_the_next_round(tmp_path: Path) -> None:
    crm = damage(a_crm())
    source, harmful = write_source(tmp_path / "old"), list[int]()
    for place in range(3):
        found, repair = compare(source, crm.write(tmp_path / f"new{place}"))
        harmful.append(found.harmful)
        if place == 0:
            assert {(one.reason, one.parent) for one in repair.left_out} == {("parent_missing", "clients")}
        crm.take(repair.tables)
    assert harmful == [16, 1, 0]


def test_the_files_speak_as_the_target_does(tmp_path: Path) -> None:
    crm = damage(a_crm())
    _found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    tables = {(table.kind, table.target): table for table in repair.tables}
    deal = tables["insert", "deals"].rows.to_pylist()[0]
    assert deal == {"Legacy id": "D00020", "Firma": "K028", "Titel": "Fukas for Malus", "Phase": "Angebot",
                    "Summe": "22325,30", "Begonnen": "20.08.2024"}  # fmt: skip
    client = tables["update", "clients"].rows.to_pylist()[3]
    assert (client["Id"], client["Seit"]) == ("K008", turn(CLIENTS[8][4]))
    assert tables["delete", "deals"].rows.to_pylist() == [{"Id": "V9999"}]


def test_parents_are_imported_first(tmp_path: Path) -> None:
    crm = damage(a_crm())
    _found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    assert [(table.kind, table.target) for table in repair.tables] == [
        ("insert", "clients"),
        ("insert", "deals"),
        ("update", "clients"),
        ("update", "deals"),
        ("delete", "deals"),
    ]


def test_an_update_carries_only_the_columns_to_repair(tmp_path: Path) -> None:
    crm = a_crm()
    crm.tables["deals"][7]["Titel"] = crm.tables["deals"][7]["Titel"][:4]
    _found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    (table,) = repair.tables
    assert table.rows.to_pylist() == [{"Id": "V0007", "Titel": DEALS[7][2]}]
    assert repair.undo[0].rows.to_pylist() == [{"Id": "V0007", "Titel": DEALS[7][2][:4]}]


@pytest.mark.parametrize("own_ids", [True, False])
def test_the_undo_list_takes_everything_back(tmp_path: Path, own_ids: bool) -> None:
    crm = damage(a_crm(own_ids=own_ids))
    before = content(crm)
    _found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    crm.take(repair.tables)
    assert content(crm) != before
    crm.take(repair.undo)
    assert content(crm) == before


def test_open_deals_that_were_left_out_are_put_in(tmp_path: Path) -> None:  # M29
    source = write_table(tmp_path / "old" / "deals.csv", DEAL_HEAD, DEALS)
    kept = [deal for deal in DEALS if deal[3] in ("Won", "Lost")]
    write_table(tmp_path / "new" / "deals.csv", DEAL_HEAD, kept, separator=";")
    _found, repair = compare(source, tmp_path / "new")
    assert [(table.kind, table.count) for table in repair.tables] == [("insert", len(DEALS) - len(kept))]
    crm = read_crm(tmp_path / "new")
    crm.take(repair.tables)
    again, _nothing = compare(source, crm.write(tmp_path / "repaired"))
    assert again.findings.num_rows == 0


def test_a_second_copy_under_the_same_key_is_left_to_a_person(tmp_path: Path) -> None:
    crm = a_crm(own_ids=False)
    crm.tables["deals"].append(dict(crm.tables["deals"][9]))
    _found, repair = compare(write_source(tmp_path / "old"), crm.write(tmp_path / "new"))
    assert (repair.tables, [one.reason for one in repair.left_out]) == ((), ["key_not_unique"])


def test_the_files_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    written = []
    target = damage(a_crm()).write(tmp_path / "new")
    for folder in ("once", "again"):
        _found, repair = compare(write_source(tmp_path / "old"), target)
        paths = write_repair(repair, tmp_path / folder, describe_repair(repair))
        written.append({str(path.relative_to(tmp_path / folder)): path.read_bytes() for path in paths})
    assert written[0] == written[1]
    assert "import/1-insert-clients.csv" in written[0]
    assert b"2 new records of clients" in written[0]["README.txt"]


@pytest.mark.parametrize(
    ("encoding", "written"),
    [("cp1252", "Köln;\r\n".encode("cp1252")), ("cp1251", "Köln;\r\n".encode())],
)
def test_a_file_is_encoded_as_the_target_encodes_its_own(encoding: str, written: bytes) -> None:
    rows = pa.table({"Ort": pa.array(["Köln"]), "Land": pa.array([""])})
    content = write_csv(rows, Layout(";", encoding))
    assert content.split(b"\r\n", 1)[1] == written
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "cp1251")


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3*A1", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_disarmed(cell: str) -> None:
    assert guard(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-12,50", "+49 (30) 123-45", "-0.5", "", "a=b", "- "])
def test_numbers_and_telephone_numbers_stay_as_they_are(cell: str) -> None:
    assert guard(cell) == cell


@pytest.mark.parametrize(
    ("layout", "order", "written"),
    [
        ("99.99.9999", "DMY", "04.05.2026"),
        ("9/9/9999", "MDY", "5/4/2026"),
        ("9999-99-99", "YMD", "2026-05-04"),
        ("99.99.99", "DMY", "04.05.26"),
        ("99999999", "YMD", "20260504"),
        ("99.99.9999 99:99", "DMY", "04.05.2026 00:00"),
        ("99. a 9999", "DMY", "2026-05-04"),
    ],
)
def test_dates_are_written_in_the_layout_of_the_column(layout: str, order: str, written: str) -> None:
    assert write_date("2026-05-04", Writing(order=order, layout=layout)) == written


@pytest.mark.parametrize(
    ("plain", "comma", "layout", "written"),
    [
        ("1234.5", True, "9999,99", "1234,50"),
        ("1234567", True, "9.999,99", "1.234.567,00"),
        ("-1234.567", False, "9,999.99", "-1,234.567"),
        ("12", False, "9999", "12"),
        ("0.5", True, "", "0,5"),
    ],
)
def test_numbers_are_written_with_the_signs_of_the_column(plain: str, comma: bool, layout: str, written: str) -> None:
    assert write_number(plain, Writing(comma=comma, layout=layout)) == written


def test_a_value_that_would_not_read_equal_is_not_written() -> None:
    day = ColumnMapping("since", "Seit", DATE, Writing(order="DMY"), Writing(order="MDY", layout="99.99.9999"))
    assert CellWriter(day).write("13.05.2026") == "05.13.2026"
    amount = ColumnMapping("amount", "Summe", NUMBER, Writing(comma=True), Writing(layout="9,999.99"))
    assert [CellWriter(amount).write(cell) for cell in ("1.234,5", "null", None)] == ["1,234.50", "", ""]


@pytest.mark.parametrize(("zone", "instants"), [
    ("Europe/Berlin", ["2022-02-04T23:00:00Z", "2022-07-04T22:00:00Z"]),
    ("America/Chicago", ["2022-02-05T06:00:00Z", "2022-07-05T05:00:00Z"]),
    ("Europe/London", ["2022-02-05T00:00:00Z", "2022-07-04T23:00:00Z"]),
    ("+07:00", ["2022-02-04T17:00:00Z", "2022-07-04T17:00:00Z"]),
    ("-05:30", ["2022-02-05T05:30:00Z", "2022-07-05T05:30:00Z"]),
])  # fmt: skip
def test_days_are_written_as_the_instants_at_which_they_begin(zone: str, instants: list[str]) -> None:
    there = Writing(order="YMD", layout="9999-99-99a99:99:99a", zone=zone)
    since = ColumnMapping("since", "sinceUtc", DATE, Writing(order="DMY", layout="99.99.9999"), there, rewritten=True)
    assert [CellWriter(since).write(cell) for cell in ("05.02.2022", "05.07.2022")] == instants


@pytest.mark.parametrize(("names", "cell", "written"), [
    (("value", ""), '[{"value": "a@b.c"}, {"value": "d@e.f", "primary": true}]', "d@e.f; a@b.c"),
    (("", "value"), "a@b.c", '[{"value":"a@b.c"}]'),
    (("mail", "value"), '[{"mail": "a@b.c"}, {"mail": "d@e.f"}]', '[{"value":"a@b.c"},{"value":"d@e.f"}]'),
    (("value", ""), "[]", ""),
])  # fmt: skip
def test_arrays_are_written_as_the_target_keeps_their_values(names: tuple[str, str], cell: str, written: str) -> None:
    mails = ColumnMapping("mail", "Mail", "text", Writing(entry=names[0]), Writing(entry=names[1]))
    assert CellWriter(mails).write(cell) == written


def test_a_tick_is_written_as_the_target_writes_it() -> None:
    ticked = ColumnMapping("letter", "newsletter", values=(("", "false"), ("X", "true")))
    assert [CellWriter(ticked).write(cell) for cell in ("X", None, "")] == ["true", "false", "false"]


def damage(crm: Crm) -> Crm:
    """Lose clients and deals, damage cells, tear relations, double a deal where the target has ids of its own."""
    clients, deals = crm.tables["clients"], crm.tables["deals"]
    clients[5]["Firma"], clients[6]["Ort"] = clients[5]["Firma"][:6], "KÃ¶ln"
    clients[7]["Telefon"], clients[8]["Seit"] = clients[7]["Telefon"].lstrip("0"), ""
    deals[1]["Summe"], deals[2]["Begonnen"], deals[3]["Phase"] = "1,00", "01.01.2020", ""
    deals[4]["Firma"], deals[5]["Firma"] = "", deals[6]["Firma"]
    twin = [{**deals[9], "Id": "V9999"}] if crm.own_ids else []
    crm.tables["deals"] = [row for place, row in enumerate(deals) if place not in (20, 21, 22)] + twin
    crm.tables["clients"] = [row for place, row in enumerate(clients) if place not in (10, 11)]
    return crm


def content(crm: Crm) -> dict[str, Counter[str]]:
    """All rows whatever their order."""
    return {name: Counter(str(sorted(row.items())) for row in rows) for name, rows in crm.tables.items()}


@pytest.mark.parametrize(("rewritten", "written"), [(False, "00005"), (True, "5")])
def test_leading_zeros_are_kept_unless_the_target_drops_all_of_them(rewritten: bool, written: str) -> None:
    number = ColumnMapping("customer", "legacy_id", NUMBER, target_writing=Writing(layout="99999"), rewritten=rewritten)
    assert CellWriter(number).write("00005") == written
