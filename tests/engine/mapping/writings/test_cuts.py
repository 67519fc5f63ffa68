"""Ids of which the target keeps only the beginning still join the sides; a text that was cut off is damaged."""

import random
from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.mapping.writings.cuts import same_beginnings
from tests.engine.transfers import Table, counted, listed, propose, run_transfer, write_table


def _build_orders(count: int = 120) -> Table:
    """Orders by ids of eighteen letters, of which the last three only check the others, each with a seal."""
    chance = random.Random(6)
    ids = [f"801Qz0000{place:05}m{'abcXYZ'[place % 6] * 3}" for place in range(count)]
    seals = [f"PL{place:06}{chance.randrange(10**6, 10**7)}" for place in range(count)]
    lots = [[f"Los {chance.randrange(10**7)}", f"{chance.randrange(10**6)}"] for _ in ids]
    return [[own, *lot, seal] for own, lot, seal in zip(ids, lots, seals, strict=True)]


def _write_orders(folder: Path, orders: Table, kept: list[str]) -> tuple[Path, Path]:
    write_table(folder / "old" / "orders.csv", ["id", "lot", "pieces", "plomb"], orders)
    numbers = [f"{place * 7919 % 9973:04}-x" for place in range(len(orders))]
    moved = [[number, no, *row[1:]] for number, no, row in zip(numbers, kept, orders, strict=True)]
    write_table(folder / "new" / "bookings.csv", ["booking", "sf", "title", "count", "seal"], moved)
    return folder / "old", folder / "new"


def test_nothing_is_told_of_ids_whose_beginning_is_kept(tmp_path: Path) -> None:  # M29
    orders = _build_orders()
    folders = _write_orders(tmp_path, orders, [row[0][:15] for row in orders])
    assert counted(run_transfer(*folders)) == {"reformatted": 1}
    mapping = propose(*folders)
    assert mapping.tables[0].key == (("id", "sf"),)
    assert [one.source_writing.cut for one in mapping.tables[0].columns if one.source == "id"] == [15]
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping


def test_a_record_that_arrived_under_another_beginning_is_rekeyed(tmp_path: Path) -> None:  # M29
    orders = _build_orders()
    kept = [row[0][:15] for row in orders]
    kept[4], kept[77] = "801Qz000098765m", "801Qz000087654m"
    found = listed(run_transfer(*_write_orders(tmp_path, orders, kept)))
    assert found == [(orders[4][0], "rekeyed", ""), (orders[77][0], "rekeyed", "")]


def test_numbers_that_are_no_ids_were_cut_off_though_each_is_told_apart(tmp_path: Path) -> None:
    orders = _build_orders()
    folders = _write_orders(tmp_path, [[*row[:3], row[3][:10]] for row in orders], [row[0] for row in orders])
    write_table(tmp_path / "old" / "orders.csv", ["id", "lot", "pieces", "plomb"], orders)
    assert counted(run_transfer(*folders)) == {"truncated": len(orders)}


@pytest.mark.parametrize(
    "pairs",
    [
        [(f"Hafen{place:03}-{'x' * (place % 4)}lang", f"Hafen{place:03}-") for place in range(40)],
        [(f"AB1234567-{place:03}", "AB1234567") for place in range(40)],
        [(f"A{place:03}-12", f"A{place:03}") for place in range(40)],
    ],
)
def test_texts_that_were_cut_off_are_no_ids_whose_beginning_is_kept(pairs: list[tuple[str, str]]) -> None:
    assert same_beginnings(pairs) == 0.0
