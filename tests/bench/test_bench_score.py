"""What scoring costs, against an engine that merely decodes the same Parquet columns (scoring.md: roll-up ≤ 3 times,
scoring anew ≤ 1 s at 600 people and 0.6 M events).
"""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.bench.measuring import RUNS, median_cpu, peak_mb, run_in_turn, run_python
from tests.bench.tables import print_table
from tests.evaluators.usage.exchange import events_table, write_rollout
from tests.evaluators.usage.rollout import simulate

PEOPLE = int(os.environ.get("IMPLEMENT_BENCH_PEOPLE", "600"))
EVENTS = int(os.environ.get("IMPLEMENT_BENCH_EVENTS", "1000000"))
COUNTED = ("user", "ts", "object", "action", "source", "effective_date", "filled", "total", "changed", "target_user")
SEED = 1


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One firm's half year in the exchange format, lived several times over to make so many events."""
    folder = tmp_path_factory.mktemp("usage")
    rollout = simulate("resistance", PEOPLE, SEED)
    write_rollout(rollout, folder)
    lives, events = 1, events_table(rollout)
    while events.num_rows < EVENTS:
        again = events_table(simulate("resistance", PEOPLE, SEED, event_seed=SEED + lives))
        lives, events = lives + 1, pa.concat_tables([events, again])
    kept = np.sort(np.random.default_rng(SEED).choice(events.num_rows, EVENTS, replace=False))
    pq.write_table(events.take(pa.array(kept)).sort_by("ts"), folder / "events.parquet")
    return folder


@pytest.mark.bench
def test_scoring_a_folder_is_measured_against_merely_decoding_it(firm: Path, tmp_path: Path) -> None:
    decoding = ("-m", "tests.bench.limits", "decode", firm / "events.parquet", *COUNTED)
    scoring = ("-m", "implement", "score", firm, "--out", tmp_path / "scores.csv", "--reasons", tmp_path / "why.csv")
    named = zip(("DuckDB decodes what is counted", "implement score"), run_in_turn(decoding, scoring), strict=True)
    rows = [(name, median_cpu(costs), peak_mb(costs)) for name, costs in named]
    shown = [[name, f"{cpu:.2f}", f"{cpu / rows[0][1]:.2f}", f"{peak:.0f}"] for name, cpu, peak in rows]
    print_table(f"Scoring {PEOPLE:,} people, {EVENTS:,} events", ["each alone", "CPU s", "ratio", "peak MB"], shown)
    assert (tmp_path / "scores.csv").stat().st_size


@pytest.mark.bench
def test_each_step_of_scoring_is_measured_alone(firm: Path) -> None:
    cost = run_python("-m", "tests.bench.steps_of_scoring", firm, str(RUNS))
    steps = [line.split("\t") for line in cost.said.splitlines()]
    limit = float(dict(steps)["decode the counted columns (DuckDB)"])
    rows = [[name, seconds, f"{float(seconds) / limit:.2f}"] for name, seconds in steps]
    print_table(f"Steps of scoring {PEOPLE:,} people, {EVENTS:,} events", ["step", "CPU s", "ratio"], rows)
    assert cost.exit_code == 0
