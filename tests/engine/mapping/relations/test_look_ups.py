"""Records that are named by id and name in one cell: their ids are read, and told like any relation."""

from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import MappingFault, mapping_from_yaml, mapping_to_yaml, propose_mapping
from implement.engine.reconcile import Reconciliation, reconcile, stage
from tests.engine.repair.firm import compare
from tests.engine.transfers import (
    Table,
    build_clients,
    build_deals,
    counted,
    listed,
    propose,
    run_transfer,
    write_table,
)

CLIENTS = build_clients(90)
DEALS = build_deals(CLIENTS, 200)
NAMES = {row[0]: row[1] for row in CLIENTS}
OWN = {row[0]: f"Z-{place * 7919 % 9973:05}" for place, row in enumerate(CLIENTS)}
ITSELF = {row[0]: row[0] for row in CLIENTS}
WAYS = [("{1} ({0})", "brackets"), ("{1} [{0}]", "brackets"), ("{0} - {1}", "first"), ("{1} | {0}", "last")]
Called = dict[str, str]


def _write(folder: Path, head: str, called: Called, deals: Table = DEALS, clients: Table = CLIENTS) -> Path:
    """Firms and deals; `called` is what stands in a deal for each firm."""
    firms = [[OWN[row[0]], *row[:3]] for row in clients]
    if head == "firma":
        firms = [row[1:] for row in firms]
    write_table(folder / "firmen.csv", (["uid"] if head != "firma" else []) + ["nr", "name", "ort"], firms)
    rows = [[deal[0], called.get(deal[1], deal[1]), *deal[2:5]] for deal in deals]
    write_table(folder / "deals.csv", ["deal", head, "titel", "stufe", "betrag"], rows)
    return folder


def _old(folder: Path, way: str = WAYS[0][0]) -> Path:
    return _write(folder / "old", "firma", {one: way.format(one, name) for one, name in NAMES.items()})


@pytest.mark.parametrize(("way", "id_at"), WAYS)
@pytest.mark.parametrize("called", [ITSELF, OWN, NAMES])
def test_the_target_may_keep_the_id_its_own_or_the_name(tmp_path: Path, way: str, id_at: str, called: Called) -> None:
    source, target = _old(tmp_path, way), _write(tmp_path / "new", "account", called)
    mapping = propose(source, target)
    table = mapping.table("deals")
    column = table.column("firma") if table else None
    assert table is not None and column is not None
    assert (column.target, column.source_writing.id_at) == ("account", id_at)
    assert [(one.column, one.parent, one.parent_column) for one in table.references] == [("firma", "firmen", "nr")]
    found = run_transfer(source, target)
    assert not listed(found) and counted(found) == {"reformatted": 1}


def _damage() -> tuple[Table, list[tuple[str, str, str]]]:
    """Two deals of another firm and two of none, with what is to be said."""
    deals = [[*deal] for deal in DEALS]
    for place, firm in ((3, DEALS[9][1]), (50, DEALS[60][1]), (70, ""), (90, "")):
        deals[place][1] = firm
    fates = ((3, "wrong_relation"), (50, "wrong_relation"), (70, "torn_relation"), (90, "torn_relation"))
    return deals, [(DEALS[place][0], fate, "firma") for place, fate in fates]


@pytest.mark.parametrize("called", [ITSELF, OWN])
def test_another_record_is_a_wrong_relation_and_none_a_torn_one(tmp_path: Path, called: Called) -> None:
    deals, expected = _damage()
    target = _write(tmp_path / "new", "account", called, deals)
    found, repair = compare(_old(tmp_path), target)
    assert listed(found) == sorted(expected)
    written = {row["deal"]: row["account"] for table in repair.tables for row in table.rows.to_pylist()}
    assert written == {DEALS[place][0]: called[DEALS[place][1]] for place in (3, 50, 70, 90)}


def test_deals_of_a_dropped_record_are_torn(tmp_path: Path) -> None:
    gone = DEALS[5][1]
    kept = [row for row in CLIENTS if row[0] != gone]
    found = run_transfer(_old(tmp_path), _write(tmp_path / "new", "account", OWN, clients=kept))
    torn = [(deal[0], "torn_relation", "firma") for deal in DEALS if deal[1] == gone]
    assert sorted(listed(found)) == sorted([(gone, "dropped", ""), *torn])


@pytest.mark.parametrize("way", ["{1} ({0})", "{0} - {1}"])
def test_titles_with_numbers_behind_them_name_no_record(tmp_path: Path, way: str) -> None:
    numbered = [[str(place + 1), *row[1:]] for place, row in enumerate(CLIENTS)]
    titled = [[deal[0], str(place % 90 + 1), way.format(place % 90 + 1, deal[2])] for place, deal in enumerate(DEALS)]
    for side in ("old", "new"):
        write_table(tmp_path / side / "firmen.csv", ["nr", "name", "ort"], [row[:3] for row in numbered])
        write_table(tmp_path / side / "deals.csv", ["deal", "firma", "titel"], titled)
    mapping = propose(tmp_path / "old", tmp_path / "new")
    assert not any(column.source_writing.id_at for table in mapping.tables for column in table.columns)
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")) == {}


def test_what_the_target_keeps_whole_or_apart_is_compared_whole(tmp_path: Path) -> None:
    both = {one: f"{name} ({one})" for one, name in NAMES.items()}
    source, target = _old(tmp_path), _write(tmp_path / "new", "account", both)
    assert counted(run_transfer(source, target)) == {}
    rows = [[deal[0], deal[1], NAMES[deal[1]], *deal[2:5]] for deal in DEALS]
    rows[7][2] = "Another"
    write_table(target / "deals.csv", ["deal", "account", "account_name", "titel", "stufe", "betrag"], rows)
    assert listed(run_transfer(source, target)) == [(DEALS[7][0], "value_changed", "firma")]


def test_a_mapping_says_where_the_id_stands(tmp_path: Path) -> None:
    text = mapping_to_yaml(propose(_old(tmp_path), _write(tmp_path / "new", "account", OWN)))
    assert mapping_to_yaml(mapping_from_yaml(text)) == text
    with pytest.raises(MappingFault) as found:
        mapping_from_yaml(text.replace("id_at: brackets", "id_at: beside"))
    assert [(one.code, one.values) for one in found.value.faults] == [("mapping_setting", ("beside",))]


def _reconcile(source: Path, target: Path, engine: str) -> Reconciliation:
    with open_backend(engine) as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        return reconcile(sides[0], sides[1], propose_mapping(sides[0], sides[1], backend), backend)


@pytest.mark.usefixtures("spark")
def test_spark_says_the_same_of_look_ups(tmp_path: Path) -> None:  # M34
    source, target = _old(tmp_path), _write(tmp_path / "new", "account", OWN, _damage()[0])
    one, other = (_reconcile(source, target, engine).findings.to_pylist() for engine in ("duckdb", "spark"))
    assert one == other
