"""No command loads pandas, which would cost each a third of a second and 50 MB."""

import subprocess
import sys
from pathlib import Path

import pytest

from implement.engine.backend import open_backend
from implement.engine.lean import at_hand

RECONCILED = """
import sys
from implement.commands.reconcile import run
code = run(sys.argv[1:])
print(code, "pandas" in sys.modules)
import pandas
"""


@pytest.fixture
def sides(tmp_path: Path) -> list[str]:
    """A source and a target of which one record was dropped."""
    for name, rows in (("source", 40), ("target", 39)):
        (tmp_path / name).mkdir()
        lines = [f"{number},Client {number},{number % 28 + 1}.03.2024" for number in range(1, rows + 1)]
        (tmp_path / name / "clients.csv").write_text("\n".join(["id,name,since", *lines]), encoding="utf-8")
    return [str(tmp_path / name) for name in ("source", "target")]


def test_a_reconciliation_does_without_pandas_and_whoever_needs_it_still_finds_it(sides: list[str]) -> None:
    program = [sys.executable, "-c", RECONCILED, *sides]
    said = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    assert said.splitlines()[-1] == "1 False"


def test_columns_at_hand_are_a_table_of_the_named_types() -> None:
    with open_backend() as backend:
        table = at_hand({"row": [1, 2], "name": ["Ada", None]}, {"row": "int64", "name": "string"})
        assert backend.connection.to_pyarrow(table).to_pylist() == [{"row": 1, "name": "Ada"}, {"row": 2, "name": None}]
