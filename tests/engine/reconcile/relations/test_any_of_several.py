"""A column that names records of any of several tables: each is looked up where it is, and told by whom it names."""

import random
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import mapping_from_plain, mapping_to_plain, propose_mapping
from implement.engine.reconcile import Tables, open_desk, stage
from tests.engine.repair.firm import compare
from tests.engine.transfers import Table, build_clients, counted, listed, propose, run_transfer, write_table

TORN, WRONG = "torn_relation", "wrong_relation"
KINDS = {"firms": "F", "tickets": "T", "ships": "S"}


def _build(kinds: int) -> dict[str, Table]:
    """Tables of records that have nothing in common but that notes are about them."""
    words = [row[1:3] for row in build_clients(40 * kinds)]
    names = list(KINDS)[:kinds]
    return {
        name: [[f"{KINDS[name]}{place:04}", *words[40 * turn + place]] for place in range(40)]
        for turn, name in enumerate(names)
    }


def _draw_notes(records: dict[str, Table], count: int = 150) -> dict[str, str]:
    """Which record each note is about."""
    chance = random.Random(5)
    ids = [row[0] for table in records.values() for row in table]
    return {f"N{place:04}": chance.choice(ids) for place in range(count)}


def _write(
    folder: Path, records: dict[str, Table], notes: dict[str, str], called: dict[str, str] | None = None
) -> Path:
    """Records and notes; `called` says how this side calls the records, beside their old id."""
    for name, table in records.items():
        head, rows = [f"{name}_nr", "title", "place"], table
        if called is not None:
            head, rows = ["uid", *head], [[called[row[0]], *row] for row in rows if row[0] in called]
        write_table(folder / f"{name}.csv", head, rows)
    about = [(called or {}).get(named, named) for named in notes.values()]
    lines = [[note, f"Text {note[1:]} of {place % 7}", one] for place, (note, one) in
             enumerate(zip(notes, about, strict=True))]  # fmt: skip
    write_table(folder / "notes.csv", ["note", "text", "about"], lines)
    return folder


def _renumber(records: dict[str, Table]) -> dict[str, str]:
    ids = [row[0] for table in records.values() for row in table]
    return {name: f"{place * 7919 % 9973:06}-{place % 7}x" for place, name in enumerate(ids)}


@pytest.mark.parametrize("kinds", [2, 3])
@pytest.mark.parametrize("moves", [False, True])
def test_a_note_about_a_record_of_any_table_is_not_torn(tmp_path: Path, kinds: int, moves: bool) -> None:  # M29
    records = _build(kinds)
    notes = _draw_notes(records)
    called = _renumber(records) if moves else None
    found = run_transfer(_write(tmp_path / "old", records, notes), _write(tmp_path / "new", records, notes, called))
    assert counted(found).keys() <= {"reformatted"}
    assert not listed(found)


