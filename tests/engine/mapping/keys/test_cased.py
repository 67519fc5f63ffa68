"""Keys that only capitals and small letters tell apart name records; elsewhere capitals are a matter of writing."""

import random
from pathlib import Path

import pytest

from tests.engine.transfers import Table, counted, listed, propose, run_transfer, write_table


def _build_boats(count: int) -> Table:
    chance = random.Random(9)
    codes = [f"{letter}{place:05x}{end}" for place in range(count // 4) for letter in "Bb" for end in "zZ"]
    return [[code, f"Boot {chance.randrange(10**7)}", f"{chance.randrange(10**9)}"] for code in codes]


def _write_harbour(folder: Path, boats: Table, trips: Table, called: dict[str, str]) -> tuple[Path, Path]:
    """Boats and their trips, which the target names by numbers of its own; it keeps the code of each boat."""
    ids = {boat[0]: str(70_000 + place * 31) for place, boat in enumerate(boats)}
    write_table(folder / "old" / "boote.csv", ["zeichen", "titel", "tonnen"], boats)
    write_table(folder / "old" / "fahrten.csv", ["fahrt", "boot", "ziel"], trips)
    vessels = [[ids[boat[0]], called.get(boat[0], boat[0]), *boat[1:]] for boat in boats]
    write_table(folder / "new" / "vessels.csv", ["vessel_id", "old_sign", "title", "tons"], vessels)
    moved = [[trip[0], ids[trip[1]], trip[2]] for trip in trips]
    write_table(folder / "new" / "voyages.csv", ["voyage", "vessel_ref", "goal"], moved)
    return folder / "old", folder / "new"


def _build_trips(boats: Table) -> Table:
    chance = random.Random(8)
    return [[f"F-{place}", chance.choice(boats)[0], f"Hafen {chance.randrange(9)}"] for place in range(len(boats))]


@pytest.mark.parametrize("count", [320, 7000])
def test_keys_that_differ_by_capitals_alone_name_different_records(tmp_path: Path, count: int) -> None:  # M29
    boats = _build_boats(count)
    folders = _write_harbour(tmp_path, boats, _build_trips(boats), {})
    references = [(one.column, one.parent) for table in propose(*folders).tables for one in table.references]
    assert references == [("boot", "boote")]
    assert counted(run_transfer(*folders)) == {}


def test_a_relation_to_a_record_whose_key_has_other_capitals_is_wrong(tmp_path: Path) -> None:  # M29
    boats = _build_boats(320)
    trips = _build_trips(boats)
    moved = [list(trip) for trip in trips]
    moved[5][1] = moved[5][1][:-1] + moved[5][1][-1].swapcase()
    folders = _write_harbour(tmp_path, boats, moved, {})
    write_table(tmp_path / "old" / "fahrten.csv", ["fahrt", "boot", "ziel"], trips)
    assert listed(run_transfer(*folders)) == [("F-5", "wrong_relation", "boot")]


def test_codes_that_the_target_writes_in_capitals_are_only_reformatted(tmp_path: Path) -> None:
    boats = [boat for boat in _build_boats(320) if boat[0][0] == "b" and boat[0][-1] == "z"]
    folders = _write_harbour(tmp_path, boats, _build_trips(boats), {boat[0]: boat[0].upper() for boat in boats})
    assert counted(run_transfer(*folders)).keys() <= {"reformatted"}
