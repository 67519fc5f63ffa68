"""Tables whose records only name records of others find their counterparts by what they name."""

import random
from pathlib import Path

import pytest

from tests.engine.transfers import Table, build_clients, counted, propose, run_transfer, write_table

PEOPLE = ["Adler", "Brandt", "Czech", "Dorn", "Engel", "Fuchs", "Gruber", "Haas", "Iser", "Jung", "Kern", "Lang"]
FIRST = ["Anna", "Björn", "Carla", "Dmitri", "Ewa", "Frank", "Grażyna", "Hugo"]


def _one_person_each(clients: Table) -> Table:
    chance = random.Random(11)
    drawn = chance.sample(clients, len(clients))
    return [
        [
            f"P{place:03}",
            client[0],
            f"{chance.choice(PEOPLE)}, {chance.choice(FIRST)}",
            f"0{chance.randrange(10**8, 10**9)}",
        ]
        for place, client in enumerate(drawn)
    ]


@pytest.mark.parametrize("code", ["KD{:05}-X", "{:05}"])
def test_a_table_with_one_record_for_each_of_another_is_not_taken_for_it(tmp_path: Path, code: str) -> None:  # M29
    clients = [[code.format(407 + 31 * place), *row[1:4]] for place, row in enumerate(build_clients(80))]
    people = _one_person_each(clients)
    ids = {row[0]: f"0015g{place:07}AAB" for place, row in enumerate(clients)}
    write_table(tmp_path / "old" / "zulieferer.csv", ["nr", "firma", "ort", "telefon"], clients)
    write_table(tmp_path / "old" / "ansprech.csv", ["nr", "zulieferer", "name", "mobil"], people)
    agencies = [[ids[no], no, f"{name}, {city}", f"+49 {phone[1:]}"] for no, name, city, phone in clients]
    write_table(tmp_path / "new" / "agencies.csv", ["id", "legacy", "label", "phone"], agencies)
    workers = [[f"0035g{row[0]}BBC", ids[row[1]], *row[2].split(", "), row[3]] for row in people]
    write_table(tmp_path / "new" / "workers.csv", ["id", "agencyid", "lastname", "firstname", "mobilephone"], workers)
    mapping = propose(tmp_path / "old", tmp_path / "new")
    assert {table.source: table.target for table in mapping.tables} == {"zulieferer": "agencies", "ansprech": "workers"}
    assert counted(run_transfer(tmp_path / "old", tmp_path / "new")).keys() <= {"reformatted"}


def _write_courses(folder: Path, taken: Table, alike: int = 0) -> tuple[Path, Path]:
    """Courses and pupils that keep the old id, and who takes which course, by the ids of either side.

    Where some are called `alike`, none keeps its id: those cannot be told apart.
    """
    held = [(f"Kurs {place * 37 % 101}", f"Raum {place * 53 % 211}") for place in range(40 - alike)]
    courses = [[f"{place % 7}/{place:03}-K", *held[place % len(held)]] for place in range(40)]
    known = build_clients(50 - alike)
    pupils = [[f"{5000 + 3 * place}", *known[place % len(known)][1:3]] for place in range(50)]
    kept = slice(1 if alike else 0, None)
    ids = {row[0]: f"{kind}-{place * 7919 % 9973:06}" for kind, side in (("L", courses), ("Q", pupils))
           for place, row in enumerate(side)}  # fmt: skip
    words = {"Gast": "Visitor", "Helfer": "Tutor", "Kind": "Student"}
    write_table(folder / "old" / "kurse.csv", ["kz", "thema", "ort"], courses)
    write_table(folder / "old" / "eleven.csv", ["nr", "name", "ort"], pupils)
    write_table(folder / "old" / "belegung.csv", ["kz", "elvnr", "als"][: len(taken[0])], taken)
    lessons = [[ids[course[0]], *course[kept]] for course in courses]
    write_table(folder / "new" / "lessons.csv", ["lessonid", *["old", "topic", "room"][kept]], lessons)
    people = [[ids[pupil[0]], *pupil[kept]] for pupil in pupils]
    write_table(folder / "new" / "people.csv", ["personid", *["old", "name", "town"][kept]], people)
    moved = [[ids[row[0]], ids[row[1]], *(words[word] for word in row[2:])] for row in taken]
    write_table(folder / "new" / "attendance.csv", ["lessonid", "who", "role"][: len(taken[0])], moved)
    return folder / "old", folder / "new"


@pytest.mark.parametrize(("columns", "alike"), [(2, 0), (3, 0), (3, 12)])
def test_tables_of_two_references_are_paired_by_what_they_name(tmp_path: Path, columns: int, alike: int) -> None:  # M29
    chance = random.Random(3)
    places = chance.sample(range(40 * 50), 110)
    roles = ["Gast", "Helfer", "Kind"]
    taken = [
        [f"{p // 50 % 7}/{p // 50:03}-K", f"{5000 + 3 * (p % 50)}", chance.choice(roles)][:columns] for p in places
    ]
    found = run_transfer(*_write_courses(tmp_path, taken, alike))
    assert counted(found) == ({"reformatted": 1} if columns > 2 else {})
