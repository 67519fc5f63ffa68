"""Several records named in one cell: told by whom a list names, in whatever order and writing, and by whose ids."""

import random
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import mapping_from_plain, mapping_to_plain, propose_mapping
from implement.engine.mapping.writings.id_lists import order_ids
from implement.engine.reconcile import Reconciliation, Tables, open_desk, reconcile, stage
from tests.engine.repair.firm import compare
from tests.engine.transfers import Table, build_clients, counted, listed, propose, run_transfer, write_table

Lists = dict[str, list[str]]
TORN, WRONG = "torn_relation", "wrong_relation"


def _draw_lists(clients: Table, count: int = 60, seed: int = 3) -> Lists:
    """Which one to three firms take part in each course."""
    chance = random.Random(seed)
    ids = [row[0] for row in clients]
    return {f"K{place:04}": chance.sample(ids, 1 + place % 3) for place in range(count)}


def _write(folder: Path, clients: Table, lists: Lists, *, by: str = ";", called: dict[str, str] | None = None) -> Path:
    """Firms and the courses they take part in; `called` says how this side calls the firms, beside their old id."""
    head, firms = ["nr", "firma", "ort"], [row[:3] for row in clients]
    if called is not None:
        head, firms = ["uid", *head], [[called[row[0]], *row] for row in firms]
    ids = called or {row[0]: row[0] for row in clients}
    rows = [
        [course, f"Kurs {course[1:]} {'ABC'[place % 3]}", by.join(ids.get(name, name) for name in names)]
        for place, (course, names) in enumerate(lists.items())
    ]
    write_table(folder / "firmen.csv", head, firms)
    write_table(folder / "kurse.csv", ["kurs", "thema", "firmen"], rows)
    return folder


def _renumber(clients: Table) -> dict[str, str]:
    return {row[0]: f"Z-{place * 7919 % 9973:05}" for place, row in enumerate(clients)}


@pytest.mark.parametrize("cell", ["A7;A1", " A1 ; A7;", "A7|A1|A7", "A1,A7", '["A1","A7"]', "['A7', 'A1']", "A7\nA1"])
def test_lists_of_the_same_ids_are_the_same(cell: str) -> None:
    assert order_ids(cell) == "A1;A7"


@pytest.mark.parametrize("by", [";", " | ", ", "])
@pytest.mark.parametrize("moves", [False, True])
def test_order_and_repeats_of_a_list_are_no_change(tmp_path: Path, by: str, moves: bool) -> None:  # M29
    clients = build_clients()
    lists = _draw_lists(clients)
    turned = {course: [*reversed(names), names[0]][: 4 if place % 5 else 3] for place, (course, names)
              in enumerate(lists.items())}  # fmt: skip
    called = _renumber(clients) if moves else None
    found = run_transfer(
        _write(tmp_path / "old", clients, lists), _write(tmp_path / "new", clients, turned, by=by, called=called)
    )
    assert counted(found).keys() <= {"reformatted"}
    assert not listed(found)


def _damage(lists: Lists, stranger: str) -> tuple[Lists, list[tuple[str, str, str]]]:
    """One firm lost, one exchanged, and all lost; with what is to be said."""
    damaged = {course: [*names] for course, names in lists.items()}
    several = [course for course, names in lists.items() if len(names) > 2]
    damaged[several[0]].pop(1)
    damaged[several[1]][0] = next(name for name in lists[several[0]] if name not in lists[several[1]])
    damaged[several[2]] = []
    damaged[several[3]][2] = stranger
    fates = [TORN, WRONG, TORN, TORN]
    return damaged, [(course, fate, "firmen") for course, fate in zip(several, fates, strict=False)]


