"""Reconcile two folders as the command does and print the CPU seconds of each step, one `step seconds` a line.

`python -m tests.bench.steps_of_reconciling SOURCE TARGET FINDINGS.csv`
"""

import time

BEGAN = time.process_time()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from implement.commands.transfer_input import read_sides  # noqa: E402
from implement.engine.backend import open_backend  # noqa: E402
from implement.engine.mapping import propose_mapping  # noqa: E402
from implement.engine.reconcile import reconcile, write_findings_csv  # noqa: E402


class Stopwatch:
    """Tells the CPU seconds since it was last asked; `step` ends one and names it."""

    def __init__(self) -> None:
        self.last = 0.0
        self.step("start of Python")
        self.current = ""

    def step(self, name: str) -> None:
        """End a step."""
        now = time.process_time()
        print(f"{name}\t{now - self.last:.3f}")
        self.last = now

    def progress(self, step: str, done_rows: int, total_rows: int) -> None:
        """End what ran before whenever the engine names the next step."""
        if step != self.current:
            if self.current:
                self.step(self.current)
            self.current = step

    def end(self) -> None:
        """End the last step the engine named."""
        self.progress("", 0, 0)


def reconcile_in_steps(source: Path, target: Path, out: Path) -> None:
    """Do what `python -m implement reconcile` does."""
    watch = Stopwatch()
    with open_backend() as backend:
        sides = read_sides(source, target, backend)
        watch.step("read both sides, stage as Parquet")
        mapping = propose_mapping(*sides, backend, progress=watch.progress)
        watch.end()
        found = reconcile(*sides, mapping, backend, progress=watch.progress)
        watch.end()
        write_findings_csv(found.findings, out)
        watch.step("write findings")


if __name__ == "__main__":
    reconcile_in_steps(*map(Path, sys.argv[1:4]))
