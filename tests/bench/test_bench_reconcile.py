"""What reconciling costs, against an engine that merely parses both sides (reconciliation.md: goal ≤ 2.5 at a million).

`IMPLEMENT_BENCH_CONTACTS` says how many contacts (100,000), each with three activities, half a deal, a fifth of a firm.
"""

import os
from pathlib import Path

import pytest

from tests.bench.measuring import PEERS, Cost, median_cpu, peak_mb, run_in_turn, run_python
from tests.bench.tables import print_table

CONTACTS = os.environ.get("IMPLEMENT_BENCH_CONTACTS", "100000")
RIGHT = {1}  # there are faults to find
NAMES = (
    "DuckDB parses all columns of both sides",
    "raw DuckDB outer join, nothing named",
    "implement reconcile",
    "datacompy on Polars, told keys and columns, nothing named",
)


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Both sides of a transfer with the usual faults, the target with semicolons and other formats."""
    folder = tmp_path_factory.mktemp("transfer")
    asked = ("--size", CONTACTS, "--mode", "keyed", "--keep", folder)
    assert run_python("-m", "tests.evaluators.transfer.evaluate", *asked).exit_code == 0
    return folder / "keyed" / "source", folder / "keyed" / "target"


@pytest.mark.bench
def test_reconciling_is_measured_against_merely_parsing_both_sides(sides: tuple[Path, Path], tmp_path: Path) -> None:
    parsing = ("-m", "tests.bench.limits", "parse", *sides)
    joining = ("-m", "tests.bench.limits", "join", *sides)
    ours = ("-m", "implement", "reconcile", *sides, "--out", tmp_path / "findings.csv")
    limit, joined, cost = run_in_turn(parsing, joining, ours)
    beside = [run_python("-m", "tests.bench.peers", "datacompy", *sides, interpreter=PEERS)]
    _print_costs(f"Reconciling {int(CONTACTS):,} contacts with 3 activities each", limit, joined, cost, beside)
    assert {one.exit_code for one in cost} == RIGHT
    assert {one.exit_code for one in (*limit, *joined, *beside)} == {0}


@pytest.mark.bench
def test_each_step_of_reconciling_is_measured_alone(sides: tuple[Path, Path], tmp_path: Path) -> None:
    asked = ("-m", "tests.bench.steps_of_reconciling", *sides, tmp_path / "findings.csv")
    cost = run_python(*asked)
    steps = [line.split("\t") for line in cost.said.splitlines() if "\t" in line]
    rows = [[name, seconds, f"{float(seconds) / cost.cpu_seconds:.0%}"] for name, seconds in steps]
    print_table("Steps of reconciling", ["step", "CPU s", "of all"], rows)
    assert cost.exit_code == 0


def _print_costs(title: str, limit: list[Cost], *others: list[Cost]) -> None:
    rows = [
        [name, f"{median_cpu(costs):.2f}", f"{median_cpu(costs) / median_cpu(limit):.2f}", f"{peak_mb(costs):.0f}"]
        for name, costs in zip(NAMES, (limit, *others), strict=True)
    ]
    print_table(title, ["", "CPU s", "ratio", "peak MB"], rows)
