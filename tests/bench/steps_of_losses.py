"""Count the loss map of a list that intake keeps as Parquet, and decode the same columns: CPU seconds, a line each.

`python -m tests.bench.steps_of_losses LIST.parquet RUNS`; the middle of the runs, in one process.
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from implement.engine.backend import open_backend
from implement.engine.funnel import look_at_columns, map_losses, plan_list, propose_deal_columns, propose_stages
from implement.engine.intake import read_tables


def print_steps(path: Path, runs: int) -> None:
    """Decode with Arrow and from CSV, then count everything the loss map says."""
    with open_backend() as backend:
        (found,) = read_tables(path, backend).tables
        source = replace(found, relation=backend.keep(found.relation))  # as the store keeps it
        looks = look_at_columns(source, backend)
        columns = propose_deal_columns(looks)
        stages = propose_stages(looks[columns["stage"]].counts)
        plan, names = plan_list(looks, columns, stages, date(2017, 12, 31)), sorted(columns.values())
        counted = ", ".join(f'count("{name}")' for name in names)
        text = path.with_suffix(".csv")
        backend.duck.execute(f"COPY (SELECT * FROM read_parquet('{path}')) TO '{text}' (HEADER)")
        work: dict[str, Callable[[], object]] = {
            "decode the columns from Parquet (Arrow)": lambda: pq.read_table(path, columns=names),
            "decode the columns from CSV (DuckDB)": lambda: backend.duck.execute(
                f"SELECT {counted} FROM read_csv('{text}', all_varchar = true)"
            ).fetchall(),
            "loss map": lambda: map_losses(source, plan, backend),
        }
        for name, step in work.items():
            print(f"{name}\t{statistics.median(_cpu(step) for _ in range(runs)):.3f}")


def _cpu(step: Callable[[], object]) -> float:
    start = time.process_time()
    step()
    return time.process_time() - start


if __name__ == "__main__":
    print_steps(Path(sys.argv[1]), int(sys.argv[2]))
