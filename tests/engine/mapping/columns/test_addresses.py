"""Long cells that begin alike are different cells: an address is its parts, not another word for the town in it."""

import random
from pathlib import Path

import pytest

from tests.engine.transfers import Table, counted, run_transfer, write_table

TOWNS = [("18055", "Mecklenburg-Vorpommern", "Rostock"), ("50667", "Nordrhein-Westfalen", "Köln")]
WAYS = ["Bergweg", "Am Anger", "Lindenallee", "Hafengasse"]


def _write_addresses() -> tuple[Table, Table]:
    chance = random.Random(5)
    apart = [[*chance.choice(TOWNS), f"{chance.choice(WAYS)} {place}"] for place in range(1, 61)]
    return apart, [[", ".join(parts)] for parts in apart]


@pytest.mark.parametrize("is_split", [True, False])
def test_an_address_of_four_parts_arrives_though_many_begin_alike(tmp_path: Path, is_split: bool) -> None:  # M29
    apart, together = (["zip", "region", "town", "way"], _write_addresses()[0]), (["address"], _write_addresses()[1])
    for side, (names, cells) in zip(("old", "new"), (together, apart) if is_split else (apart, together), strict=True):
        rows = [[f"F-{place:03}", f"Firma {place * 37 % 101}", *row] for place, row in enumerate(cells)]
        write_table(tmp_path / side / "firms.csv", ["no", "firm", *names], rows)
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")) == {"reformatted": 1 if is_split else 4}
