"""`python -m implement score`: usage, evidence of resistance and dormancy of everybody in a folder of usage events."""

import argparse
import csv
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import yaml

from implement.engine.backend import ENGINES, Backend, EngineMissing, open_backend
from implement.engine.exchange import (
    DEFAULT_ZONE,
    Exchange,
    ExchangeFault,
    ExchangeMapping,
    read_exchange,
    read_mapping,
)
from implement.engine.exchange.reading import find_unreadable_rows
from implement.engine.intake import Fault
from implement.engine.resistance import count_habits
from implement.engine.scoring import (
    DEFAULT_SCORING,
    REASON_COLUMNS,
    SCORE_COLUMNS,
    Scoring,
    list_reasons,
    list_scores,
    score,
)
from implement.engine.scoring.screen import describe_scoring
from implement.engine.usage import CodedLog, UserDays, code_log, roll_up

SUMMARY = "score how each person uses the CRM, from a folder of usage events"
FOUND_NOTHING, UNUSABLE = 0, 2


def run(arguments: Sequence[str]) -> int:
    """Read the folder, score everybody, write the files asked for; 2 with every fault listed when it cannot be used."""
    chosen = _read_arguments(arguments)
    try:
        with open_backend(chosen.engine) as backend:
            return _score_folder(chosen, backend)
    except EngineMissing as missing:
        print(missing, file=sys.stderr)
        return UNUSABLE


def _score_folder(chosen: argparse.Namespace, backend: Backend) -> int:
    said, faults = _read_mapping_file(chosen.mapping)
    if faults:
        return _refuse(faults)
    zone = os.environ.get("IMPLEMENT_TIMEZONE", DEFAULT_ZONE)
    exchange = read_exchange(chosen.folder, backend, said, zone=zone, progress=_tell)
    if exchange.events is None or exchange.is_unusable:
        return _refuse(exchange.faults)
    log = code_log(exchange, backend) if backend.embedded is backend else None
    user_days = roll_up(exchange, backend, log=log, progress=_tell)
    unreadable = find_unreadable_rows(exchange, user_days.unreadable_events, backend)
    if user_days.table.num_rows == 0 or user_days.has_too_many_unreadable:
        return _refuse([*exchange.faults, *unreadable, *_nothing_usable(user_days, chosen.folder)])
    return _write_results(chosen, exchange, user_days, log, [*exchange.faults, *unreadable], backend)


def _write_results(
    chosen: argparse.Namespace,
    exchange: Exchange,
    user_days: UserDays,
    log: CodedLog | None,
    faults: Iterable[Fault],
    backend: Backend,
) -> int:
    first_day, as_of = user_days.first_day, chosen.as_of or user_days.last_day
    if first_day is None or as_of is None or as_of < first_day:
        return _refuse([ExchangeFault(chosen.folder.name, None, None, "no_events_until", (str(as_of),))])
    _tell("habits", 0, 0)
    habits = count_habits(exchange, backend, as_of, DEFAULT_SCORING.resistance.habits, log=log)
    scoring = score(user_days, exchange.workforce, as_of, habits=habits, progress=_tell)
    if chosen.out:
        _write_csv(chosen.out, SCORE_COLUMNS, list_scores(scoring.scores))
    if chosen.reasons:
        _write_csv(chosen.reasons, REASON_COLUMNS, list_reasons(scoring.scores))
    _print_report(exchange, user_days, scoring, faults)
    return FOUND_NOTHING


def _read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m implement score", description=SUMMARY)
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="folder with events and, where known, users, absences …"
    )
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DAY", help="last day that counts; default: the last event's"
    )
    parser.add_argument("--out", type=Path, metavar="SCORES.csv", help="write one row per user")
    parser.add_argument("--reasons", type=Path, metavar="REASONS.csv", help="write each signal that stands out")
    parser.add_argument("--mapping", type=Path, metavar="M.yaml", help="what tables, columns and values mean")
    parser.add_argument("--engine", choices=ENGINES, default=os.environ.get("IMPLEMENT_ENGINE", "duckdb"))
    return parser.parse_args(arguments)


def _read_mapping_file(path: Path | None) -> tuple[ExchangeMapping, list[ExchangeFault]]:
    if path is None:
        return ExchangeMapping(), []
    try:
        return read_mapping(yaml.safe_load(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        return ExchangeMapping(), [ExchangeFault(path.name, None, None, "mapping_unreadable", (reason,))]


def _nothing_usable(user_days: UserDays, folder: Path) -> list[ExchangeFault]:
    if user_days.has_too_many_unreadable:
        counts = (str(user_days.unreadable_events), str(user_days.all_events))
        return [ExchangeFault(folder.name, None, None, "times_unreadable", counts)]
    return [ExchangeFault(folder.name, None, None, "no_usable_events")]


def _refuse(faults: Iterable[Fault]) -> int:
    for fault in faults:
        print(_fault_line(fault), file=sys.stderr)
    return UNUSABLE


def _fault_line(fault: Fault) -> str:
    where = [
        fault.file,
        f"row {fault.row}" if fault.row is not None else "",
        f"column {fault.column}" if fault.column else "",
    ]
    return f"{', '.join(part for part in where if part)}: {fault.text}"


def _print_report(exchange: Exchange, user_days: UserDays, scoring: Scoring, faults: Iterable[Fault]) -> None:
    for line in describe_scoring(exchange, user_days, scoring):
        print(line)
    for fault in faults:
        print(f"Fault: {_fault_line(fault)}")


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write through a file beside it, so that a broken run leaves no half file."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    beside.replace(path)


def _tell(step: str, done_rows: int, total_rows: int) -> None:
    """One line per step on stderr; on a terminal the line is kept up to date in place."""
    share = f" {done_rows}/{total_rows}" if total_rows else ""
    if sys.stderr.isatty():
        print(f"\r{step}{share}\x1b[K", end="" if done_rows < total_rows else "\n", file=sys.stderr, flush=True)
    elif done_rows == 0:
        print(f"{step}{share}", file=sys.stderr)
