"""Ids that the target keeps behind a mark of its own still join the sides."""

import random
from pathlib import Path

import pytest

from implement.engine.mapping.writings.prefixes import same_after_mark, split_mark
from tests.engine.repair.firm import compare
from tests.engine.transfers import (
    CLIENT_HEAD,
    DEAL_HEAD,
    Table,
    build_clients,
    build_deals,
    listed,
    propose,
    run_transfer,
    write_table,
)

MARKS = [("", "LEG-"), ("K-", ""), ("K-", "CRM/"), ("K-", "K-")]
NEW = "id", "legacy", "label", "town", "telephone", "customer since"
NEW_DEALS = "id", "legacy", "customer", "subject", "phase", "worth", "begun"


FIRST_NUMBERS = {"C": 1001, "D": 5001}


def number(rows: Table, mark: str, columns: int) -> Table:
    """The rows with whole numbers as ids, behind a mark."""
    return [
        [f"{mark}{FIRST_NUMBERS[cell[0]] + int(cell[1:])}" for cell in row[:columns]] + row[columns:] for row in rows
    ]


def write_firm(folder: Path, marks: tuple[str, str], clients: Table, deals: Table) -> tuple[Path, Path]:
    """A firm whose target issues ids of its own and keeps the old ones behind its mark."""
    before = build_clients()
    write_table(folder / "old" / "clients.csv", CLIENT_HEAD, number(before, marks[0], 1))
    write_table(folder / "old" / "deals.csv", DEAL_HEAD, number(build_deals(before), marks[0], 2))
    moved = [[f"a{n * 7919 % 9973:04}", *row] for n, row in enumerate(number(clients, marks[1], 1))]
    again = [[f"b{n * 7907 % 9973:04}", *row] for n, row in enumerate(number(deals, marks[1], 2))]
    write_table(folder / "new" / "customers.csv", NEW, moved)
    write_table(folder / "new" / "opportunities.csv", NEW_DEALS, again)
    return folder / "old", folder / "new"


@pytest.mark.parametrize("marks", MARKS)
def test_nothing_is_told_of_ids_behind_a_mark(tmp_path: Path, marks: tuple[str, str]) -> None:  # M29
    clients = build_clients()
    sides = write_firm(tmp_path, marks, clients, build_deals(clients))
    assert run_transfer(*sides).harmful == 0
    keys = {table.source: table.key for table in propose(*sides).tables}
    assert keys == {"clients": (("client_id", "legacy"),), "deals": (("deal_id", "legacy"),)}


@pytest.mark.parametrize("marks", MARKS)
def test_two_tables_may_count_up_behind_the_same_mark(
    tmp_path: Path, marks: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FIRST_NUMBERS, "D", FIRST_NUMBERS["C"])
    sides = write_firm(tmp_path, marks, build_clients(), build_deals(build_clients()))
    assert run_transfer(*sides).harmful == 0
    references = {(table.source, one.column) for table in propose(*sides).tables for one in table.references}
    assert references == {("deals", "client_id")}


@pytest.mark.parametrize("marks", MARKS)
def test_a_record_is_known_by_its_id_however_much_of_it_changed(tmp_path: Path, marks: tuple[str, str]) -> None:
    clients, deals = build_clients(), build_deals(build_clients())
    clients[8][1:4] = ["Wholly Other AG", "Zug", "0999"]
    sides = write_firm(tmp_path, marks, clients[:40] + clients[41:], [deal for deal in deals if deal[0] != "D00030"])
    told = {one for one in listed(run_transfer(*sides)) if one[1] != "torn_relation"}
    gone = {(f"{marks[0]}{number}", "dropped", "") for number in (1041, 5031)}
    assert told == gone | {(f"{marks[0]}1009", "value_changed", field) for field in ("city", "name", "phone")}


@pytest.mark.parametrize("marks", MARKS)
def test_repair_files_write_the_mark_of_the_target(tmp_path: Path, marks: tuple[str, str]) -> None:
    clients = build_clients()
    deals = [deal for deal in build_deals(clients) if deal[0] != "D00030"]
    _found, repair = compare(*write_firm(tmp_path, marks, clients, deals))
    (table,) = repair.tables
    assert table.rows.column("legacy").to_pylist() == [f"{marks[1]}5031"]
    assert table.rows.column("customer").to_pylist()[0].startswith(marks[1])


@pytest.mark.parametrize("marks", MARKS)
def test_records_that_kept_no_old_id_are_found_by_their_content(tmp_path: Path, marks: tuple[str, str]) -> None:
    clients = build_clients()
    source, target = write_firm(tmp_path, marks, clients, build_deals(clients))
    for name in ("customers", "opportunities"):
        lines = (target / f"{name}.csv").read_text("utf-8").splitlines()
        rows = [line.split(",") for line in lines[1:]]
        forgotten = [[row[0], "" if place % 2 else row[1], *row[2:]] for place, row in enumerate(rows)]
        write_table(target / f"{name}.csv", lines[0].split(","), forgotten)
    assert run_transfer(source, target).harmful == 0


def test_words_that_end_alike_are_replaced_words_and_no_marks(tmp_path: Path) -> None:
    chance = random.Random(3)
    clients = build_clients(200)
    titles = [("Herr", "Mr") if chance.random() < 0.9 else ("Frau", "Ms") for _ in clients]
    for side, name in enumerate(("old", "new")):
        rows = [[*row, title[side]] for row, title in zip(clients, titles, strict=True)]
        write_table(tmp_path / name / "clients.csv", [*CLIENT_HEAD, "salutation"], rows)
    (table,) = propose(tmp_path / "old", tmp_path / "new").tables
    assert {column.source: column.values for column in table.columns}["salutation"] == (("Frau", "Ms"), ("Herr", "Mr"))


def test_a_mark_has_a_letter_and_is_the_same_everywhere() -> None:
    assert split_mark("5001", "leg5001") == ("", "leg")
    assert split_mark("5", "15") is None
    assert split_mark("17", "crm18") is None
    numbers = [str(number) for number in range(100, 120)]
    assert same_after_mark(numbers, [f"leg{one}" for one in numbers]) == 1.0
    assert same_after_mark(numbers, [f"{'abcdefghij'[int(one[-1])]}{one}" for one in numbers]) == 0.0
    assert same_after_mark(numbers[:3], [f"leg{one}" for one in numbers[:3]]) == 0.0
