"""Where the target names parents as people are called: by a name that several bear, or by one with its words turned."""

from collections.abc import Callable
from pathlib import Path

import pytest

from implement.engine.mapping import mapping_from_yaml, mapping_to_yaml
from tests.engine.transfers import CLIENT_HEAD, build_clients, listed, propose, run_transfer, write_table

AGENTS = ["Anna Berg", "Otto Lund", "Ida Holm", "Otto Lund", "Karl Dahl", "Mia Vik", "Nils Aas", "Eva Lie", "Jon Moe",
          "Liv Foss", "Tor van Hagen"]  # fmt: skip
CLIENTS = [[*row, f"A{place % len(AGENTS):02}"] for place, row in enumerate(build_clients(200))]


def _turned(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last}, {first}"


def _write(tmp_path: Path, call: Callable[[str], str], wrong: int = 0) -> None:
    """Clients of agents that are called so; the first of Otto Lund's are those of Ida Holm."""
    agents = [[f"A{place:02}", name, f"a{place}@firm.example"] for place, name in enumerate(AGENTS)]
    found = [[*row[:-1], call(AGENTS[int(row[-1][1:])])] for row in CLIENTS]
    for place in range(wrong):
        found[1 + place * len(AGENTS)][-1] = call("Ida Holm")
    write_table(tmp_path / "old" / "agents.csv", ["code", "name", "mail"], agents)
    numbered = [[str(700 + place), *agent[1:]] for place, agent in enumerate(agents)]
    write_table(tmp_path / "new" / "agents.csv", ["id", "name", "mail"], numbered)
    write_table(tmp_path / "old" / "clients.csv", [*CLIENT_HEAD, "agent"], CLIENTS)
    write_table(tmp_path / "new" / "clients.csv", [*CLIENT_HEAD, "agent"], found)


@pytest.mark.parametrize("call", [str, _turned])
@pytest.mark.parametrize("wrong", [0, 5])
def test_a_parent_called_as_another_is_named_rightly(tmp_path: Path, call: Callable[[str], str], wrong: int) -> None:
    """M29: nothing is wrong with the clients of either Otto Lund; who got another's name is told."""
    _write(tmp_path, call, wrong)
    told = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    wrong_ones = [CLIENTS[1 + place * len(AGENTS)][0] for place in range(wrong)]
    assert told == [(one, "wrong_relation", "agent") for one in wrong_ones]


def test_names_that_are_turned_are_replaced_values_of_the_mapping(tmp_path: Path) -> None:
    _write(tmp_path, _turned)
    mapping = propose(tmp_path / "old", tmp_path / "new")
    clients = mapping.table("clients")
    column = clients and clients.column("agent")
    assert column and ("A10", "van Hagen, Tor") in column.values
    assert mapping_from_yaml(mapping_to_yaml(mapping)) == mapping