@pytest.mark.parametrize("moves", [False, True])
def test_what_a_list_lost_is_torn_and_what_it_names_instead_is_wrong(tmp_path: Path, moves: bool) -> None:  # M29
    clients = build_clients()
    damaged, expected = _damage(lists := _draw_lists(clients), "C9999")
    called = _renumber(clients) if moves else None
    source = _write(tmp_path / "old", clients, lists)
    found = run_transfer(source, _write(tmp_path / "new", clients, damaged, called=called))
    assert listed(found) == sorted(expected)
    shown = {row["source_id"]: row["target_value"] for row in found.findings.to_pylist()}
    for course, _, _ in expected:
        ids = [called.get(name, name) if called else name for name in damaged[course]]
        assert shown[course] == ";".join(ids)


@pytest.mark.parametrize("moves", [False, True])
def test_a_list_with_a_dropped_record_is_torn_though_it_did_not_change(tmp_path: Path, moves: bool) -> None:  # M29
    clients = build_clients()
    lists = _draw_lists(clients)
    gone = lists["K0002"][1]
    called = _renumber(clients) if moves else None
    source = _write(tmp_path / "old", clients, lists)
    kept = [row for row in clients if row[0] != gone]
    found = run_transfer(source, _write(tmp_path / "new", kept, lists, called=called))
    torn = [(course, TORN, "firmen") for course, names in lists.items() if gone in names]
    assert sorted(listed(found)) == sorted([(gone, "dropped", ""), *torn])


def test_lists_from_json_are_read_as_lists(tmp_path: Path) -> None:  # M29
    clients = build_clients()
    damaged, expected = _damage(lists := _draw_lists(clients), "C9999")
    source = _write(tmp_path / "old", clients, lists)
    (source / "kurse.csv").unlink()
    lines = [
        f'{{"kurs": "{course}", "thema": "Kurs {course[1:]} {"ABC"[place % 3]}", "firmen": {[*names]}}}'
        for place, (course, names) in enumerate(lists.items())
    ]
    (source / "kurse.jsonl").write_text("\n".join(lines).replace("'", '"'), encoding="utf-8")
    found = run_transfer(source, _write(tmp_path / "new", clients, damaged))
    assert listed(found) == sorted(expected)
    assert counted(found)["reformatted"] == 1


def test_words_that_name_no_records_stay_text(tmp_path: Path) -> None:
    clients, chance = build_clients(), random.Random(4)
    tags = {course: chance.sample(["neu", "alt", "teuer", "laut"], 1 + place % 3) for place, course
            in enumerate(_draw_lists(clients))}  # fmt: skip
    mapping = propose(_write(tmp_path / "old", clients, tags), _write(tmp_path / "new", clients, tags))
    assert not any(table.listed for table in mapping.tables)
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")) == {}


def test_cells_of_one_id_each_name_a_record_as_ever(tmp_path: Path) -> None:
    clients = build_clients()
    lists = {course: names[:1] for course, names in _draw_lists(clients).items()}
    mapping = propose(_write(tmp_path / "old", clients, lists), _write(tmp_path / "new", clients, lists))
    courses = mapping.table("kurse")
    assert courses is not None and not courses.listed
    assert [one.column for one in courses.references] == ["firmen"]


def test_a_mapping_keeps_what_is_listed(tmp_path: Path) -> None:
    clients = build_clients()
    lists = _draw_lists(clients)
    old = _write(tmp_path / "old", clients, lists)
    mapping = propose(old, _write(tmp_path / "new", clients, lists, called=_renumber(clients)))
    courses = mapping.table("kurse")
    assert courses is not None
    assert [(one.column, one.target_parent_column) for one in courses.listed] == [("firmen", "uid")]
    assert mapping_from_plain(mapping_to_plain(mapping)) == mapping


