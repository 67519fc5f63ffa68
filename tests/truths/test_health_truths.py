"""Counted truths of real CRM tables before any transfer (make check-data)."""

import csv
from itertools import combinations
from pathlib import Path

import pytest

from implement.commands import health
from implement.engine.backend import open_backend
from implement.engine.health import HealthFinding, check_health
from implement.engine.intake import read_tables

pytestmark = pytest.mark.truths


def look_through(source: Path) -> dict[tuple[str, str, str], HealthFinding]:
    with open_backend() as backend:
        report = check_health(read_tables(source, backend), backend)
    return {(one.kind, one.table, one.column): one for one in report.findings}


def test_slips_of_the_old_pipeline_are_known_before_the_transfer(truths: Path) -> None:  # M29
    found = look_through(truths / "maven_crm/source")
    assert {key: one.count for key, one in found.items()} == {
        ("orphan", "sales_pipeline", "product"): 1480,
        ("empty", "sales_pipeline", "close_date"): 2089,
        ("empty", "sales_pipeline", "close_value"): 2089,
        ("empty", "sales_pipeline", "account"): 1425,
        ("empty", "sales_pipeline", "engage_date"): 500,
        ("childless", "sales_teams", "sales_agent"): 5,
        ("childless", "products", "product"): 1,
    }
    assert found["orphan", "sales_pipeline", "product"].examples == (("GTXPro", "GTX Pro", 1480),)


def test_the_command_writes_every_row_behind_every_finding(truths: Path, tmp_path: Path) -> None:
    out = tmp_path / "health.csv"
    assert health.run([str(truths / "maven_crm/source"), "--out", str(out)]) == 1
    with out.open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.DictReader(file)) == 1480 + 2 * 2089 + 1425 + 500 + 5 + 1


def test_usage_ids_given_twice_are_found(truths: Path) -> None:
    found = look_through(truths / "ravenstack_saas")
    assert found["duplicate_key", "ravenstack_feature_usage", "usage_id"].count == 21


@pytest.mark.parametrize(("name", "least"), [("dataset1", 0.99), ("dataset2", 0.98), ("dataset3", 0.93)])
def test_people_written_twice_are_found_and_nobody_else(truths: Path, name: str, least: float) -> None:
    source = truths / f"febrl/{name}.csv"
    with source.open(encoding="utf-8", newline="") as file:
        people = [row["rec_id"].split("-")[1] for row in csv.DictReader(file)]
    behind = look_through(source)["duplicate_record", name, ""].behind
    groups: dict[int, set[int]] = {}
    for row, first in zip(behind.rows.tolist(), behind.others, strict=True):
        groups.setdefault(int(first), {int(first)}).add(row)
    found = {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
    rows = range(1, len(people) + 1)
    true = {pair for pair in combinations(rows, 2) if people[pair[0] - 1] == people[pair[1] - 1]}
    assert found <= true
    assert len(found) >= least * len(true)
