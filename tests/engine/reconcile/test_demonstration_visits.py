"""The demonstration's people and visits show lists, several parents, centuries and countries, fault by fault."""

from pathlib import Path
from shutil import copytree

from implement.demo.after_state import LEGACY, Row, read_table, write_export, write_table
from implement.demo.visits import ABROAD, FIRST_BIRTH, LACKING, TORN, YEARS, list_new, list_old
from tests.engine.transfers import propose, run_transfer


def test_each_planted_fault_is_found_and_nothing_else_of_people_and_visits(tmp_path: Path) -> None:  # M29
    found = run_transfer(*write_both(tmp_path)).findings.to_pylist()
    told = {
        (one["source_id"], one["class"], one["field"])
        for one in found
        if one["table"] in ("people", "visits") and one["class"] != "reformatted"
    }
    assert told == {
        *((f"V-{place:03}", "torn_relation", "concerning") for place in TORN),
        *((f"V-{place:03}", "torn_relation", "guests") for place in LACKING),
        *((f"P{place:03}", "value_changed", "telephone") for place in ABROAD),
    }


def test_the_mapping_of_people_and_visits_says_what_became_of_them(tmp_path: Path) -> None:
    mapping = propose(*write_both(tmp_path))
    people, visits = mapping.table("people"), mapping.table("visits")
    assert people and visits
    birthday, telephone = people.column("birthday"), people.column("telephone")
    assert birthday and FIRST_BIRTH + YEARS - 100 <= birthday.source_writing.first_year <= FIRST_BIRTH
    assert telephone and (telephone.source_writing.prefixes, telephone.target_writing.mark) == ("0", "+1")
    assert {one.parent for one in visits.references} == {"accounts", "sales_pipeline"}
    assert [(one.column, one.parent) for one in visits.listed] == [("guests", "people")]


def write_both(folder: Path) -> tuple[Path, Path]:
    """All that the demonstration compares."""
    old, new = Path(copytree(LEGACY, folder / "old")), folder / "new"
    deals = read_table(write_export(new)[0])
    write(old, list_old())
    write(new, list_new(deals))
    return old, new


def write(folder: Path, tables: dict[str, list[Row]]) -> None:
    for name, rows in tables.items():
        write_table(folder / f"{name}.csv", rows)