def _reconcile(source: Path, target: Path, engine: str) -> Reconciliation:
    with open_backend(engine) as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        return reconcile(sides[0], sides[1], propose_mapping(sides[0], sides[1], backend), backend)


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("moves", [False, True])
def test_spark_says_the_same_of_lists(tmp_path: Path, moves: bool) -> None:  # M34
    clients = build_clients()
    damaged, _ = _damage(lists := _draw_lists(clients), "C9999")
    called = _renumber(clients) if moves else None
    source = _write(tmp_path / "old", clients, lists)
    target = _write(tmp_path / "new", [row for row in clients if row[0] != lists["K0001"][0]], damaged, called=called)
    one, other = (_reconcile(source, target, engine).findings.to_pylist() for engine in ("duckdb", "spark"))
    assert one == other


@pytest.mark.parametrize("moves", [False, True])
def test_a_table_may_list_its_own_records(tmp_path: Path, moves: bool) -> None:  # M29
    chance, ids = random.Random(5), [f"D{place:05}" for place in range(90)]
    called = {one: f"N{place * 7919 % 9973:05}" if moves else one for place, one in enumerate(ids)}
    lists = {one: chance.sample([other for other in ids if other != one], place % 4) for place, one in enumerate(ids)}
    rows = [[one, f"Angebot {place * 37 % 101}/{place}", ";".join(lists[one])] for place, one in enumerate(ids)]
    there = [[called[one], *rows[place][:2], "|".join(called[other] for other in reversed(lists[one]))]
             for place, one in enumerate(ids)]  # fmt: skip
    there[7][3] = there[7][3].rpartition("|")[0]
    write_table(tmp_path / "old" / "angebote.csv", ["deal_id", "titel", "related_deals"], rows)
    write_table(tmp_path / "new" / "offers.csv", ["offer_id", "old_id", "title", "related"], there)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("D00007", TORN, "related_deals")]


@pytest.mark.parametrize("moves", [False, True])
def test_a_repair_writes_lists_of_kept_ids_alone(tmp_path: Path, moves: bool) -> None:
    clients = build_clients()
    damaged, expected = _damage(lists := _draw_lists(clients), "C9999")
    lost = damaged.popitem()[0]
    called = _renumber(clients) if moves else None
    target = _write(tmp_path / "new", clients, damaged, called=called)
    found, repair = compare(_write(tmp_path / "old", clients, lists), target)
    assert sorted(listed(found)) == sorted([*expected, (lost, "dropped", "")])
    written = {row["kurs"]: row.get("firmen") for table in repair.tables for row in table.rows.to_pylist()}
    asked = {course: ";".join(lists[course]) for course in [lost, *(one for one, _, _ in expected)]}
    assert written == ({lost: None} if moves else asked)
    assert [one.reason for one in repair.left_out] == (["not_writable"] * len(expected) if moves else [])


def test_lists_by_other_ids_say_nothing_for_or_against_a_link(tmp_path: Path) -> None:
    clients = build_clients()
    source = _write(tmp_path / "old", clients, lists := _draw_lists(clients))
    target = _write(tmp_path / "new", clients, lists, called=_renumber(clients))
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        mapping = propose_mapping(sides[0], sides[1], backend)
        tables = [{table.name: table for table in side.tables} for side in sides]
        desk = open_desk("kurse", Tables(mapping, tables[0], tables[1], backend))
        assert desk is not None
        assert {field.field for field in desk.weigh(3, 3).fields} == {"thema"}


@pytest.mark.parametrize("moves", [False, True])
def test_arrays_of_single_ids_name_records_too(tmp_path: Path, moves: bool) -> None:  # M29
    clients = build_clients()
    lists = {course: names[:1] for course, names in _draw_lists(clients).items()}
    bare = {course: [f'["{name}"]' for name in names] for course, names in lists.items()}
    source = _write(tmp_path / "old", clients, bare)
    lists["K0007"], lists["K0009"] = lists["K0003"], []
    called = _renumber(clients) if moves else None
    found = run_transfer(source, _write(tmp_path / "new", clients, lists, called=called))
    assert listed(found) == [("K0007", WRONG, "firmen"), ("K0009", TORN, "firmen")]
