"""What happened to transferred records since the cutover: what, to which field, by whom, when."""

from datetime import date
from pathlib import Path

import pytest

from implement.engine.drift import Drift, write_drift_csv
from tests.engine.drift.crm import DEALS, clients_then, deals_then, drift_of, touch, write_crm
from tests.engine.transfers import write_table


@pytest.fixture(scope="module")
def drift(tmp_path_factory: pytest.TempPathFactory) -> Drift:
    """A month of work: a client deleted, deals changed, emptied, given to others, filled, doubled, and a new one."""
    folder, then, later = tmp_path_factory.mktemp("crm"), deals_then(), deals_then()
    then[7][4] = later[7][4] = ""
    touch(later[4], "Amount", "7.00", by="U2", on="2025-03-20 10:15:00")
    touch(later[5], "Amount", "")
    touch(later[6], "Owner Id", "U2")
    touch(later[7], "Amount", "950.00")
    later += [["D90001", *deals_then()[8][1:]], ["D90000", "A0001", "Quite another thing", "Talk", "11.00", "U1", "U1",
                                                 "2025-03-21 08:00:00"]]  # fmt: skip
    return drift_of(write_crm(folder / "a", then), write_crm(folder / "b", later[::-1], clients_then()[1:]))


def test_everything_is_told_once_and_nothing_else(drift: Drift) -> None:  # M135
    found = [(row["record"], row["change"], row["field"]) for row in drift.findings.to_pylist()]
    torn = [(row[0], "torn", "Client Id") for row in deals_then() if row[1] == "A0000"]
    assert sorted(found) == sorted([
        ("A0000", "deleted", ""), ("D00004", "changed", "Amount"), ("D00005", "emptied", "Amount"),
        ("D00006", "reassigned", "Owner Id"), ("D00007", "filled", "Amount"), ("D00008", "duplicated", ""), *torn,
    ])  # fmt: skip
    assert drift.count == len(found) - 1


def test_a_change_has_both_values_its_owner_its_author_and_its_day(drift: Drift) -> None:  # M135
    (row,) = [row for row in drift.findings.to_pylist() if row["change"] == "changed"]
    assert (row["before"], row["after"], row["owner"], row["owner_name"]) == ("648.50", "7.00", "U2", "Bob Quist")
    assert (row["changed_by"], row["changed_by_name"], row["changed_on"]) == ("U2", "Bob Quist", date(2025, 3, 20))


def test_who_deleted_a_record_is_not_guessed(drift: Drift) -> None:
    (row,) = [row for row in drift.findings.to_pylist() if row["change"] == "deleted"]
    assert (row["record_now"], row["changed_by"], row["changed_on"]) == ("", "", None)


def test_each_table_has_its_figures_and_new_records_are_only_counted(drift: Drift) -> None:
    deals = next(one for one in drift.tables if one.table == "deals")
    assert (deals.transferred, deals.added, deals.concerned["emptied"]) == (90, 1, 1)
    assert deals.untouched == 90 - 4 - sum(row[1] == "A0000" for row in deals_then())
    assert (deals.columns.changed_by, deals.columns.owner) == ("Last Modified By Id", "Owner Id")


def test_the_file_names_people_and_holds_no_live_formula(drift: Drift, tmp_path: Path) -> None:
    write_drift_csv(drift.findings, tmp_path / "d.csv")
    head, *rows = (tmp_path / "d.csv").read_text(encoding="utf-8").splitlines()
    assert head == "table,record,record_now,change,field,before,after,owner,changed_by,changed_on"
    assert "deals,D00004,D00004,changed,Amount,648.50,7.00,Bob Quist,Bob Quist,2025-03-20" in rows


def test_a_flag_that_says_deleted_counts_as_deleted_and_its_author_is_known(tmp_path: Path) -> None:  # M135
    later = [["false", *row] for row in deals_then()]
    then = write_table(tmp_path / "a" / "deals.csv", ["IsDeleted", *DEALS], later)
    later[3] = ["true", *later[3][1:-2], "U2", "2025-03-21 07:00:00"]
    now = write_table(tmp_path / "b" / "deals.csv", ["IsDeleted", *DEALS], later)
    (row,) = drift_of(then, now).findings.to_pylist()
    assert (row["record"], row["change"], row["changed_by"]) == ("D00003", "deleted", "U2")


def test_records_born_in_the_crm_are_nobodys_loss(tmp_path: Path) -> None:
    sides = [write_table(tmp_path / side / "deals.csv", DEALS, rows) for side, rows in
             (("a", deals_then()), ("b", deals_then()[2:]))]  # fmt: skip
    (deals,) = drift_of(*sides, {"deals": [1]}).tables
    assert (deals.transferred, deals.untouched, dict(deals.concerned)) == (89, 88, {"deleted": 1})


def test_a_table_and_a_column_the_later_export_lacks_are_named_and_nothing_is_said_of_them(tmp_path: Path) -> None:
    then = write_crm(tmp_path / "a", deals_then())
    head = [name for name in DEALS if name != "Title"]
    write_table(tmp_path / "b" / "deals.csv", head, [[*row[:2], *row[3:]] for row in deals_then()])
    found = drift_of(then, tmp_path / "b")
    assert (found.missing_tables, found.findings.num_rows) == (("clients", "users"), 0)
    assert [one.missing for one in found.tables] == [("Title",)]
