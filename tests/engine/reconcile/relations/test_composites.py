"""Records that two columns name together, a house and a number counted within it: relations of both columns at once."""

import random
from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from implement.engine.reconcile import Reconciliation
from tests.engine.repair.firm import compare, read_crm
from tests.engine.transfers import Table, counted, listed, propose, run_transfer, write_table

HOUSES = ["OP", "SH", "KS", "TD"]
WAYS = ["own ids", "joined", "apart"]
TOWNS = ["Ulm", "Bonn", "Celle", "Gera", "Hof"]


def _build(count: int = 120) -> tuple[Table, Table]:
    """Subscribers counted within the house of theirs, and tickets that name one each by both."""
    chance, counts = random.Random(3), dict.fromkeys(HOUSES, 0)
    subscribers, tickets = [], []
    for place in range(count):
        house = chance.choice(HOUSES)
        counts[house] += 1
        named = f"{chance.choice(['Ida', 'Otto', 'Paula', 'Emil'])} {chr(65 + place % 26)}orn{place * 7 % 113}"
        subscribers.append([house, str(counts[house]), named, f"Ring {place * 31 % 197}", chance.choice(TOWNS)])
    for place in range(2 * count):
        one = chance.choice(subscribers)
        tickets.append([one[0], one[1], f"T{place:05}", f"{chance.randrange(10, 90)}", chance.choice(["Rang", "Loge"])])
    return subscribers, tickets


def _call(way: str, subscribers: Table) -> dict[tuple[str, str], list[str]]:
    """By what the target's tickets name each subscriber."""
    numbers = random.Random(8).sample(range(2000, 9000), len(subscribers))
    return {
        (one[0], one[1]): {"own ids": [str(number)], "joined": [f"{one[0]}-{one[1]}"], "apart": one[:2]}[way]
        for one, number in zip(subscribers, numbers, strict=True)
    }


def _transfer(folder: Path, way: str, named: tuple[str, str] = ("Haus", "Abo-Nr"), lost: int = 0) -> tuple[Path, Path]:
    """What arrived of it, but for the first subscribers."""
    subscribers, tickets = _build()
    ids, own = _call(way, subscribers), _call("own ids", subscribers)
    key = {"own ids": ["legacy"], "joined": ["legacy"], "apart": ["house", "subscriber_no"]}[way]
    people = [
        [*own[one[0], one[1]], *([f"{one[0]}-{one[1]}"] if len(key) == 1 else one[:2]), *one[2:]] for one in subscribers
    ]
    ref = {"own ids": ["person_id"], "joined": ["person"], "apart": ["house", "subscriber_no"]}[way]
    moved = [[f"{70000 + place}", one[2], *ids[one[0], one[1]], *one[3:]] for place, one in enumerate(tickets)]
    head = ["Haus", "Abo-Nr", "Abonnent", "Anschrift", "Ort"]
    write_table(folder / "old" / "Abonnenten.csv", head, subscribers)
    write_table(folder / "old" / "Karten.csv", [*named, "Karte", "Preis", "Platz"], tickets)
    write_table(folder / "new" / "people.csv", ["id", *key, "name", "street", "town"], people[lost:])
    write_table(folder / "new" / "tickets.csv", ["id", "ticket", *ref, "price", "seat"], moved)
    return folder / "old", folder / "new"


def _spoil(folders: tuple[Path, Path]) -> Reconciliation:
    """One ticket is another subscriber's now, and one nobody's."""
    path = folders[1] / "tickets.csv"
    head, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    places = slice(2, len(head) - 2)
    other = next(row for row in rows[20:] if row[places] != rows[9][places])
    rows[9][places], rows[4][places] = other[places], [""] * (len(head) - 4)
    write_table(path, head, rows)
    return run_transfer(*folders)


@pytest.mark.parametrize("named", [("Haus", "Abo-Nr"), ("Bühne", "Stammnummer")])
@pytest.mark.parametrize("way", WAYS)
def test_what_names_another_record_or_none_is_told_of_both_columns(
    tmp_path: Path, way: str, named: tuple[str, str]
) -> None:  # M29
    found = _spoil(_transfer(tmp_path, way, named))
    field = "|".join(named)
    assert listed(found) == [("T00004", "torn_relation", field), ("T00009", "wrong_relation", field)]
    assert found.harmful == 2


@pytest.mark.parametrize("way", WAYS)
def test_records_that_arrived_as_they_were_are_no_loss(tmp_path: Path, way: str) -> None:  # M29
    assert run_transfer(*_transfer(tmp_path, way)).harmful == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_names_a_lost_record_is_torn(tmp_path: Path, way: str) -> None:  # M29
    found = run_transfer(*_transfer(tmp_path, way, lost=2))
    subscribers, tickets = _build()
    gone = {"|".join(one[:2]) for one in subscribers[:2]}
    torn = [row["source_value"] for row in found.findings.to_pylist() if row["class"] == "torn_relation"]
    assert sorted(torn) == sorted(name for one in tickets if (name := "|".join(one[:2])) in gone)
    assert counted(found)["dropped"] == 2 and torn


@pytest.mark.parametrize("way", WAYS)
def test_a_person_reads_the_relation_in_the_mapping(tmp_path: Path, way: str) -> None:  # M30
    mapping = propose(*_transfer(tmp_path, way))
    tickets = mapping.table("Karten")
    assert tickets is not None and mapping_from_yaml(mapping_to_yaml(mapping)) == mapping
    assert [(one.column, one.parent, one.parent_column) for one in tickets.references] == [
        ("Haus|Abo-Nr", "Abonnenten", "Haus|Abo-Nr")
    ]


@pytest.mark.parametrize("way", WAYS)
def test_importing_the_repair_leaves_nothing_harmful(tmp_path: Path, way: str) -> None:  # M29
    folders = _transfer(tmp_path, way)
    _spoil(folders)
    crm = read_crm(folders[1], separator=",")
    found, repair = compare(*folders)
    assert (found.harmful, repair.left_out) == (2, ())
    crm.take(repair.tables)
    assert compare(folders[0], crm.write(tmp_path / "repaired"))[0].harmful == 0
