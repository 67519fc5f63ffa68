"""Rows without any key that stand in the target once too often are copies, not other rows that changed."""

import random
from pathlib import Path

import pytest

from tests.engine.transfers import Table, counted, run_transfer, write_table

HEAD = ["day", "guide", "tour", "guests", "fare", "remark"]


def _build_tours(count: int) -> Table:
    """Tours of which many agree in much, and two in all."""
    chance = random.Random(4)
    fares = {"Ada": "39.50", "Bo": "45.00", "Cy": "52.50", "Di": "61.00"}
    guides = [chance.choice(list(fares)) for _ in range(count)]
    tours = [
        [f"2023-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}", guide, f"Tour {chance.randrange(8)}",
         str(chance.randrange(1, 6)), fares[guide], chance.choice(["by bus", "on foot", "by boat", "with children"])]
        for guide in guides
    ]  # fmt: skip
    return [*tours, tours[0]]


TOURS = _build_tours(400)


@pytest.mark.parametrize("copied", [0, 40])
def test_copies_are_not_taken_for_lost_rows_that_resemble_them(tmp_path: Path, copied: int) -> None:  # M29
    source = write_table(tmp_path / "old" / "tours.csv", HEAD, TOURS)
    arrived = TOURS[: len(TOURS) - copied] + TOURS[40 : 40 + copied]
    target = write_table(tmp_path / "new" / "tours.csv", HEAD, sorted(arrived))
    told = counted(run_transfer(source, target))
    assert told.pop("dropped", 0) + told.pop("merged", 0) == copied
    assert told == ({"duplicated": copied} if copied else {})


def test_a_row_that_became_like_another_by_one_change_is_changed(tmp_path: Path) -> None:  # M29
    near = [[*TOURS[place][:3], TOURS[place][3] + "0", *TOURS[place][4:]] for place in range(20, 30)]
    source = write_table(tmp_path / "old" / "tours.csv", HEAD, [*TOURS, *near])
    target = write_table(tmp_path / "new" / "tours.csv", HEAD, sorted([*TOURS, *TOURS[20:30]]))
    assert counted(run_transfer(source, target)) == {"value_changed": 10}
