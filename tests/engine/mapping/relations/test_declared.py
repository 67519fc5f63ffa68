"""What a database declares of its tables is a relation, though no name and no value tells."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.engine.transfers import Table, listed, propose, run_transfer, write_table

PLAIN = (
    "CREATE TABLE hangars (no INTEGER PRIMARY KEY, title TEXT); CREATE TABLE planes (reg TEXT, kind TEXT, rests {});"
)
DECLARED = PLAIN.format("INTEGER REFERENCES Hangars")
HANGARS = [[str(place), f"Hangar {place * 7}-{name}"] for place, name in enumerate("ABCDE", start=1)]


def _planes() -> Table:
    chance = random.Random(4)
    return [[f"SP-{place:03}", f"Cessna {chance.randrange(10**6)}", str(chance.randrange(1, 6))] for place in range(90)]


def _write_fleet(path: Path, script: str, planes: Table) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(script)
        database.executemany("INSERT INTO hangars VALUES (?, ?)", HANGARS)
        database.executemany("INSERT INTO planes VALUES (?, ?, ?)", planes)
        database.commit()
    return path.parent


def _write_fleet_as_text(folder: Path, planes: Table) -> Path:
    write_table(folder / "hangars.csv", ["no", "title"], HANGARS)
    write_table(folder / "planes.csv", ["reg", "kind", "rests"], planes)
    return folder


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_declared_relation_is_one_though_its_numbers_are_small(tmp_path: Path, side: str) -> None:  # M29
    planes, moved = _planes(), _planes()
    moved[7][2] = str(int(moved[7][2]) % 5 + 1)
    if side == "old":
        folders = _write_fleet(tmp_path / "old/f.db", DECLARED, planes), _write_fleet_as_text(tmp_path / "new", moved)
    else:
        folders = _write_fleet_as_text(tmp_path / "old", planes), _write_fleet(tmp_path / "new/f.db", DECLARED, moved)
    assert listed(run_transfer(*folders)) == [("SP-007", "wrong_relation", "rests")]


def test_small_numbers_of_which_nothing_is_declared_are_no_relation(tmp_path: Path) -> None:
    old = _write_fleet(tmp_path / "old/f.db", PLAIN.format("INTEGER"), _planes())
    found = propose(old, _write_fleet_as_text(tmp_path / "new", _planes()))
    assert [table.references for table in found.tables] == [(), ()]


STALLS = (
    "CREATE TABLE halls (site TEXT, bay INTEGER, title TEXT, tel TEXT, PRIMARY KEY (site, bay));"
    "CREATE TABLE boats (reg TEXT, kind TEXT, s TEXT, b INTEGER, FOREIGN KEY (s, b) REFERENCES halls);"
)


def _write_boats(path: Path, halls: Table, boats: Table) -> None:
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(STALLS)
        database.executemany("INSERT INTO halls VALUES (?, ?, ?, ?)", halls)
        database.executemany("INSERT INTO boats VALUES (?, ?, ?, ?)", boats)
        database.commit()


def test_what_two_columns_are_declared_to_name_together_is_a_relation(tmp_path: Path) -> None:  # M29
    chance = random.Random(6)
    places = [(site, bay) for site in "AB" for bay in range(1, 13)]
    halls = [[site, str(bay), f"Hall {site}{bay * 37 % 101}", f"0{chance.randrange(10**6)}"] for site, bay in places]
    boats = [[f"B{place:03}", f"Yawl {chance.randrange(10**6)}", *chance.choice(halls)[:2]] for place in range(90)]
    own = {(one[0], one[1]): str(500 + place * 7 % 24) for place, one in enumerate(halls)}
    moved = [[*one[:2], own[one[2], one[3]]] for one in boats]
    moved[5][2] = next(number for number in own.values() if number != moved[5][2])
    kept = [[own[one[0], one[1]], *one[2:]] for one in halls]
    _write_boats(tmp_path / "old/f.db", halls, boats)
    write_table(tmp_path / "new/halls.csv", ["id", "label", "phone"], kept)
    write_table(tmp_path / "new/boats.csv", ["reg", "model", "rests"], moved)
    assert listed(run_transfer(tmp_path / "old", tmp_path / "new")) == [("B005", "wrong_relation", "s|b")]
