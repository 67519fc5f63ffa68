"""Files for payroll are read back by a reader that knows nothing of the product, and are the same bytes each time."""

import csv
import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.payroll import (
    CsvStyle,
    PayrollFile,
    PayrollRow,
    PayrollRun,
    UnusableRun,
    write_control,
    write_lodas,
    write_payroll_csv,
    write_payroll_xlsx,
)
from implement.engine.payroll.run import write_amount
from tests.engine.payroll.runs import ALICE, BOB, LODAS, a_run
from tests.evaluators.payroll.parsing import Paid, read_lodas, read_payroll_csv, read_payroll_xlsx

ROOT = Path(__file__).parents[3]
EXPECTED = [Paid("00042", "2001", Decimal("1234.56"), "4711"), Paid("00043", "2001", Decimal("-50.5"), "")]


def _lodas(run: PayrollRun) -> PayrollFile:
    return write_lodas(run, LODAS)


WRITERS = [write_payroll_csv, write_payroll_xlsx, _lodas]


def test_csv_and_workbook_are_read_back_as_they_were_paid() -> None:
    assert read_payroll_csv(write_payroll_csv(a_run()).content) == EXPECTED
    assert read_payroll_xlsx(write_payroll_xlsx(a_run()).content) == EXPECTED


def test_csv_follows_the_wishes_of_the_payroll_program() -> None:
    style = CsvStyle(encoding="cp1250", separator=",", decimal_mark=".")
    polish = replace(ALICE, name="Łucja Żak")
    content = write_payroll_csv(a_run(polish), style).content
    assert "Łucja Żak" in content.decode("cp1250")
    assert read_payroll_csv(content, "cp1250", ",", ".") == EXPECTED[:1]


def test_lodas_says_who_sends_and_what_each_field_is() -> None:
    general, movements = read_lodas(_lodas(a_run()).content)
    assert general == {
        "Ziel": "LODAS",
        "BeraterNr": "1234567",
        "MandantenNr": "10001",
        "Datumsformat": "TT.MM.JJJJ",
        "Feldtrennzeichen": ";",
        "Zahlenkomma": ",",
    }
    assert [list(movement.values()) for movement in movements] == [
        ["01.05.2026", "42", "2001", "2", "1234,56", "4711"],
        ["01.05.2026", "43", "2001", "2", "-50,50", ""],
    ]


def test_the_control_file_counts_rows_and_money_and_hashes_the_bytes() -> None:
    file = write_payroll_csv(a_run())
    control = write_control(a_run(), file)
    (row,) = csv.DictReader(io.StringIO(control.content.decode(), newline=""))
    assert (row["rows"], row["total"], row["currency"]) == ("2", "1184.06", "EUR")
    assert row["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert (row["file"], control.name) == ("pay-2026-05-v1.csv", "pay-2026-05-v1.csv.control.csv")


@pytest.mark.parametrize("name", ["=1+1", "+49", "-2", "@SUM(A1)", " =1", '=HYPERLINK("x";"y")'])
def test_text_that_looks_like_a_formula_stays_text_and_negative_amounts_stay_numbers(name: str) -> None:
    run = a_run(replace(BOB, name=name))
    assert read_payroll_csv(write_payroll_csv(run).content)[0].amount == Decimal("-50.50")
    (row,) = csv.DictReader(io.StringIO(write_payroll_csv(run).content.decode(), newline=""), delimiter=";")
    assert row["name"] == f"'{name}"
    assert read_payroll_xlsx(write_payroll_xlsx(run).content)[0].amount == Decimal("-50.5")


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_run_gives_the_same_file_under_the_same_name(write: type) -> None:
    assert write(a_run()) == write(a_run())


def test_hash_seed_and_time_zone_change_no_byte_of_a_workbook() -> None:
    script = (
        "import hashlib; from tests.engine.payroll.runs import a_run;"
        "from implement.engine.payroll import write_payroll_xlsx as write;"
        "print(hashlib.sha256(write(a_run()).content).hexdigest())"
    )
    here = hashlib.sha256(write_payroll_xlsx(a_run()).content).hexdigest()
    for place in ({"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, {"PYTHONHASHSEED": "8", "TZ": "UTC", "LC_ALL": "C"}):
        asked = [sys.executable, "-c", script]
        ended = subprocess.run(asked, cwd=ROOT, env=place, capture_output=True, text=True, check=True)
        assert ended.stdout.strip() == here


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([replace(ALICE, personnel_number="")], ["number_missing"]),
        ([replace(ALICE, personnel_number=" ")], ["number_missing"]),
        ([ALICE, replace(BOB, personnel_number="00042", wage_type="2002")], ["number_shared", "number_shared"]),
        ([ALICE, replace(ALICE, personnel_number="00044")], ["number_changes"]),
        ([ALICE, ALICE], ["row_repeated"]),
        ([replace(ALICE, personnel_number="=42")], ["number_unfit"]),
        ([replace(ALICE, amount_minor=10**15)], ["amount_too_large"]),
        ([replace(ALICE, name="x" * 256)], ["text_too_long"]),
        ([replace(ALICE, name="Alice\n=1")], ["not_one_line"]),
        ([replace(ALICE, cost_centre="\t=1")], ["not_one_line"]),
        ([replace(ALICE, name="half \ud800")], ["not_in_encoding"]),
    ],
    ids=lambda value: "" if isinstance(value, PayrollRow) else None,
)
def test_what_payroll_would_misread_is_refused_with_its_row(rows: list[PayrollRow], codes: list[str]) -> None:
    for write in (write_payroll_csv, write_payroll_xlsx):
        with pytest.raises(UnusableRun) as refused:
            write(a_run(*rows))
        assert [fault.code for fault in refused.value.faults] == codes
        assert all(fault.row for fault in refused.value.faults)


def test_a_person_may_have_several_wage_types() -> None:
    assert len(read_payroll_csv(write_payroll_csv(a_run(ALICE, replace(ALICE, wage_type="2002"))).content)) == 2


def test_signs_outside_of_the_encoding_are_refused_and_never_replaced() -> None:
    with pytest.raises(UnusableRun) as refused:
        _lodas(a_run(ALICE, replace(BOB, name="Борис")))
    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.text) == (2, "name", "the sign Б cannot be written in cp1252")


