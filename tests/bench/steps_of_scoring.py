"""Score a folder as the command does and print the CPU seconds of each step, one `step seconds` a line.

Roll-up, decoding and scoring run several times in turn and print the middle one.
`python -m tests.bench.steps_of_scoring FOLDER RUNS`
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq

from implement.engine.backend import Backend, open_backend
from implement.engine.exchange import read_exchange
from implement.engine.resistance import DEFAULT_RESISTANCE, count_habits
from implement.engine.scoring import list_reasons, list_scores, score
from implement.engine.usage import code_log, roll_up

T = TypeVar("T")


def print_steps(folder: Path, runs: int) -> None:
    """Do what `python -m implement score` does, and decode the columns it counts in between."""
    with open_backend() as backend:
        exchange, reading = _timed(lambda: read_exchange(folder, backend))
        log, coding = _timed(lambda: code_log(exchange, backend))
        columns = sorted(exchange.columns - {"record_id", "text_hash", "stage_from", "stage_to", "hits"})
        path = folder / "events.parquet"
        user_days = roll_up(exchange, backend, log=log)
        count = partial(count_habits, exchange, backend, user_days.last_day, DEFAULT_RESISTANCE.habits, log=log)
        habits = count()
        rounds = {
            "decode the counted columns (DuckDB)": lambda: _decode(backend, path, columns),
            "decode the counted columns (Arrow)": lambda: pq.read_table(path, columns=columns),
            "roll up per user and day": lambda: roll_up(exchange, backend, log=log),
            "count the habits of the last weeks": count,
            "score from roll-up and habits": lambda: score(user_days, exchange.workforce, habits=habits),
        }
        seconds = {name: [_timed(work)[1] for _ in range(runs)] for name, work in rounds.items()}
        scoring = score(user_days, exchange.workforce, habits=habits)
        listing = _timed(lambda: (list(list_scores(scoring.scores)), list(list_reasons(scoring.scores))))[1]
    medians = {name: statistics.median(found) for name, found in seconds.items()}
    once = {"read the folder": reading, "write the events in numbers": coding}
    for name, spent in (once | medians | {"list scores and reasons": listing}).items():
        print(f"{name}\t{spent:.3f}")


def _decode(backend: Backend, path: Path, columns: list[str]) -> None:
    counted = ", ".join(f'count("{name}")' for name in columns)
    backend.duck.execute(f"SELECT {counted} FROM read_parquet(?)", [str(path)]).fetchall()


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


if __name__ == "__main__":
    print_steps(Path(sys.argv[1]), int(sys.argv[2]))
