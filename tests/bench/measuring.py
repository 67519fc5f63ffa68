"""Run a command of ours, or its limit, in a child of its own and measure what that child alone cost."""

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = int(os.environ.get("IMPLEMENT_BENCH_RUNS", "3"))
STARTER = Path(__file__).with_name("starter.py")
PEERS = Path(sys.prefix) / "peers" / "bin" / "python"
"""The interpreter of the tools of others (`requirements-peers.txt`)."""


@dataclass(frozen=True)
class Cost:
    """What one child cost: its exit code, its own CPU (user and system), the clock on the wall, its peak of memory."""

    exit_code: int
    cpu_seconds: float
    wall_seconds: float
    peak_mb: float
    said: str


def run_python(*arguments: str | Path, interpreter: str | Path = sys.executable) -> Cost:
    """Run an interpreter, that of this run if no other is said, with these arguments at the root of the project.

    A small starter stands in between: the kernel counts the memory of whoever starts a program as the program's peak.
    """
    asked = [sys.executable, "-I", "-S", str(STARTER), str(interpreter), *map(str, arguments)]
    said = subprocess.run(asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    printed, _, figures = said.stdout.rpartition("\n")
    exit_code, cpu, wall, peak_kb = figures.split()
    return Cost(int(exit_code), float(cpu), float(wall), int(peak_kb) / 1024, printed)


def run_in_turn(*commands: Sequence[str | Path], runs: int = RUNS) -> list[list[Cost]]:
    """Run the commands one after the other, several times round, so that what else runs here disturbs all alike."""
    rounds = [[run_python(*command) for command in commands] for _ in range(runs)]
    return [list(costs) for costs in zip(*rounds, strict=True)]


def median_cpu(costs: Sequence[Cost]) -> float:
    """The median of the runs' CPU seconds."""
    return statistics.median(cost.cpu_seconds for cost in costs)


def peak_mb(costs: Sequence[Cost]) -> float:
    """The highest peak of all runs."""
    return max(cost.peak_mb for cost in costs)
