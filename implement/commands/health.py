"""`implement health`: what is wrong with old tables before anything is transferred."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from implement.commands.transfer_input import (
    FINDINGS,
    OK,
    UnusableInput,
    end_progress,
    refusing_unusable,
    show_progress,
    tell_faults,
)
from implement.engine.backend import ENGINES, open_backend
from implement.engine.health import HealthFinding, HealthReport, check_health
from implement.engine.health.writing import write_health_csv
from implement.engine.intake import read_tables
from implement.engine.reconcile.tables.staging import stage

SUMMARY = "say what is wrong with old tables before they are transferred"
LONGEST_EXAMPLE = 40


@refusing_unusable
def run(arguments: Sequence[str]) -> int:
    """Look through a folder or file; 0 nothing found, 1 findings, 2 unusable input."""
    asked = _parse(arguments)
    with open_backend(asked.engine, scratch=asked.scratch, memory_mb=asked.memory) as backend:
        side = read_tables(asked.source, backend, progress=show_progress)
        tell_faults(side.faults)
        if side.faults or not side.tables:
            raise UnusableInput
        report = check_health(stage(side, backend), backend, progress=show_progress)
    end_progress()
    if asked.out:
        write_health_csv(report, asked.out)
    _print_report(report)
    return FINDINGS if report.findings else OK


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="implement health", description=SUMMARY)
    parser.add_argument("source", type=Path, help="folder or file of the old system's export")
    parser.add_argument("--out", type=Path, help="CSV file for the rows behind every finding")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    parser.add_argument("--memory", type=int, default=512, metavar="MB", help="memory the engine may use")
    parser.add_argument("--scratch", type=Path, default=Path(tempfile.gettempdir()), help="folder for scratch files")
    return parser.parse_args(arguments)


def _print_report(report: HealthReport) -> None:
    print(f"{len(report.findings)} findings in {report.tables} tables with {report.rows:,} rows")
    for finding in report.findings:
        print(_describe(finding))


def _describe(finding: HealthFinding) -> str:
    place = f"{finding.table}.{finding.column}" if finding.column else finding.table
    parent = f" → {finding.parent}.{finding.parent_column}" if finding.parent else ""
    column, values = finding.where
    where = f"; all where {column} is {' or '.join(values)}" if column else ""
    shown = [f"{value[:LONGEST_EXAMPLE]}{f' ({other[:LONGEST_EXAMPLE]}?)' if other else ''}"
             for value, other, _count in finding.examples[:3]]  # fmt: skip
    examples = f"; e.g. {', '.join(shown)}" if shown else ""
    return f"{finding.kind:<18} {finding.count:>9,} of {finding.of:<9,} {place}{parent}{where}{examples}"
