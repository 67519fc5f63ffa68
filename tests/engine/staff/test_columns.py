"""Columns of a staff list are recognised by the names firms use in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.staff import FIELDS, propose_staff_columns

HEADERS = {
    "Employee number,Full name,Team,Manager,Wave,FTE,Hired": "number name team head wave fte hired",
    "Personalnummer,Vorname,Nachname,Team,Teamleiter,Eintritt": "number first_name last_name team head hired",
    "Nr pracownika,Imię i nazwisko,Zespół,Login": "number name team crm_user",
    "Табельный номер,ФИО,Отдел,Почта": "number name team email",
    "sales_agent,manager,regional_office": "name head",
}


@pytest.mark.parametrize(("header", "fields"), HEADERS.items())
def test_columns_are_recognised(header: str, fields: str) -> None:
    columns = header.split(",")
    proposed = propose_staff_columns(columns)
    expected = dict(zip(fields.split(), columns, strict=False))
    assert {field: proposed.get(field) for field in expected} == expected


def test_a_full_name_is_not_asked_for_beside_first_and_last_name() -> None:
    assert "name" not in propose_staff_columns(["Name", "First name", "Last name"])


def test_what_means_nothing_is_left_open() -> None:
    assert propose_staff_columns(["xyzzy", ""]) == {}


@given(st.lists(st.sampled_from([word for words in FIELDS.values() for word in words]), unique=True, max_size=14))
def test_no_column_serves_two_fields(header: list[str]) -> None:
    proposed = propose_staff_columns(header)
    assert len(set(proposed.values())) == len(proposed)
    assert set(proposed.values()) <= set(header)
