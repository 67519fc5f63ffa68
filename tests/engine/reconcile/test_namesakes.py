"""Where the target names parents as people are called, a name that several bear names the right one too."""

from pathlib import Path

import pytest

from tests.engine.transfers import CLIENT_HEAD, build_clients, listed, run_transfer, write_table

AGENTS = ["Anna Berg", "Otto Lund", "Ida Holm", "Otto Lund", "Karl Dahl", "Mia Vik", "Nils Aas", "Eva Lie", "Jon Moe",
          "Liv Foss", "Tor Hagen"]  # fmt: skip
CLIENTS = [[*row, f"A{place % len(AGENTS):02}"] for place, row in enumerate(build_clients(200))]


@pytest.mark.parametrize("wrong", [0, 5])
def test_a_parent_called_as_another_is_named_rightly(tmp_path: Path, wrong: int) -> None:
    """M29: nothing is wrong with the clients of the second Otto Lund; who got another's name is told."""
    agents = [[f"A{place:02}", name, f"a{place}@firm.example"] for place, name in enumerate(AGENTS)]
    numbered = [[str(700 + place), *agent[1:]] for place, agent in enumerate(agents)]
    found = [[*row[:-1], AGENTS[int(row[-1][1:])]] for row in CLIENTS]
    for place in range(wrong):
        found[1 + place * len(AGENTS)][-1] = "Ida Holm"
    write_table(tmp_path / "old" / "agents.csv", ["code", "name", "mail"], agents)
    write_table(tmp_path / "new" / "agents.csv", ["id", "name", "mail"], numbered)
    write_table(tmp_path / "old" / "clients.csv", [*CLIENT_HEAD, "agent"], CLIENTS)
    write_table(tmp_path / "new" / "clients.csv", [*CLIENT_HEAD, "agent"], found)
    told = listed(run_transfer(tmp_path / "old", tmp_path / "new"))
    wrong_ones = [CLIENTS[1 + place * len(AGENTS)][0] for place in range(wrong)]
    assert told == [(one, "wrong_relation", "agent") for one in wrong_ones]
