"""Columns that the target moved into a table of their own are compared in the row that each record names there."""

from pathlib import Path

from implement.engine.backend import open_backend
from implement.engine.intake import Intake, read_tables
from implement.engine.mapping import (
    LookedUp,
    Mapping,
    TableMapping,
    check_mapping,
    mapping_from_yaml,
    mapping_to_yaml,
    propose_mapping,
)
from implement.engine.reconcile import stage
from implement.engine.repair import build_repair
from tests.engine.transfers import Table, build_clients, listed, propose, run_transfer, write_table

GUESTS, HOUSES = build_clients(90), build_clients(120)[90:]
HEAD = ["guest_no", "name", "phone", "since", "house", "town", "house_phone"]
MOVED = ["house", "town", "house_phone"]


def _housed(place: int) -> list[str]:
    return HOUSES[place % len(HOUSES)][1:4]


def _write(folder: Path, named: dict[int, str] | None = None, *, held: Table | None = None) -> tuple[Path, Path]:
    """Guests with their house beside them; in the target they name it, some another one than they should."""
    guests = [[one[0], one[1], one[3], one[4]] for one in GUESTS]
    write_table(folder / "old" / "guests.csv", HEAD, [[*one, *_housed(n)] for n, one in enumerate(guests)])
    ids = [f"{700 + 13 * n}" for n in range(len(HOUSES))]
    rows = [[*one, (named or {}).get(n, ids[n % len(ids)])] for n, one in enumerate(guests)]
    write_table(folder / "new" / "visitors.csv", [*HEAD[:4], "lodging_id"], rows[::-1])
    lodgings = [[name, *cells] for name, cells in zip(ids, held or [one[1:4] for one in HOUSES], strict=True)]
    write_table(folder / "new" / "lodgings.csv", ["lodging_id", "title", "place", "call"], lodgings[::-1])
    return folder / "old", folder / "new"


def test_what_moved_into_a_table_of_its_own_is_no_loss(tmp_path: Path) -> None:
    found = run_transfer(*_write(tmp_path))
    assert (found.harmful, listed(found), found.only_in_target) == (0, [], ())


def test_a_record_that_names_another_row_or_none_is_told(tmp_path: Path) -> None:
    found = sorted(listed(run_transfer(*_write(tmp_path, {4: "", 7: "700", 9: "1"}))))
    lost = [(f"C{n:04}", "value_lost", field) for n in (4, 9) for field in MOVED]
    wrong = ((field, one != other) for field, one, other in zip(MOVED, _housed(7), _housed(0), strict=True))
    assert found == sorted([*lost, *(("C0007", "value_changed", field) for field, differs in wrong if differs)])


def test_rows_named_that_hold_something_else_are_no_counterpart(tmp_path: Path) -> None:
    others = [[f"Key {n * 37}", one[2], f"{n}"] for n, one in enumerate(HOUSES)]
    mapping = propose(*_write(tmp_path, held=others))
    assert (mapping.tables[0].looked_up, mapping.only_in_target) == ((), ("lodgings",))


def test_rows_that_only_new_records_name_say_nothing_of_the_old_ones(tmp_path: Path) -> None:
    old, new = _write(tmp_path, dict.fromkeys(range(len(GUESTS)), ""))
    with (new / "visitors.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"N{n:04},New {n},07{n:07},2026-01-{n % 28 + 1:02},{700 + 13 * n}\n" for n in range(30))
    found = run_transfer(old, new)
    lost = [(one["source_id"], one["field"]) for one in found.findings.to_pylist() if one["class"] == "value_lost"]
    assert sorted(lost) == sorted(("", field) for field in MOVED)


def test_the_mapping_says_where_they_are(tmp_path: Path) -> None:
    mapping = propose(*_write(tmp_path))
    table = mapping.tables[0]
    assert table.looked_up == (LookedUp("lodging_id", "lodgings", "lodging_id"),)
    there = {column.source: column.target for column in table.columns}
    assert [there[name] for name in MOVED] == ["lodging_id.title", "lodging_id.place", "lodging_id.call"]
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


def test_a_table_looked_up_that_is_not_there_is_a_fault() -> None:
    mapping = Mapping((TableMapping("a", "b", looked_up=(LookedUp("c", "d", "e"),)),))
    assert [fault.values for fault in check_mapping(mapping, Intake(()), Intake(()))] == [("a",), ("b",), ("d",)]


def test_a_repair_cannot_write_them_into_the_records_own_table(tmp_path: Path) -> None:
    old, new = _write(tmp_path, {4: ""})
    findings = run_transfer(old, new).findings
    with open_backend() as backend:
        source, target = (stage(read_tables(path, backend), backend) for path in (old, new))
        made = build_repair(findings, source, target, propose_mapping(source, target, backend), backend)
    assert (made.tables, sorted(one.field for one in made.left_out)) == ((), sorted(MOVED))
    assert {one.reason for one in made.left_out} == {"not_writable"}
