"""Old slips are known before anything is transferred."""

from pathlib import Path

import numpy as np
import pytest

from implement.engine.health.finding import RowsBehind
from tests.engine.health.old_tables import look_at_column, look_through, write_deals
from tests.engine.transfers import write_table


def test_a_product_that_the_catalogue_lacks_is_named_with_what_was_meant(tmp_path: Path) -> None:  # M29
    write_deals(tmp_path)
    found = look_through(tmp_path)["orphan", "product"]
    assert (found.count, found.of, found.parent) == (10, 40, "products")
    assert found.examples == (("GTXPro", "GTX Pro", 10),)
    assert found.behind.rows.tolist() == list(range(1, 41, 4))


def test_empty_cells_say_under_which_stage_all_of_them_stand(tmp_path: Path) -> None:
    write_deals(tmp_path)
    found = look_through(tmp_path)["empty", "opened"]
    assert (found.count, found.of, found.where) == (8, 40, ("stage", ("Talk",)))


def test_a_parent_that_nothing_refers_to_is_named(tmp_path: Path) -> None:
    write_deals(tmp_path)
    found = look_through(tmp_path)["childless", "product"]
    assert (found.count, found.of, found.examples[0][0], found.parent) == (1, 4, "GTX Pro", "deals")


DAYS = [f"{n % 12 + 13}.0{n % 9 + 1}.2024" for n in range(60)]
AMOUNTS = [f"{n}.5{n % 9 + 1}" for n in range(60)]
PHONES = [f"+49 221 4{n:06}" for n in range(60)]
CITIES = ["Hamburg", "Bremen", "Potsdam"] * 20
CODES = [f"0{n % 9}{n % 7}{n:02}" for n in range(60)]


@pytest.mark.parametrize(
    ("kind", "cells", "value", "other"),
    [
        ("mixed_dates", [*DAYS, "01/31/2024"], "01/31/2024", "M/D/Y"),
        ("mixed_decimals", [*AMOUNTS, "7,25"], "7,25", "1,5"),
        ("mixed_phones", [*PHONES, "0221 4000000"], "0221 4000000", "0…"),
        ("unreadable", [*DAYS, "soon"], "soon", ""),
        ("misspelt", [*CITIES, "Hambrug"], "Hambrug", "Hamburg"),
        ("misspelt", [*CITIES, "bremen"], "bremen", "Bremen"),
        ("blank_word", [*CITIES, "n/a"], "n/a", ""),
        ("blank_word", [*CITIES, "-"], "-", ""),
        ("broken_letters", [*CITIES, "KÃ¶ln"], "KÃ¶ln", "Köln"),
        ("leading_zeros", [*CODES, "1067"], "1067", "01067"),
        ("spreadsheet_number", [*CODES, "4.9E+10"], "4.9E+10", ""),
    ],
)
def test_one_odd_cell_is_found_with_its_row(
    tmp_path: Path, kind: str, cells: list[str], value: str, other: str
) -> None:
    found = look_at_column(tmp_path, cells)[kind]
    assert found.examples == ((value, other, 1),)
    assert found.behind.rows.tolist() == [61]


@pytest.mark.parametrize("cells", [DAYS, AMOUNTS, PHONES, CITIES, CODES, ["Köln", "Łódź", "Москва"] * 20])
def test_a_clean_column_raises_no_alarm(tmp_path: Path, cells: list[str]) -> None:
    assert look_at_column(tmp_path, cells) == {}


def test_a_column_that_is_mostly_empty_is_not_called_required(tmp_path: Path) -> None:
    assert look_at_column(tmp_path, ["x1", *[""] * 59]) == {}


PEOPLE = [
    ["P1", "Anna Kowalska", "anna@example.org", "+49 221 470001", "Ring 1"],
    ["P2", "Boris Klein", "boris@example.org", "+49 221 470002", "Weg 2"],
    ["P3", "Kowalska Anna", "ANNA@example.org", "0221 470001", "Ring 1"],
    *[[f"P{n}", f"Person No{n}", f"p{n}@example.org", f"+49 30 55{n:04}", f"Allee {n}"] for n in range(4, 40)],
]
HEAD = ["person_id", "name", "email", "phone", "street"]


