"""References written in capitals or braces name the record whose id they are, however that writes it."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import propose_mapping
from implement.engine.mapping.plan import LOOSE, TEXT
from implement.engine.reconcile import Tables, open_desk, stage
from tests.engine.transfers import (
    CLIENT_HEAD,
    Table,
    build_clients,
    counted,
    listed,
    propose,
    run_transfer,
    write_table,
)

TORN, WRONG = "torn_relation", "wrong_relation"
Write = Callable[[str], str]
CLIENTS = build_clients()
WAYS: dict[str, Write] = {
    "capitals": str.upper,
    "braces": lambda name: "{" + name + "}",
    "both": lambda name: "{" + name.upper() + "}",
    "no hyphens": lambda name: name.replace("-", ""),
    "some of them": lambda name: name.upper() if name[0] in "02468a" else name,
}


def _new_id(old: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, old))


def _visits(count: int = 120) -> Table:
    return [[f"V{place:04}", CLIENTS[place * 7 % len(CLIENTS)][0], f"Visit {place * 31} of {place % 11}"]
            for place in range(count)]  # fmt: skip


def _write(folder: Path, visits: Table, write: Write | None = None, called: Callable[[str], str] = _new_id) -> Path:
    """Clients and visits to them; `write` says how this side, with ids of its own, writes them in visits."""
    head, clients = CLIENT_HEAD, CLIENTS
    if write is not None:
        head, clients = ["uid", *head], [[called(row[0]), *row] for row in clients]
        visits = [[visit, write(called(name)) if name else "", text] for visit, name, text in visits]
    write_table(folder / "clients.csv", head, clients)
    write_table(folder / "visits.csv", ["visit", "client", "subject"], visits)
    return folder


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
def test_an_id_in_another_writing_tears_nothing(tmp_path: Path, write: Write) -> None:  # M29
    found = run_transfer(_write(tmp_path / "old", _visits()), _write(tmp_path / "new", _visits(), write))
    assert counted(found).keys() <= {"reformatted"}
    assert not listed(found)


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
def test_another_client_is_wrong_in_whatever_writing_and_none_is_torn(tmp_path: Path, write: Write) -> None:  # M29
    visits = [[*row] for row in _visits()]
    for row, other in zip(visits, [CLIENTS[40][0], "", "C9999"], strict=False):
        row[1] = other
    found = run_transfer(_write(tmp_path / "old", _visits()), _write(tmp_path / "new", visits, write))
    told = zip(["V0000", "V0001", "V0002"], [WRONG, TORN, TORN], strict=True)
    assert listed(found) == [(visit, fate, "client") for visit, fate in told]


def test_the_page_of_a_record_says_that_both_name_the_same_client(tmp_path: Path) -> None:
    old, new = _write(tmp_path / "old", _visits()), _write(tmp_path / "new", _visits(), WAYS["both"])
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (old, new)]
        tables = [{one.name: one for one in side.tables} for side in sides]
        desk = open_desk("visits", Tables(propose_mapping(*sides, backend), *tables, backend))
        assert desk is not None
        assert {one.field: one.verdict for one in desk.weigh(3, 3).fields}["client"] == "agrees"


@pytest.mark.parametrize(
    ("called", "write", "kind"),
    [
        (_new_id, str, TEXT),
        (_new_id, str.upper, LOOSE),
        (lambda old: f"k{'x' if int(old[1:]) % 2 else 'X'}{int(old[1:]) // 2:05}", str.upper, TEXT),
    ],
    ids=["as it is", "in capitals", "ids that only capitals tell apart"],
)
def test_the_mapping_says_that_ids_are_read_loosely_where_none_are_alike_then(
    tmp_path: Path, called: Callable[[str], str], write: Write, kind: str
) -> None:
    visits = propose(_write(tmp_path / "old", _visits()), _write(tmp_path / "new", _visits(), write, called)).table(
        "visits"
    )
    column = visits.column("client") if visits else None
    assert column is not None
    assert column.kind == kind