@pytest.mark.parametrize(
    ("run", "changes", "code"),
    [
        (a_run(), {"adviser_number": 0}, "adviser_number"),
        (a_run(), {"adviser_number": 10_000_000}, "adviser_number"),
        (a_run(), {"client_number": 1_000}, "client_number"),
        (a_run(), {"client_number": 100_000}, "client_number"),
        (a_run(), {"processing_key": ""}, "processing_key"),
        (a_run(currency="PLN"), {}, "not_euro_cents"),
        (a_run(minor_digits=3), {}, "not_euro_cents"),
        (a_run(replace(ALICE, personnel_number="A1")), {}, "whole_number"),
        (a_run(replace(ALICE, personnel_number="00000")), {}, "whole_number"),
        (a_run(replace(ALICE, wage_type="")), {}, "whole_wage_type"),
        (a_run(replace(ALICE, cost_centre="4711;0")), {}, "short_cost_centre"),
    ],
)
def test_lodas_is_refused_what_it_would_refuse(run: PayrollRun, changes: dict[str, object], code: str) -> None:
    with pytest.raises(UnusableRun) as refused:
        write_lodas(run, replace(LODAS, **changes))
    assert [fault.code for fault in refused.value.faults] == [code]


def test_numbers_that_differ_only_by_zeros_in_front_are_one_number_to_lodas() -> None:
    run = a_run(ALICE, replace(BOB, personnel_number="42"))
    assert len(read_payroll_csv(write_payroll_csv(run).content)) == 2
    with pytest.raises(UnusableRun) as refused:
        _lodas(run)
    assert [fault.code for fault in refused.value.faults] == ["whole_number_shared"] * 2


@pytest.mark.parametrize(
    ("minor", "digits", "written"),
    [(5, 2, "0.05"), (-5, 2, "-0.05"), (-100, 2, "-1.00"), (7, 0, "7"), (12_345, 4, "1.2345"), (0, 2, "0.00")],
)
def test_amounts_are_written_with_all_their_decimals(minor: int, digits: int, written: str) -> None:
    assert write_amount(minor, digits) == written


@settings(max_examples=40, deadline=None)
@given(minors=st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=6), digits=st.integers(0, 4))
def test_every_amount_survives_csv_and_workbook(minors: list[int], digits: int) -> None:
    rows = [replace(ALICE, person_id=str(n), personnel_number=str(n), amount_minor=m) for n, m in enumerate(minors)]
    run = a_run(*rows, minor_digits=digits)
    expected = [Decimal(minor).scaleb(-digits) for minor in minors]
    assert [paid.amount for paid in read_payroll_csv(write_payroll_csv(run).content)] == expected
    assert [paid.amount for paid in read_payroll_xlsx(write_payroll_xlsx(run).content)] == expected
