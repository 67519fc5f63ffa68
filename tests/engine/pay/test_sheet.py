"""A sheet of targets: columns proposed, read whole or not at all, priced, held beside what was paid.

`garment_team_days.csv` are every twentieth row, and eight that were paid below target, of "Productivity Prediction of
Garment Employees" (UCI, CC BY 4.0).
"""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.pay import price_variable_pay, read_plan
from implement.engine.pay.frozen import freeze_plan
from implement.engine.pay.plan import Terms
from implement.engine.pay.sheet import Sheet, hold_beside, propose_sheet_columns, read_sheet, write_sheet_entries
from implement.engine.pay.sheet_numbers import find_mark, read_decimal
from implement.engine.payroll.simulation import SimulatedRow, write_simulation_csv, write_simulation_xlsx
from tests.evaluators.payroll.parsing import LIVE_STARTS

GARMENT = Path(__file__).with_name("garment_team_days.csv")
COLUMNS = {name: name for name in ("person", "target", "actual", "variable", "paid")}


def a_sheet(*rows: tuple[str, str, str, str], **more: str) -> Sheet:
    named = [dict(zip(("person", "target", "actual", "variable"), row, strict=True)) | more for row in rows]
    return read_sheet(named, COLUMNS | {name: name for name in more})


@pytest.mark.parametrize(
    "header",
    [
        ["Employee", "Target", "Actual", "Variable amount"],
        ["Mitarbeiter", "Ziel", "Ist", "Variabler Betrag"],
        ["Pracownik", "Cel", "Wykonanie", "Premia"],
        ["Сотрудник", "План", "Факт", "Премия"],
    ],
)
def test_columns_are_proposed_in_four_languages(header: list[str]) -> None:
    assert propose_sheet_columns(header) == dict(zip(("person", "target", "actual", "variable"), header, strict=True))


def test_a_row_pays_its_share_of_the_target_and_never_more_than_all() -> None:  # M126
    sheet = a_sheet(("Ann", "10", "8", "1000"), ("Bob", "10", "13", "500,50"), ("Cid", "3", "1", "100"))
    plan = read_plan(freeze_plan(Terms("EUR"), write_sheet_entries(sheet.rows)))
    assert [price_variable_pay(one, plan.terms).total_minor for one in plan.people] == [80_000, 50_050, 3_333]


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (("", "10", "8", "1"), "person", "person_missing"),
        (("Ann", "10", "", "1"), "actual", "actual_missing"),
        (("Ann", "", "8", "1"), "target", "number_missing"),
        (("Ann", "0", "8", "1"), "target", "target_zero"),
        (("Ann", "10", "-8", "1"), "actual", "negative"),
        (("Ann", "10", "=8", "1"), "actual", "number_unreadable"),
        (("Ann", "10", "NaN", "1"), "actual", "number_unreadable"),
        (("Ann", "10", "8", "1.234"), "variable", "number_ambiguous"),
        (("Ann", "10", "8", "1.2345"), "variable", "amount_too_fine"),
        (("A" * 61, "10", "8", "1"), "person", "too_long"),
    ],
)
def test_what_cannot_be_priced_is_named_by_place(row: tuple[str, str, str, str], field: str, code: str) -> None:
    sheet = a_sheet(("Bob", "10", "8", "7"), row)
    assert [(one.row, one.field, one.code) for one in sheet.faults] == [(2, field, code)]


def test_one_number_for_two_names_is_refused() -> None:
    rows = [{"person": name, "number": "7", "target": "1", "actual": "1", "variable": "1"} for name in ("Ann", "Bob")]
    (fault,) = read_sheet(rows, COLUMNS | {"number": "number"}).faults
    assert (fault.row, fault.code) == (2, "number_changes")


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1.234,56", "", "1234.56"), ("1,234.56", "", "1234.56"), ("1 234,5", "", "1234.5"), ("0.385", "", "0.385"),
        ("1.234", "", None), ("1.234", ",", "1234"), ("1.234", ".", "1.234"), ("1.234.567", "", "1234567"),
        ("12.34.567", "", None), ("1,2,3", "", None), ("1e5", "", None), ("\u221212,5", "", "-12.5"), ("", "", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written_and_never_guessed(text: str, mark: str, value: str | None) -> None:
    assert read_decimal(text, mark) == (None if value is None else Decimal(value))


def test_a_column_tells_its_decimal_mark_by_its_own_cells() -> None:
    assert (find_mark(["1.234", "0,5"]), find_mark(["1.234"]), find_mark(["0.5", "0,5"])) == (",", "", "")


@given(st.decimals(0, 10**12, places=2, allow_nan=False))
def test_every_amount_is_read_back_in_german_and_english_writing(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    assert read_decimal(english) == read_decimal(german) == amount


def test_paid_without_target_and_met_without_pay_are_counted() -> None:
    rows = list(csv.DictReader(GARMENT.read_text(encoding="utf-8").splitlines()))
    proposed = propose_sheet_columns(list(rows[0]))
    sheet = read_sheet(rows, proposed | {"paid": proposed["variable"]})
    beside = hold_beside(sheet.rows)
    assert (sheet.faults, beside.told, beside.paid_unmet, beside.met_unpaid) == ((), 68, 8, 17)


@pytest.mark.parametrize("name", ["=1+1", "+49", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_every_exported_row_says_simulation_and_no_name_becomes_a_formula(name: str) -> None:
    rows = [SimulatedRow(one, -5) for one in a_sheet((name, "10", "8", "1")).rows]
    text = write_simulation_csv(rows, "EUR", 2).decode("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines(), delimiter=";")
    assert row["mark"] == "SIMULATION, NOT PAYABLE" and row["would_pay"] == "-0.05"
    assert not row["person"].startswith(LIVE_STARTS)
    assert write_simulation_xlsx(rows, "EUR", 2) == write_simulation_xlsx(rows, "EUR", 2)
