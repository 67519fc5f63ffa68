"""`implement reconcile`: what became of every record between two exports."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path

import pyarrow.compute as pc

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
from implement.engine.mapping import read_mapping
from implement.engine.reconcile import CLASSES, VALUE_LOST, Reconciliation, reconcile, write_findings_csv
from implement.engine.repair import build_repair, describe_repair, write_repair

REPORT = "implement.commands.transfer_report"  # its pictures load the web; only who asks for a report waits for them
SUMMARY = "say for every record what became of it between two exports"
SPOKEN = ("en", "de", "pl", "ru")
CAUSES_SHOWN = 20


@refusing_unusable
def run(arguments: Sequence[str]) -> int:
    """Reconcile; 0 nothing harmful, 1 harmful findings, 2 unusable input."""
    asked = _parse(arguments)
    mapping = read_mapping(asked.mapping) if asked.mapping else None
    with open_backend(asked.engine, scratch=asked.scratch, memory_mb=settle_memory(asked)) as backend:
        source, target = read_sides(asked.source, asked.target, backend)
        settled = settle_mapping(mapping, source, target, backend)
        found = reconcile(source, target, settled, backend, progress=show_progress)
        if asked.repair:
            repair = build_repair(found.findings, source, target, settled, backend, progress=show_progress)
            write_repair(repair, asked.repair, describe_repair(repair))
    end_progress()
    return _hand_over(found, asked)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="implement reconcile", description=SUMMARY)
    add_sides(parser)
    parser.add_argument("--mapping", type=Path, help="YAML file of `implement map`, edited or not")
    parser.add_argument("--out", type=Path, help="CSV file for the findings")
    parser.add_argument("--report", type=Path, help="HTML file for the report")
    parser.add_argument("--language", choices=SPOKEN, help="of the report; else that of the terminal")
    parser.add_argument("--repair", type=Path, metavar="DIR", help="folder for the files that repair the target")
    return parser.parse_args(arguments)


def _hand_over(found: Reconciliation, asked: argparse.Namespace) -> int:
    if asked.out:
        write_findings_csv(found.findings, asked.out)
    if asked.report:
        paper = import_module(REPORT)
        said = {"language": paper.choose_language(asked.language), "today": datetime.now().astimezone().date()}
        drawn = paper.write_report(found, str(asked.source), str(asked.target), **said)
        asked.report.write_text(str(drawn), encoding="utf-8")
    for line in describe(found):
        print(line)
    return FINDINGS if found.harmful else OK


def _lost_as_a_whole(found: Reconciliation, table: str) -> list[str]:
    """A line for each column of a table that has no counterpart, as none of its records tells of it."""
    whole = (pc.field("source_id") == "") & (pc.field("target_id") == "") & (pc.field("class") == VALUE_LOST)
    lost = found.findings.filter(whole & (pc.field("table") == table)).select(["field", "cause"]).to_pylist()
    return [f"    {VALUE_LOST:<16}the whole column {one['field']}, {one['cause']}" for one in lost]


def describe(found: Reconciliation) -> list[str]:
    """Totals, causes and value at risk as lines for the screen."""
    lines = []
    for t in found.tables:
        lines.append(
            f"{t.table} → {t.target or 'no counterpart'}: {t.source_rows:,} source rows, {t.target_rows:,} target"
            f" rows, {t.arrived:,} arrived, {t.unchanged:,} unchanged, {t.changed:,} changed"
        )
        lines += [f"    {fate:<16}{t.classes[fate]:>12,}" for fate in CLASSES if fate in t.classes]
        lines += _lost_as_a_whole(found, t.table)
    lines += [f"only in the target: table {name}" for name in found.only_in_target]
    lines += [f"only in the target: column {name} of {table}" for table, name in found.columns_only_in_target]
    lines += ["causes:"] if found.causes else []
    lines += [f"    {cause.sentence}" for cause in found.causes[:CAUSES_SHOWN]]
    if len(found.causes) > CAUSES_SHOWN:
        lines.append(f"    and {len(found.causes) - CAUSES_SHOWN} more")
    for risk in found.value_at_risk:
        lines.append(
            f"value at risk in {risk.table} ({risk.amount_column}): open {risk.open.said} on {risk.open.records:,}"
            f" records, won {risk.won.said} on {risk.won.records:,} records"
        )
    harmful = f"{found.harmful:,} harmful finding{'s' * (found.harmful > 1)}"
    return [*lines, harmful if found.harmful else "nothing harmful"]
