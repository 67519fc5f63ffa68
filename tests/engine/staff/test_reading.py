"""A staff list is read whole or not at all: every fault by row and column, heads found or added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implement.engine.staff import FIELDS, STAFF_FAULT_TEXTS, StaffList, propose_staff_columns, read_staff

COLUMNS = {field: field for field in FIELDS if field not in ("first_name", "last_name")}
ANNA = {"number": "1", "name": "Anna Nowak", "team": "North", "head": "Henry Head"}


def read(*rows: dict[str, str | None]) -> StaffList:
    return read_staff(rows, COLUMNS)


def faults(*rows: dict[str, str | None]) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.code) for fault in read(*rows).faults]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"name": " "}, "name", "name_missing"),
        ({"name": "x" * 201}, "name", "too_long"),
        ({"fte": "much"}, "fte", "number_unreadable"),
        ({"fte": "0"}, "fte", "fte_out_of_range"),
        ({"fte": "1.5"}, "fte", "fte_out_of_range"),
        ({"fte": "101 %"}, "fte", "fte_out_of_range"),
        ({"hired": "soon"}, "hired", "day_unreadable"),
        ({"hired": "2026-03-01", "left": "2026-02-01"}, "left", "left_before_hired"),
    ],
)
def test_a_fault_is_named_by_row_and_column(cells: dict[str, str], column: str, code: str) -> None:
    assert (2, column, code) in faults(ANNA, {**ANNA, "number": "2", **cells})


def test_all_faults_are_collected() -> None:
    assert len(faults({**ANNA, "fte": "x", "hired": "soon"}, {**ANNA, "number": "2", "name": ""})) == 3


def test_numbers_and_crm_users_stand_once() -> None:
    assert faults(ANNA, {**ANNA, "crm_user": "a"}) == [(2, "number", "number_twice")]
    twins = ({**ANNA, "crm_user": "a"}, {**ANNA, "number": "2", "crm_user": "a"})
    assert faults(*twins) == [(2, "crm_user", "crm_user_twice")]


def test_a_list_without_rows_or_names_is_refused() -> None:
    assert faults() == [(None, None, "no_rows")]
    assert read_staff([ANNA], {"team": "team"}).faults[0].code == "no_name_column"


def test_every_fault_has_its_sentence() -> None:
    codes = {"no_name_column", "no_rows", "number_twice", "crm_user_twice", "left_before_hired", "too_long"}
    assert codes | {"name_missing", "day_unreadable", "number_unreadable", "fte_out_of_range"} == set(STAFF_FAULT_TEXTS)


@pytest.mark.parametrize(
    ("typed", "share"), [("0.8", 0.8), ("0,8", 0.8), ("80 %", 0.8), ("80", 0.8), ("1", 1.0), ("", 1.0), (None, 1.0)]
)
def test_a_share_of_full_time_is_read_as_firms_write_it(typed: str | None, share: float) -> None:
    assert read({**ANNA, "fte": typed}).people[0].fte == pytest.approx(share)


@pytest.mark.parametrize(("typed", "days"), [("Mo-Do", "1234"), ("пн,ср", "13"), ("12345", "12345"), (None, "12345")])
def test_working_days_are_read_in_four_languages(typed: str | None, days: str) -> None:
    assert read({**ANNA, "work_days": typed}).people[0].work_days == days


def test_a_head_who_is_not_listed_becomes_a_person_of_the_team() -> None:
    anna, henry = read(ANNA).people
    assert (henry.name, henry.team, henry.is_added, anna.head) == ("Henry Head", "North", True, henry.number)


@pytest.mark.parametrize("word", ["Henry Head", "henry@example.com", "HHEAD", "7"])
def test_a_listed_head_may_be_named_in_any_way(word: str) -> None:
    henry = {"number": "7", "name": "Henry Head", "email": "henry@example.com", "crm_user": "hhead"}
    anna, _henry = read({**ANNA, "head": word}, henry).people
    assert anna.head == "7"


def test_first_and_last_name_make_a_name() -> None:
    columns = {"first_name": "Vorname", "last_name": "Nachname"}
    assert read_staff([{"Vorname": " Anna ", "Nachname": "Nowak"}], columns).people[0].name == "Anna Nowak"


def test_whoever_has_no_number_is_known_by_mail_or_login_or_name() -> None:
    people = [{"email": "a@b.c", "crm_user": "x"}, {"crm_user": "y"}, {}]
    rows = [{"name": f"Person {place}", **one} for place, one in enumerate(people)]
    assert [person.number for person in read(*rows).people] == ["a@b.c", "y", "Person 2"]


@given(
    st.lists(
        st.fixed_dictionaries(
            {"number": st.integers(1, 9).map(str), "name": st.text(max_size=12)},
            optional={"head": st.text(max_size=6), "team": st.sampled_from(["A", "B"]), "fte": st.text(max_size=4)},
        ),
        max_size=8,
    )
)
def test_whatever_a_list_holds_it_is_read_or_every_fault_has_a_row(rows: list[dict[str, str]]) -> None:
    columns = propose_staff_columns(["number", "name", "head", "team", "fte"])
    found = read_staff(rows, columns)
    if found.faults:
        assert not rows or all(1 <= (fault.row or 0) <= len(rows) for fault in found.faults)
    else:
        numbers = [person.number for person in found.people]
        assert len(set(numbers)) == len(numbers)
        assert all(person.head in (*numbers, "") for person in found.people)
