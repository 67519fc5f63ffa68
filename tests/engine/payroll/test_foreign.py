"""Files for Lohn und Gehalt, Lexware and Optima are read back by readers that know nothing of the product."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implement.engine.payroll import (
    OptimaSettings,
    PayrollFile,
    PayrollRun,
    UnusableRun,
    describe_lug,
    write_lexware,
    write_lug,
    write_optima,
)
from tests.engine.payroll.runs import ALICE, BOB, a_run
from tests.evaluators.payroll.foreign import read_lexware, read_lug, read_optima

OPTIMA = OptimaSettings(code_heading="Akronim", kind_heading="Dodatek")
Write = Callable[[PayrollRun], PayrollFile]


def optima(run: PayrollRun) -> PayrollFile:
    return write_optima(replace(run, currency="PLN"), OPTIMA)


WRITERS: list[Write] = [write_lug, write_lexware, optima]


def test_lohn_und_gehalt_reads_back_what_was_paid_by_the_description() -> None:
    assert read_lug(describe_lug().content, write_lug(a_run()).content) == [
        {"Personalnummer": "42", "Lohnartennummer": "2001", "Wert": "1234.56", "Kostenstellennummer": "4711"},
        {"Personalnummer": "43", "Lohnartennummer": "2001", "Wert": "-50.50"},
    ]


def test_lexware_reads_back_what_was_paid() -> None:
    assert read_lexware(write_lexware(a_run()).content) == [
        (2026, 5, "42", "2001", Decimal("1234.56")),
        (2026, 5, "43", "2001", Decimal("-50.50")),
    ]


def test_optima_reads_back_what_was_paid_with_numbers_and_days_typed() -> None:
    alice, bob = read_optima(optima(a_run()).content)
    assert alice == {
        "Akronim": "00042", "Nazwisko": "Weiß", "Imie": "Alice", "Dodatek": "2001", "Kwota": Decimal("1234.56"),
        "Data_od": date(2026, 5, 1), "Data_do": date(2026, 5, 31),
    }  # fmt: skip
    assert bob["Kwota"] == Decimal("-50.5")


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_run_gives_the_same_bytes(write: Write) -> None:
    assert write(a_run()) == write(a_run())


@pytest.mark.parametrize(
    ("write", "run", "code"),
    [
        (write_lug, a_run(replace(ALICE, personnel_number="")), "number_missing"),
        (write_lug, a_run(ALICE, replace(BOB, personnel_number="42")), "whole_number_shared"),
        (write_lug, a_run(replace(ALICE, cost_centre="1;2")), "short_cost_centre"),
        (write_lug, a_run(currency="PLN"), "not_euro_cents"),
        (write_lexware, a_run(replace(ALICE, personnel_number="A7")), "whole_number"),
        (write_lexware, a_run(replace(ALICE, wage_type="12;0")), "whole_wage_type"),
        (write_lexware, a_run(replace(ALICE, name="Борис")), "not_in_encoding"),
        (optima, a_run(ALICE, ALICE), "row_repeated"),
        (lambda run: write_optima(run, OPTIMA), a_run(), "not_zloty"),
        (lambda run: write_optima(run, replace(OPTIMA, code_heading=" ")), a_run(currency="PLN"), "heading"),
        (lambda run: write_optima(run, replace(OPTIMA, kind_heading="kwota")), a_run(currency="PLN"), "heading_twice"),
    ],
)
def test_what_a_program_would_misread_is_refused(write: Write, run: PayrollRun, code: str) -> None:
    with pytest.raises(UnusableRun) as refused:
        write(run)
    assert {fault.code for fault in refused.value.faults} == {code}


@pytest.mark.parametrize("name", ["=1+1", "+49", "-2", "@SUM(A1)", " =1", '=HYPERLINK("x";"y")'])
def test_no_name_becomes_a_formula_in_the_sheet(name: str) -> None:
    (row,) = read_optima(optima(a_run(replace(BOB, name=name))).content)
    assert f"{row['Imie']} {row['Nazwisko']}".strip() == name.strip()
    assert row["Kwota"] == Decimal("-50.5")


@settings(max_examples=25, deadline=None)
@given(minors=st.lists(st.integers(-(10**15) + 1, 10**15 - 1), min_size=1, max_size=4))
def test_every_amount_survives_each_program(minors: list[int]) -> None:
    rows = [replace(ALICE, person_id=f"{n}", personnel_number=f"{n}", amount_minor=m) for n, m in enumerate(minors, 1)]
    run = a_run(*rows)
    expected = [Decimal(minor).scaleb(-2) for minor in minors]
    assert [Decimal(row["Wert"]) for row in read_lug(describe_lug().content, write_lug(run).content)] == expected
    assert [row[-1] for row in read_lexware(write_lexware(run).content)] == expected
    assert [row["Kwota"] for row in read_optima(optima(run).content)] == expected
