"""Several choices in one cell: told by what was chosen, in whatever order and by whatever words the CRM writes it."""

import random
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.intake import read_tables
from implement.engine.mapping import (
    ColumnMapping,
    Mapping,
    MappingFault,
    mapping_from_yaml,
    mapping_to_yaml,
    propose_mapping,
)
from implement.engine.reconcile import Reconciliation, reconcile, stage
from tests.engine.repair.firm import compare
from tests.engine.transfers import CLIENT_HEAD, build_clients, counted, listed, propose, run_transfer, write_table

CLIENTS = build_clients(120)
WORDS = ["Messe", "Newsletter", "Beirat", "Golf"]
NUMBERS = {"Messe": "30", "Newsletter": "10", "Beirat": "40", "Golf": "20"}
GROUPED = {"Messe": "Events", "Newsletter": "Mail", "Beirat": "Board", "Golf": "Events"}
Chosen = list[list[str]]


def _choose(seed: int = 5) -> Chosen:
    """What each client is interested in: nothing, or up to four things."""
    chance = random.Random(seed)
    return [chance.sample(WORDS, min(4, chance.randrange(6))) for _ in CLIENTS]


def _write(folder: Path, chosen: Chosen, called: dict[str, str] | None = None, by: str = ";", around: str = "") -> Path:
    """The clients with their interests; `called` says how the CRM calls those, which sets them in another order."""
    chance, column = random.Random(9), "interests" if called is not None else "Interessen"
    rows = []
    for client, words in zip(CLIENTS, chosen, strict=True):
        names = sorted({called.get(word, word) for word in words}, key=lambda _: chance.random()) if called else words
        rows.append([*client, f"{around[:1]}{by.join(names)}{around[1:]}" if names else ""])
    write_table(folder / "clients.csv", [*CLIENT_HEAD, column], rows)
    return folder


def _column(mapping: Mapping) -> ColumnMapping:
    table = mapping.table("clients")
    column = table.column("Interessen") if table else None
    assert column is not None
    return column


@pytest.mark.parametrize(("by", "around"), [(",", ""), (", ", ""), ("|", ""), ('","', "[]"), (";", "")])
@pytest.mark.parametrize("called", [NUMBERS, GROUPED, {word: word.upper() for word in WORDS}])
def test_choices_are_the_same_by_other_words_in_any_order(
    tmp_path: Path, by: str, around: str, called: dict[str, str]
) -> None:  # M20
    source, target = _write(tmp_path / "old", _choose()), _write(tmp_path / "new", _choose(), called, by, around)
    assert dict(_column(propose(source, target)).values) == called
    found = run_transfer(source, target)
    assert not listed(found) and counted(found) == {"reformatted": 1}
    row = found.findings.to_pylist()[0]
    assert row["source_value"] == "; ".join(sorted(WORDS))
    assert row["target_value"] == "; ".join(called[word] for word in sorted(WORDS))


@pytest.mark.parametrize("by", [";", ", "])
def test_choices_that_keep_their_words_are_the_same_in_any_order(tmp_path: Path, by: str) -> None:
    kept = {word: word for word in WORDS}
    found = run_transfer(_write(tmp_path / "old", _choose()), _write(tmp_path / "new", _choose(), kept, by))
    assert not listed(found) and counted(found) == {"reformatted": 1}


def _damage(chosen: Chosen) -> tuple[Chosen, list[tuple[str, str, str]]]:
    """One choice lost, one exchanged, one added, and all lost; with what is to be said."""
    damaged = [[*words] for words in chosen]
    several = [place for place, words in enumerate(chosen) if len(words) == 3]
    damaged[several[0]].pop(1)
    other = next(word for word in WORDS if word not in chosen[several[1]])
    damaged[several[1]][0] = other
    damaged[several[2]].append(next(word for word in WORDS if word not in chosen[several[2]]))
    damaged[several[3]] = []
    fates = [*["value_changed"] * 3, "value_lost"]
    return damaged, [(CLIENTS[place][0], fate, "Interessen") for place, fate in zip(several, fates, strict=False)]


@pytest.mark.parametrize("called", [NUMBERS, {word: word for word in WORDS}])
@pytest.mark.parametrize("by", [";", ", "])
def test_what_was_chosen_and_is_not_now_is_told_in_the_words_of_the_source(
    tmp_path: Path, called: dict[str, str], by: str
) -> None:  # M20
    damaged, expected = _damage(chosen := _choose())
    found = run_transfer(_write(tmp_path / "old", chosen), _write(tmp_path / "new", damaged, called, by))
    assert listed(found) == sorted(expected)
    written = {client[0]: ";".join(words) for client, words in zip(CLIENTS, chosen, strict=True)}
    told = {row["source_id"]: row["source_value"] for row in found.findings.to_pylist() if row["source_id"]}
    assert told == {one: written[one] for one, _, _ in expected}