def _damage(records: dict[str, Table], notes: dict[str, str]) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Notes about a record of another table, about another of the same, about nothing, and about a stranger."""
    about = [note for note, named in notes.items() if named[0] == "F" and named != "F0000"]
    found = {about[0]: records["tickets"][0][0], about[1]: "F0000", about[2]: "", about[3]: "Q9999"}
    fates = zip(found, [WRONG, WRONG, TORN, TORN], strict=True)
    return notes | found, [(note, fate, "about") for note, fate in fates]


@pytest.mark.parametrize("moves", [False, True])
def test_another_record_is_wrong_of_whatever_table_and_none_is_torn(tmp_path: Path, moves: bool) -> None:  # M29
    records = _build(3)
    notes = _draw_notes(records)
    damaged, told = _damage(records, notes)
    called = _renumber(records) if moves else None
    found = run_transfer(_write(tmp_path / "old", records, notes), _write(tmp_path / "new", records, damaged, called))
    assert sorted(listed(found)) == sorted(told)


@pytest.mark.parametrize("moves", [False, True])
def test_what_is_about_a_dropped_record_is_torn_and_says_of_which_table(tmp_path: Path, moves: bool) -> None:  # M29
    records = _build(2)
    notes = _draw_notes(records)
    lost = {row[0] for row in records["tickets"][:6]}
    kept = records | {"tickets": records["tickets"][6:]}
    called = {name: new for name, new in _renumber(records).items() if name not in lost} if moves else None
    found = run_transfer(_write(tmp_path / "old", records, notes), _write(tmp_path / "new", kept, notes, called))
    torn = [(note, TORN, "about") for note, named in notes.items() if named in lost]
    assert sorted(listed(found)) == sorted([*torn, *((name, "dropped", "") for name in lost)])
    assert [one.parent for one in found.causes if one.fate == TORN] == ["tickets"]


def test_of_ids_that_two_tables_share_none_is_said_to_be_meant(tmp_path: Path) -> None:
    records = _build(2)
    shared = records | {"tickets": [["F" + row[0][1:], *row[1:]] for row in records["tickets"]]}
    folder = _write(tmp_path / "old", shared, _draw_notes(records | {"tickets": []}))
    notes = propose(folder, folder).table("notes")
    assert notes is not None
    assert len(notes.references) == 1


def test_the_mapping_says_all_the_parents_and_is_read_back(tmp_path: Path) -> None:
    records = _build(3)
    notes = _draw_notes(records)
    old, new = tmp_path / "old", tmp_path / "new"
    mapping = propose(_write(old, records, notes), _write(new, records, notes, _renumber(records)))
    assert mapping_from_plain(mapping_to_plain(mapping)) == mapping
    known = mapping.table("notes")
    assert known is not None
    assert {(one.parent, one.target_parent_column) for one in known.referring["about"]} == {
        (name, "uid") for name in records
    }


def test_one_of_two_records_that_a_note_may_be_about_is_laid_beside_what_it_became(tmp_path: Path) -> None:
    records = _build(2)
    notes = _draw_notes(records)
    old, new = tmp_path / "old", tmp_path / "new"
    _write(old, records, notes)
    _write(new, records, notes, _renumber(records))
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (old, new)]
        mapping = propose_mapping(*sides, backend)
        tables = [{one.name: one for one in side.tables} for side in sides]
        desk = open_desk("notes", Tables(mapping, *tables, backend))
        assert desk is not None
        told = {one.field: one.verdict for row in (1, 2, 3, 4, 5) for one in desk.weigh(row, row).fields}
    assert told["about"] == "agrees"


def test_what_a_note_is_about_is_written_back_by_the_ids_of_whichever_table(tmp_path: Path) -> None:  # M29
    records = _build(2)
    notes = _draw_notes(records)
    damaged, _ = _damage(records | {"tickets": records["tickets"]}, notes)
    called = _renumber(records)
    old, new = tmp_path / "old", tmp_path / "new"
    _, repair = compare(_write(old, records, notes), _write(new, records, damaged, called))
    written = {row["note"]: row["about"] for table in repair.tables for row in table.rows.to_pylist()}
    assert written == {note: called[named] for note, named in notes.items() if damaged[note] != named}


def test_a_ticket_that_names_a_firm_itself_does_not_hide_what_notes_are_about(tmp_path: Path) -> None:
    records = _build(2)
    notes = {f"N{place:04}": table[place % 40][0] for place in range(120)
             for table in [records["firms" if place % 2 else "tickets"]]}  # fmt: skip
    called, sides = _renumber(records), []
    for side, names in (("old", {}), ("new", called)):
        folder = _write(tmp_path / side, records, notes, names or None)
        rows = [[names.get(row[0], row[0]), row[0], row[1], names.get(firm[0], firm[0])]
                for row, firm in zip(records["tickets"], records["firms"], strict=True)]  # fmt: skip
        head = ["uid", "tickets_nr", "title", "firm"]
        write_table(folder / "tickets.csv", head if names else head[1:], rows if names else [row[1:] for row in rows])
        sides.append(folder)
    assert not listed(run_transfer(*sides))
