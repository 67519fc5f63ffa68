"""Phone numbers written in several ways that became one, and a few that were given another country's code."""

import random
from pathlib import Path

import pytest

from implement.engine.reconcile import Reconciliation
from tests.engine.transfers import listed, run_transfer, write_table

AREAS = ["12", "22", "32", "58", "71"]
NUMBERS = [(AREAS[n % 5], f"{random.Random(n).randrange(10**6, 10**7)}") for n in range(160)]
WRITINGS = ["0{}/{}", "0048{}{}", "+48 {} {}", "+48 (0) {} {}"]
MIXTURES = {"alike": (1, 1, 1, 1), "national": (7, 1, 1, 1), "abroad": (1, 7, 1, 1), "plus": (1, 1, 7, 1)}
GIVEN = [f"+48{area}{number}" for area, number in NUMBERS]
STRAYS = range(5, 160, 12)
PLACE = 41


def transfer(folder: Path, old: list[str], new: list[str], lands: list[str] | None = None) -> Reconciliation:
    """Reconcile the phones of firms of some countries."""
    lands = lands or ["PL"] * len(old)
    for side, cells in (("old", old), ("new", new)):
        rows = [[f"F{n}", f"Firm {n * 7919 % 1000}", land, cell]
                for n, (land, cell) in enumerate(zip(lands, cells, strict=True))]  # fmt: skip
        write_table(folder / side / "firms.csv", ["firm", "called", "land", "phone"], rows)
    return run_transfer(folder / "old", folder / "new")


def written(shares: tuple[int, ...]) -> list[str]:
    """The numbers as people wrote them."""
    ways = random.Random(3).choices(WRITINGS, shares, k=len(NUMBERS))
    return [way.format(*number) for way, number in zip(ways, NUMBERS, strict=True)]


@pytest.mark.parametrize("mixture", MIXTURES)
def test_phones_written_in_several_ways_become_one_without_harm(tmp_path: Path, mixture: str) -> None:
    old = written(MIXTURES[mixture])
    assert transfer(tmp_path / "same", old, GIVEN).harmful == 0
    changed = [*GIVEN[:PLACE], GIVEN[3], *GIVEN[PLACE + 1 :]]
    assert listed(transfer(tmp_path / "changed", old, changed)) == [(f"F{PLACE}", "value_changed", "phone")]


def test_a_few_phones_with_the_code_of_another_country_are_told(tmp_path: Path) -> None:
    new = [f"+42{cell[3:]}" if n in STRAYS else cell for n, cell in enumerate(GIVEN)]
    told = [(f"F{n}", "value_changed", "phone") for n in STRAYS]
    assert sorted(listed(transfer(tmp_path, written((1, 0, 0, 0)), new))) == sorted(told)


def test_phones_of_the_few_firms_abroad_have_the_code_of_their_country(tmp_path: Path) -> None:
    new = [f"+42{cell[3:]}" if n in STRAYS else cell for n, cell in enumerate(GIVEN)]
    lands = ["CZ" if n in STRAYS else "PL" for n in range(len(GIVEN))]
    assert transfer(tmp_path, written((1, 0, 0, 0)), new, lands).harmful == 0
