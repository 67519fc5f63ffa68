"""Addresses of pages that one side writes with more before them: long words that differ at their beginning alone."""

import random
from pathlib import Path

import pytest

from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import listed, run_transfer, write_table

PAGES = [f"{random.Random(n).choice(['north', 'harbour', 'timber', 'copper'])}works-{n * 7919 % 997}-limited.example"
         for n in range(120)]  # fmt: skip
BEGINNINGS = [("www.", "https://www."), ("", "https://"), ("http://www.", "https://www."), ("https://", "")]
PLACE = 33


def transfer(folder: Path, old: list[str], new: list[str]) -> Reconciliation:
    """Reconcile firms whose page is called otherwise by the other side."""
    for side, name, cells in (("old", "internet", old), ("new", "siteUri", new)):
        rows = [[f"F{n}", f"Firm {n * 31 % 1000}", cell] for n, cell in enumerate(cells)]
        write_table(folder / side / "firms.csv", ["firm", "called", name], rows)
    return run_transfer(folder / "old", folder / "new")


@pytest.mark.parametrize(("before", "behind"), BEGINNINGS)
def test_what_stands_before_all_addresses_of_a_column_is_its_writing(tmp_path: Path, before: str, behind: str) -> None:
    old, new = [before + page for page in PAGES], [behind + page for page in PAGES]
    rows = transfer(tmp_path / "same", old, new).findings.to_pylist()
    assert [(row["class"], row["field"], row["source_id"]) for row in rows] == [("reformatted", "internet", "")]
    changed = [*new[:PLACE], new[3], *new[PLACE + 1 :]]
    assert listed(transfer(tmp_path / "changed", old, changed)) == [(f"F{PLACE}", "value_changed", "internet")]


def test_addresses_of_other_pages_are_no_counterpart(tmp_path: Path) -> None:
    old, new = [f"www.{page}" for page in PAGES], [f"https://www.{page}" for page in (*PAGES[7:], *PAGES[:7])]
    rows = transfer(tmp_path, old, new).findings.to_pylist()
    assert [(row["class"], row["field"]) for row in rows] == [("value_lost", "internet")]
