"""Imports go downward only, rooms ask each other by service, and the engine stays pure."""

import pytest

import implement
from tests.house.doors import (
    find_busy_fronts,
    find_closed_doors,
    find_cycles,
    find_cycles_within,
    find_forced_rooms,
    find_foreign_packages,
    find_hidden_imports,
    read_doors,
)
from tests.house.source import ROOT, Module, read_module, read_modules

DOORS = read_doors(implement.__doc__ or "")


def house() -> list[Module]:
    """All modules that stand behind a door; the root itself only holds the map."""
    front = [read_module(path) for path in [ROOT / "wsgi.py"] if path.exists()]
    return [*front, *(module for module in read_modules() if module.name != "implement")]


def test_map_names_every_room_from_roof_to_cellar() -> None:
    assert DOORS[0] == ["wsgi"]
    assert DOORS[-1] == ["engine"]
    assert ["stages.transfer"] in DOORS
    assert len(DOORS) == 15


def test_imports_go_through_doors_downward() -> None:
    assert find_closed_doors(house(), DOORS) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("implement.engine.usage", "import implement.db"),
        ("implement.stages.pilot.service", "from implement.stages import adoption"),
        ("implement.stages.pilot.service", "from ..adoption.service import score"),
        ("implement.web.access", "from implement.rollout.service import find_rollout"),
        ("implement.cellar.service", "from implement.engine import facts"),
    ],
)
def test_an_import_upward_is_found(name: str, line: str) -> None:
    assert len(find_closed_doors([Module(name, line)], DOORS)) == 1


def test_an_import_downward_is_let_through() -> None:
    later_room = Module("implement.stages.adoption.service", "from implement.stages.transfer import service")
    assert find_closed_doors([later_room], DOORS) == []


def test_rooms_ask_each_other_by_service_only() -> None:
    assert find_forced_rooms(house(), DOORS) == []


@pytest.mark.parametrize("door", ["tables", "forms", "views"])
def test_a_forced_room_is_found(door: str) -> None:
    line = f"from implement.stages.transfer.{door} import Case"
    assert len(find_forced_rooms([Module("implement.stages.adoption.service", line)], DOORS)) == 1
    assert find_forced_rooms([Module("implement.stages.transfer.service", line)], DOORS) == []


def test_every_package_belongs_where_it_is_imported() -> None:
    assert find_foreign_packages(house()) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("implement.engine.usage", "import flask"),
        ("implement.engine.usage", "import duckdb"),
        ("implement.engine.reconcile.keys", "import yaml"),
        ("implement.stages.audit.service.answers", "from flask import request"),
        ("implement.control.incentives.service", "import wtforms"),
        ("implement.stages.adoption.views", "from matplotlib.figure import Figure"),
    ],
)
def test_a_foreign_package_is_found(name: str, line: str) -> None:
    assert len(find_foreign_packages([Module(name, line)])) == 1


def test_no_import_hides_in_a_function() -> None:
    assert find_hidden_imports(house()) == []


def test_a_hidden_import_is_found_unless_it_is_an_optional_extra() -> None:
    hidden = Module("implement.store", "def keep():\n    import boto3\n")
    assert len(find_hidden_imports([hidden])) == 1
    assert find_hidden_imports([Module("implement.engine.backend", "def spark():\n    import pyspark\n")]) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert find_cycles(house()) == []


def test_a_circle_of_imports_is_found_once() -> None:
    circle = [
        Module("implement.a", "from implement.b import one"),
        Module("implement.b", "from implement import c"),
        Module("implement.c", "import implement.a"),
    ]
    assert find_cycles(circle) == ["implement.a → implement.b → implement.c"]


@pytest.mark.parametrize("package", ["implement.engine.mapping", "implement.engine.reconcile"])
def test_no_packages_of_the_transfer_engine_need_each_other(package: str) -> None:
    assert find_cycles_within(package, house()) == []


def test_packages_that_need_each_other_are_found_though_no_modules_do() -> None:
    needing = [
        Module("implement.a.cells.one", "from implement.a.rows.two import row"),
        Module("implement.a.rows.two", "import re"),
        Module("implement.a.rows.three", "from implement.a.cells.one import cell"),
    ]
    assert find_cycles(needing) == []
    assert find_cycles_within("implement.a", needing) == ["cells → rows"]


def test_the_front_of_a_package_only_names_what_it_offers() -> None:
    assert find_busy_fronts(house()) == []


def test_a_global_in_the_front_of_a_package_is_found() -> None:
    text = '"""Jobs."""\nfrom implement.jobs.queue import run\n\nqueue = run()\n'
    front = Module("implement.jobs", text, is_package=True)
    assert len(find_busy_fronts([front])) == 1