@pytest.mark.parametrize(("column", "other"), [("email", "1: anna@example.org"), ("phone", "1: +49 221 470001")])
def test_the_same_mail_or_phone_is_seen_in_another_writing(tmp_path: Path, column: str, other: str) -> None:
    write_table(tmp_path / "people.csv", HEAD, PEOPLE)
    found = look_through(tmp_path)["same_contact", column]
    assert (found.behind.rows.tolist(), found.behind.others) == ([3], [other])


def test_a_record_written_twice_with_small_changes_is_one(tmp_path: Path) -> None:
    write_table(tmp_path / "people.csv", HEAD, [*PEOPLE, ["P99", "boris klein", "boris@example.org", "", "Weg 2"]])
    found = look_through(tmp_path)["duplicate_record", ""]
    assert (found.behind.rows.tolist(), found.behind.others) == ([3, 40], ["1", "2"])


def test_a_key_given_twice_is_found(tmp_path: Path) -> None:
    rows = [[f"R{n:04}", f"word{n}"] for n in range(100)]
    write_table(tmp_path / "rows.csv", ["row_id", "word"], [*rows, ["R0007", "other"]])
    found = look_through(tmp_path)["duplicate_key", "row_id"]
    assert (found.count, found.behind.rows.tolist()) == (1, [101])


def test_a_key_of_two_parts_given_twice_is_found(tmp_path: Path) -> None:
    rows = [[f"O{n // 3:03}", str(n % 3 + 1), f"{n * 37 % 90} pieces of part {n * 7 % 50}"] for n in range(120)]
    rows[50][:2] = rows[49][:2]
    write_table(tmp_path / "lines.csv", ["order_id", "line_no", "text"], rows)
    found = look_through(tmp_path)["duplicate_key", "order_id|line_no"]
    assert (found.count, found.behind.rows.tolist(), found.behind.values) == (1, [51], ["O016|2"])


def test_two_references_that_repeat_together_are_no_key(tmp_path: Path) -> None:
    rows = [[f"C{n % 17:03}", f"D{n * 5 % 31:03}", f"note {n * 37 % 90}"] for n in range(90)]
    rows += [[f"C{n % 17:03}", f"D{n % 17:03}", f"call {n * 41 % 90}"] for n in range(60)]
    write_table(tmp_path / "notes.csv", ["contact_id", "deal_id", "text"], rows)
    assert "duplicate_key" not in {kind for kind, _column in look_through(tmp_path)}


def test_strangers_who_share_a_name_are_not_called_one(tmp_path: Path) -> None:
    people = [["P98", "Boris Klein", "b.klein@example.com", "+48 22 1230000", "Plac 7"], *PEOPLE]
    write_table(tmp_path / "people.csv", HEAD, people)
    assert look_through(tmp_path)["duplicate_record", ""].behind.rows.tolist() == [4]


def test_rows_behind_say_which_finding_they_belong_to() -> None:
    behind = RowsBehind(np.array([61]), ["-"], [""])
    assert behind.to_arrow(4).to_pylist() == [{"number": 4, "row": 61, "value": "-", "other": ""}]


def test_a_list_of_others_ids_names_no_record_of_its_own(tmp_path: Path) -> None:
    people = [[f"A{n}", f"Person {n}"] for n in range(80)]
    lists = [";".join([f"A{n}", f"A{(n * 7 + 3) % 80}"]) for n in range(60)]
    again = [lists[3] if n == 40 else cell for n, cell in enumerate(lists)]
    write_table(tmp_path / "people.csv", ["person_id", "name"], people)
    write_table(tmp_path / "visits.csv", ["guest_id", "city"], [[cell, CITIES[n]] for n, cell in enumerate(again)])
    assert ("duplicate_key", "guest_id") not in look_through(tmp_path)
