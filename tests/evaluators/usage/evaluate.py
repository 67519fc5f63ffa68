"""Judge a command: `python -m tests.evaluators.usage.evaluate --size 600 --case resistance --command "…"`."""

import argparse
import math
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow.csv as pa_csv

from tests.evaluators.usage.exchange import count_lines, truth_table, write_rollout
from tests.evaluators.usage.rollout import CASES, Rollout, simulate
from tests.evaluators.usage.scoring import Figure, interval_coverage, read_scores, score_people

EXPLAINED = (
    "AUC and precision over scored people; wrong flags over scored people who do not resist; dormancy over people with "
    "five present days or more in the unseen 28."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, run the command, print the figures."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(asked.keep or scratch)
        for case in list(CASES) if asked.case == "all" else asked.case.split(","):
            _judge(case, asked, folder / case)
    return 0


def _parser() -> argparse.ArgumentParser:
    listed = "; ".join(f"{name}: {case.says}" for name, case in CASES.items())
    parser = argparse.ArgumentParser(description=__doc__, epilog=listed)
    parser.add_argument("--size", type=int, default=600, help="people of the firm: 12, 25, 60, 600, 6000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", default="resistance", help=f"all, or some of {', '.join(CASES)}")
    parser.add_argument("--command", help="judged as: COMMAND DIR --out SCORES.csv; without it files are only written")
    parser.add_argument("--keep", help="folder in which the files stay")
    parser.add_argument("--format", default="parquet", choices=("parquet", "csv"))
    parser.add_argument("--again", action="store_true", help="live the weeks twice and count interval coverage")
    return parser


def _judge(case: str, asked: argparse.Namespace, folder: Path) -> None:
    rollout = simulate(case, asked.size, asked.seed)
    write_rollout(rollout, folder / "rollout", asked.format)
    pa_csv.write_csv(truth_table(rollout), folder / "truth.csv")
    events = count_lines(rollout.events)
    print(f"\n== {case}: {CASES[case].says}; {asked.size} people, {events:,} events, seed {asked.seed}")
    if not asked.command:
        print(f"written to {folder}")
        return
    exit_code, seconds = run_command(asked.command, folder / "rollout", folder / "scores.csv")
    print(f"exit {exit_code} · wall {seconds:.1f} s")
    if not (folder / "scores.csv").exists():
        print("no scores file")
        return
    figures = score_people(read_scores(folder / "scores.csv"), rollout)
    if asked.again:
        figures.append(_coverage(case, asked, folder, rollout))
    print_figures(figures)


def _coverage(case: str, asked: argparse.Namespace, folder: Path, rollout: Rollout) -> Figure:
    again = simulate(case, asked.size, asked.seed, event_seed=asked.seed + 1000)
    write_rollout(again, folder / "again", asked.format)
    run_command(asked.command, folder / "again", folder / "scores_again.csv")
    first, second = read_scores(folder / "scores.csv"), read_scores(folder / "scores_again.csv")
    return interval_coverage(first, second, rollout.staff.ids)


def run_command(command: str, folder: Path, out: Path) -> tuple[int, float]:
    """Run the judged command; its exit code and its seconds."""
    out.unlink(missing_ok=True)
    start = time.monotonic()
    ended = subprocess.run(
        [*shlex.split(command), str(folder), "--out", str(out)], stdout=subprocess.DEVNULL, check=False
    )
    return ended.returncode, time.monotonic() - start


def print_figures(figures: list[Figure]) -> None:
    """One line a figure."""
    for figure in figures:
        value = "–" if math.isnan(figure.value) else f"{figure.value:.3f}"
        print(f"{figure.name:<48}{value:>9}   n = {figure.counted_on}")
    print(EXPLAINED)


if __name__ == "__main__":
    sys.exit(main())