def test_a_few_damaged_cells_prevent_no_map(tmp_path: Path) -> None:  # M20
    chosen = _choose()
    damaged = [words[:1] if place % 12 == 5 else words for place, words in enumerate(chosen)]
    source, target = _write(tmp_path / "old", chosen), _write(tmp_path / "new", damaged, NUMBERS, ",")
    assert dict(_column(propose(source, target)).values) == NUMBERS
    lost = [CLIENTS[place][0] for place, words in enumerate(chosen) if place % 12 == 5 and len(words) > 1]
    assert listed(run_transfer(source, target)) == [(one, "value_changed", "Interessen") for one in lost]


def test_a_rare_choice_that_no_sample_holds_is_of_the_map_too(tmp_path: Path) -> None:  # M20
    rare = [[*words, *["Angeln"] * (place in (50, 77, 90))] for place, words in enumerate(_choose())]
    source = _write(tmp_path / "old", rare)
    target = _write(tmp_path / "new", rare, NUMBERS | {"Angeln": "50"}, ",")
    with open_backend() as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        text = mapping_to_yaml(propose_mapping(sides[0], sides[1], backend))
        mapping = mapping_from_yaml(text.replace("      Angeln: '50'\n", ""))
        assert dict(_column(mapping).values) == NUMBERS
        found = reconcile(sides[0], sides[1], mapping, backend)
    assert not listed(found)
    assert "Angeln" in found.findings.to_pylist()[0]["source_value"]


def test_cells_of_one_choice_each_are_replaced_as_ever(tmp_path: Path) -> None:
    single = [words[:1] for words in _choose()]
    source, target = _write(tmp_path / "old", single), _write(tmp_path / "new", single, NUMBERS, ",")
    column = _column(propose(source, target))
    assert (column.kind, dict(column.values)) == ("text", NUMBERS)


def test_sentences_with_commas_are_no_choices(tmp_path: Path) -> None:
    chance = random.Random(8)
    said = [[f"{chance.choice('abcdefgh')}{chance.randrange(900)}" for _ in range(3)] for _ in CLIENTS]
    turned = [[*reversed(words)] if place % 20 == 3 else words for place, words in enumerate(said)]
    source, target = _write(tmp_path / "old", said, by=", "), _write(tmp_path / "new", turned, by=", ")
    assert _column(propose(source, target)).kind == "text"
    assert {fate for _, fate, _ in listed(run_transfer(source, target))} == {"value_changed"}


def test_labels_with_commas_of_which_one_is_chosen_stay_labels(tmp_path: Path) -> None:
    labels = {"Handel, groß": "Grocery; wholesale", "Handel, klein": "Retail; shops", "Bau": "Construction"}
    chosen = [[[*labels][place % 3]] for place in range(len(CLIENTS))]
    source, target = _write(tmp_path / "old", chosen), _write(tmp_path / "new", chosen, labels)
    column = _column(propose(source, target))
    assert (column.kind, dict(column.values)) == ("text", labels)


def test_a_mapping_says_each_list_among_the_words_of_lists(tmp_path: Path) -> None:
    source, target = _write(tmp_path / "old", _choose()), _write(tmp_path / "new", _choose(), NUMBERS, ",")
    text = mapping_to_yaml(propose(source, target))
    assert mapping_to_yaml(mapping_from_yaml(text)) == text
    with pytest.raises(MappingFault) as found:
        mapping_from_yaml(text.replace("Golf: '20'", "Golf;Polo: '20'\n      Boccia: 20, 30"))
    assert [(one.code, one.values) for one in found.value.faults] == [
        ("mapping_values_list", ("Golf;Polo",)), ("mapping_values_list", ("20, 30",))
    ]  # fmt: skip


@pytest.mark.parametrize(("by", "around"), [(", ", ""), ('","', "[]"), ("|", "")])
def test_a_repair_writes_choices_as_the_crm_does(tmp_path: Path, by: str, around: str) -> None:
    damaged, expected = _damage(chosen := _choose())
    source = _write(tmp_path / "old", chosen)
    _, repair = compare(source, _write(tmp_path / "new", damaged, NUMBERS, by, around))
    by_id = {client[0]: words for client, words in zip(CLIENTS, chosen, strict=True)}
    written = {row["client_id"]: row["interests"] for table in repair.tables for row in table.rows.to_pylist()}
    asked = {one: by.join(NUMBERS[word] for word in by_id[one]) for one, _, _ in expected}
    assert written == {one: f"{around[:1]}{cell}{around[1:]}" for one, cell in asked.items()}


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("called", [GROUPED, {word: word for word in WORDS}])
def test_spark_says_the_same_of_choices(tmp_path: Path, called: dict[str, str]) -> None:  # M34
    damaged, _ = _damage(chosen := _choose())
    source, target = _write(tmp_path / "old", chosen), _write(tmp_path / "new", damaged, called, ",")
    one, other = (_reconcile(source, target, engine).findings.to_pylist() for engine in ("duckdb", "spark"))
    assert one == other


def _reconcile(source: Path, target: Path, engine: str) -> Reconciliation:
    with open_backend(engine) as backend:
        sides = [stage(read_tables(path, backend), backend) for path in (source, target)]
        return reconcile(sides[0], sides[1], propose_mapping(sides[0], sides[1], backend), backend)
