"""`python -m implement price`: everybody's variable pay from a plan, without a server."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from implement.engine.pay import UnusablePlan, read_plan, write_pay

SUMMARY = "price a plan of variable pay, to the minor unit"
OK, INPUT_FAULT = 0, 2


def run(arguments: Sequence[str]) -> int:
    """Read the plan and write the pay; 2 with every fault on a line of its own, and nothing written."""
    asked = _parse(arguments)
    try:
        content = asked.plan.read_bytes()
        if asked.out and asked.out.exists() and asked.out.samefile(asked.plan):
            return _refuse([f"{asked.out}: is the plan itself; name another file for the pay."])
        pay = write_pay(read_plan(content))
        if asked.out:
            _write(pay, asked.out)
    except UnusablePlan as unusable:
        return _refuse(fault.line for fault in unusable.faults)
    except OSError as error:
        return _refuse([f"{error.filename}: {error.strerror}"])
    if not asked.out:
        sys.stdout.buffer.write(pay)
        sys.stdout.buffer.flush()
    return OK


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m implement price", description=SUMMARY)
    parser.add_argument("plan", type=Path, metavar="PLAN.json", help="terms, people, targets, actuals and formulas")
    parser.add_argument("--out", type=Path, metavar="PAY.json", help="where the pay goes; default: standard output")
    return parser.parse_args(arguments)


def _write(pay: bytes, out: Path) -> None:
    """Write through a file beside it, so that there is the whole pay or none; a device is written as it is."""
    if out.exists() and not out.is_file():
        out.write_bytes(pay)
        return
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            file.write(pay)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def _refuse(lines: Iterable[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return INPUT_FAULT
