"""A map of values that holds for all but a few records is the column's; the few are the findings."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, Table, build_clients, listed, run_transfer, write_table

HEAD = [*CLIENT_HEAD, "rating"]
CODES = {"gold": "1", "silver": "2", "bronze": "3", "tin": "4"}
RATINGS = ["gold", "gold", "gold", "silver", "gold", "bronze", "silver", "bronze", "tin", "silver"]


def _rated(clients: Table) -> Table:
    return [[*row, RATINGS[place % len(RATINGS)]] for place, row in enumerate(clients)]


def _coded(clients: Table) -> Table:
    return [[*row[:-1], CODES[row[-1]]] for row in clients]


def _transfer(tmp_path: Path, written: Table, found: Table) -> list[tuple[str, str, str]]:
    source = write_table(tmp_path / "old" / "clients.csv", HEAD, written)
    return listed(run_transfer(source, write_table(tmp_path / "new" / "clients.csv", HEAD, found)))


@pytest.mark.parametrize("wrong", ["2", "4"])
def test_a_few_values_that_stand_for_others_do_not_deny_a_map(tmp_path: Path, wrong: str) -> None:
    """M29: of 20 tins and 60 silvers a few records more hold the code, and only they are told."""
    written = _rated(build_clients(200))
    found = _coded(written)
    damaged = [place for place, row in enumerate(written) if row[-1] == "gold"][:6]
    for place in damaged:
        found[place][-1] = wrong
    told = _transfer(tmp_path, written, found)
    assert told == [(written[place][0], "value_changed", "rating") for place in damaged]


@pytest.mark.parametrize("reused", [6, 16])
def test_records_born_under_the_numbers_of_others_do_not_deny_a_map(tmp_path: Path, reused: int) -> None:
    """M29: who is new in the target under a number that was given away says nothing of what values became."""
    written = _rated(build_clients(200))
    found = _coded(written)
    for place, other in enumerate(build_clients(200 + reused)[200:]):
        found[3 * place] = [written[3 * place][0], *other[1:], "4"]
    told = {(fate, field) for _, fate, field in _transfer(tmp_path, written, found)}
    assert told == {("dropped", ""), ("extra", "")}


def test_two_values_that_became_one_are_no_map_of_either(tmp_path: Path) -> None:
    written = _rated(build_clients(200))
    found = [[*row[:-1], "3" if row[-1] == CODES["tin"] else row[-1]] for row in _coded(written)]
    told = _transfer(tmp_path, written, found)
    assert {(fate, field) for _, fate, field in told} == {("value_changed", "rating")}


@pytest.mark.parametrize(("code", "told"), [("5", 0), ("55", 1)])
def test_a_value_of_one_record_has_its_counterpart_where_all_others_have(tmp_path: Path, code: str, told: int) -> None:
    """M29: only a code that is written like no other may have been damaged."""
    written = _rated(build_clients(200))
    found = _coded(written)
    written[70][-1], found[70][-1] = "zinc", code
    assert len(_transfer(tmp_path, written, found)) == told


@pytest.mark.parametrize("kept", [True, False])
def test_a_value_of_one_record_is_changed_where_much_is(tmp_path: Path, kept: bool) -> None:
    written = _rated(build_clients(200))
    found = [[*row[:-1], "tin" if row[-1] == "4" and kept else row[-1]] for row in _coded(written)]
    strays = [70] if kept else [place for place, row in enumerate(written) if row[-1] == "gold"][:45]
    for place in strays:
        written[place][-1], found[place][-1] = f"zinc{place}", f"stray{place}"
    assert len(_transfer(tmp_path, written, found)) == len(strays)
