"""Read both sides of a transfer for the commands, tell the faults, and show how far the work is."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path

from implement.engine.backend import ENGINES, Backend, EngineMissing
from implement.engine.intake import LINE_OF_TOTALS, Fault, Intake, read_tables
from implement.engine.mapping import Mapping, MappingFault, check_mapping, propose_mapping
from implement.engine.reconcile.tables.staging import stage

OK, FINDINGS, INPUT_FAULT = 0, 1, 2
BAR = 30
LEAST_MEMORY_MB = 256
PART_OF_FILES = 25
"""Joins of five million records fit into so much of their files."""


Run = Callable[[Sequence[str]], int]


class UnusableInput(Exception):
    """Input that cannot be worked with; the faults have been told."""


def refusing_unusable(run: Run) -> Run:
    """Have a command say why its input cannot be used and end with 2, wherever in its work that shows."""

    @wraps(run)
    def run_or_refuse(arguments: Sequence[str]) -> int:
        try:
            return run(arguments)
        except UnusableInput:
            pass
        except MappingFault as told:
            tell_faults(told.faults)
        except (EngineMissing, FileNotFoundError) as fault:
            print(fault, file=sys.stderr)
        return INPUT_FAULT

    return run_or_refuse


def add_sides(
    parser: argparse.ArgumentParser,
    source: str = "folder or file of the old system's export",
    target: str = "folder or file of the CRM's export",
) -> None:
    """Declare the arguments that the commands share."""
    parser.add_argument("source", type=Path, help=source)
    parser.add_argument("target", type=Path, help=target)
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    said = f"memory the engine may use; else {LEAST_MEMORY_MB}, for files of many gigabytes a {PART_OF_FILES}th of them"
    parser.add_argument("--memory", type=int, metavar="MB", help=said)
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()), help="folder for scratch files")


def settle_memory(asked: argparse.Namespace) -> int:
    """How many megabytes the engine may use: what was asked for, or as many as files of this size take."""
    if asked.memory:
        return int(asked.memory)
    sides: tuple[Path, Path] = (asked.source, asked.target)
    files = [file for side in sides for file in (side, *side.rglob("*")) if file.is_file()]
    return max(LEAST_MEMORY_MB, sum(file.stat().st_size for file in files) // 2**20 // PART_OF_FILES)


def read_sides(source: Path, target: Path, backend: Backend) -> tuple[Intake, Intake]:
    """Read both sides; raises UnusableInput after telling why."""
    sides = [read_tables(path, backend, progress=show_progress) for path in (source, target)]
    for side, path in zip(sides, (source, target), strict=True):
        tell_faults(side.faults, path if path.is_dir() else path.parent)
        for skipped in side.skipped:
            print(f"left alone: {skipped.file}: {skipped.text}")
        for note in (one for one in side.notes if one.code == LINE_OF_TOTALS):
            print(f"left alone: {note.file}, row {note.row}: {note.text}")
    for side, path in zip(sides, (source, target), strict=True):
        if not side.tables:
            print(f"{path}: no usable table", file=sys.stderr)
    if any(side.faults or not side.tables for side in sides):
        raise UnusableInput
    return stage(sides[0], backend), stage(sides[1], backend)


def settle_mapping(mapping: Mapping | None, source: Intake, target: Intake, backend: Backend) -> Mapping:
    """The mapping handed in, checked against the tables, or a proposal."""
    if mapping is None:
        return propose_mapping(source, target, backend, progress=show_progress)
    faults = check_mapping(mapping, source, target)
    if faults:
        tell_faults(faults)
        raise UnusableInput
    return mapping


def tell_faults(faults: Sequence[Fault], folder: Path = Path()) -> None:
    """Print each fault with its file, as it is found from here, row, column and reason."""
    for fault in faults:
        row = f", row {fault.row}" if fault.row is not None else ""
        column = f", column {fault.column}" if fault.column else ""
        print(f"{folder / fault.file}{row}{column}: {fault.text}", file=sys.stderr)


def show_progress(step: str, done_rows: int, total_rows: int) -> None:
    """Draw a bar on a terminal; elsewhere write one line when a step begins."""
    if sys.stderr.isatty():
        filled = BAR * done_rows // total_rows if total_rows else 0
        print(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {step:<30.30}", end="", file=sys.stderr, flush=True)
    elif done_rows == 0:
        print(f"{step} …", file=sys.stderr)


def end_progress() -> None:
    """Leave the line of the bar."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
