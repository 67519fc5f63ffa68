"""`implement drift`: what happened to the CRM's records between two of its exports."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from implement.commands.transfer_input import (
    FINDINGS,
    OK,
    add_sides,
    end_progress,
    read_sides,
    refusing_unusable,
    settle_mapping,
    settle_memory,
    show_progress,
)
from implement.engine.backend import open_backend
from implement.engine.drift import CHANGES, Drift, find_drift, write_drift_csv
from implement.engine.mapping import read_mapping

SUMMARY = "say what happened to the CRM's records since the transfer: changed, emptied, deleted, by whom and when"


@refusing_unusable
def run(arguments: Sequence[str]) -> int:
    """Compare two exports of one CRM; 0 nothing happened, 1 something did, 2 unusable input."""
    asked = _parse(arguments)
    mapping = read_mapping(asked.mapping) if asked.mapping else None
    with open_backend(asked.engine, scratch=asked.scratch, memory_mb=settle_memory(asked)) as backend:
        then, now = read_sides(asked.source, asked.target, backend)
        settled = settle_mapping(mapping, then, now, backend)
        found = find_drift(then, now, settled, backend, progress=show_progress)
    end_progress()
    if asked.out:
        write_drift_csv(found.findings, asked.out)
    for line in describe(found):
        print(line)
    return FINDINGS if found.count else OK


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="implement drift", description=SUMMARY)
    add_sides(
        parser, "folder or file of the CRM's export at the cutover", "folder or file of a later export of the same CRM"
    )
    parser.add_argument("--mapping", type=Path, help="YAML file that leads from the earlier export to the later one")
    parser.add_argument("--out", type=Path, help="CSV file for what happened")
    return parser.parse_args(arguments)


def describe(found: Drift) -> list[str]:
    """The figures of each table as lines for the screen."""
    lines = []
    for table in found.tables:
        lines.append(
            f"{table.table}: {table.transferred:,} records then, {table.untouched:,} untouched, {table.added:,} new"
        )
        lines += [f"    {change:<16}{table.concerned[change]:>12,}" for change in CHANGES if change in table.concerned]
        lines += [f"    column {name} is not in the later export" for name in table.missing]
        if not table.columns.changed_by:
            lines.append("    no column says who changed a record")
    lines += [f"{name}: not in the later export" for name in found.missing_tables]
    lines.append(f"{found.count:,} changes" if found.count else "nothing happened")
    return lines
