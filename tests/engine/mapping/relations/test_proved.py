"""Numbers that name records of another table are a relation where rows prove it, and none by accident."""

import random
from pathlib import Path

import pytest

from tests.engine.transfers import Table, counted, listed, propose, run_transfer, write_table

HALLS = ["Nord", "Süd", "Ost", "West"]


def _number_anew(rows: Table, first: int, step: int) -> dict[str, str]:
    """What the target calls each record: numbers that are moved where `step` is none, else drawn."""
    chance = random.Random(step)
    drawn = chance.sample(range(first, first + 40 * len(rows)), len(rows))
    return {row[0]: str(drawn[place] if step else first + int(row[0])) for place, row in enumerate(rows)}


def _write_machines(folder: Path, fitters: int, step: int, called: str = "crew_ref") -> tuple[Path, Path]:
    """Fitters, and machines that each have one and a mark from 1 to 6; the target numbers fitters anew."""
    chance = random.Random(5)
    crew = [[str(place + 1), f"Monteur {place * 37 % 997:03}-X", f"{place * 89 % 983}"] for place in range(fitters)]
    machines = [
        [f"M{place:04}", f"Presse {chance.randrange(10**6)}", chance.choice(HALLS), chance.choice(crew)[0],
         str(chance.randrange(1, 7))]
        for place in range(240)
    ]  # fmt: skip
    ids = _number_anew(crew, 1000, step)
    moved = [[*row[:3], ids[row[3]], row[4]] for row in machines]
    write_table(folder / "old" / "monteure.csv", ["nr", "bezeichnung", "spind"], crew)
    write_table(folder / "old" / "pressen.csv", ["kennung", "typ", "halle", "wartung", "note"], machines)
    write_table(folder / "new" / "crew.csv", ["crew_id", "label", "locker"], [[ids[row[0]], *row[1:]] for row in crew])
    write_table(folder / "new" / "units.csv", ["code", "model", "hall", called, "mark"], moved)
    return folder / "old", folder / "new"


def _relations(folders: tuple[Path, Path]) -> list[tuple[str, str]]:
    return [(one.column, one.parent) for table in propose(*folders).tables for one in table.references]


@pytest.mark.parametrize("fitters", [9, 120])
def test_numbers_that_became_those_of_the_same_records_are_a_relation(tmp_path: Path, fitters: int) -> None:  # M29
    folders = _write_machines(tmp_path, fitters, 7)
    assert _relations(folders) == [("wartung", "monteure")]
    assert counted(run_transfer(*folders)) == {}


def test_a_wrong_record_of_a_relation_that_rows_prove_is_a_wrong_relation(tmp_path: Path) -> None:  # M29
    folders = _write_machines(tmp_path, 9, 7)
    units = (folders[1] / "units.csv").read_text(encoding="utf-8").splitlines()
    third, tenth = units[3].split(","), units[10].split(",")
    others = sorted({line.split(",")[3] for line in units[1:]} - {third[3], tenth[3]})
    units[3], units[10] = (",".join([*one[:3], others[0], one[4]]) for one in (third, tenth))
    (folders[1] / "units.csv").write_text("\n".join(units), encoding="utf-8")
    wrong = [("M0002", "wrong_relation", "wartung"), ("M0009", "wrong_relation", "wartung")]
    assert listed(run_transfer(*folders)) == wrong


def test_tables_that_are_numbered_by_one_rule_are_no_proof_of_a_relation(tmp_path: Path) -> None:  # M29
    assert _relations(_write_machines(tmp_path / "unnamed", 120, 0, "ref")) == []
    assert _relations(_write_machines(tmp_path / "named", 120, 0)) == [("wartung", "monteure")]


def test_few_numbers_that_became_others_are_choices(tmp_path: Path) -> None:
    folders = _write_machines(tmp_path, 3, 7)
    assert _relations(folders) == []
    assert counted(run_transfer(*folders)) == {"reformatted": 1}
