"""Dates with two digits of the year: the other side tells the century."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import counted, listed, propose, run_transfer, write_table

OLD = [date(1926, 3, 2) + timedelta(days=97 * number) for number in range(150)]
MIXED = [date(1931, 5, 9) + timedelta(days=173 * number) for number in range(150)]
TO_COME = [date(2024, 1, 7) + timedelta(days=151 * number) for number in range(150)]
SHORT = ["%d.%m.%y", "%m/%d/%y", "%d-%b-%y"]
PLACE = 40


def transfer(folder: Path, old: list[str], new: list[str]) -> Reconciliation:
    """Reconcile pupils of whom one day is called otherwise by the other side."""
    pupils = [[f"P{n}", f"Pupil {n * 7919 % 1000}"] for n in range(len(old))]
    for side, name, cells in (("old", "geboren", old), ("new", "dayOfIt", new)):
        rows = [[*pupil, cell] for pupil, cell in zip(pupils, cells, strict=True)]
        write_table(folder / side / "pupils.csv", ["pupil", "called", name], rows)
    return run_transfer(folder / "old", folder / "new")


@pytest.mark.parametrize("days", [OLD, MIXED, TO_COME])
@pytest.mark.parametrize("short", SHORT)
def test_the_other_side_tells_the_century_of_two_digits(tmp_path: Path, short: str, days: list[date]) -> None:
    cells = [f"{day:{short}}" for day in days], [f"{day}" for day in days]
    for place, (old, new) in enumerate([cells, cells[::-1]]):
        found = transfer(tmp_path / str(place), old, new)
        assert (counted(found), listed(found)) == ({"reformatted": 1}, [])


def test_a_day_of_another_century_than_the_others_is_told(tmp_path: Path) -> None:
    days = [*MIXED[:PLACE], MIXED[PLACE].replace(year=MIXED[PLACE].year + 100), *MIXED[PLACE + 1 :]]
    found = transfer(tmp_path, [f"{day:%d.%m.%y}" for day in MIXED], [f"{day}" for day in days])
    assert listed(found) == [(f"P{PLACE}", "value_changed", "geboren")]


def test_years_are_of_the_usual_century_where_nothing_tells_another(tmp_path: Path) -> None:
    days = [date(1970, 2, 1) + timedelta(days=230 * number) for number in range(150)]
    transfer(tmp_path, [f"{day:%d.%m.%y}" for day in days], [f"{day}" for day in days])
    assert "first_year" not in mapping_to_yaml(propose(tmp_path / "old", tmp_path / "new"))


def test_the_century_survives_the_file(tmp_path: Path) -> None:
    transfer(tmp_path, [f"{day:%d.%m.%y}" for day in OLD], [f"{day}" for day in OLD])
    mapping = propose(tmp_path / "old", tmp_path / "new")
    assert "first_year" in mapping_to_yaml(mapping) and mapping_from_yaml(mapping_to_yaml(mapping)) == mapping
