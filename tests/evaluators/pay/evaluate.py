"""Judge a command: `python -m tests.evaluators.pay.evaluate --plans 20 --command "python -m implement price"`."""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.evaluators.pay.plans import BROKEN_TEXTS, random_plan, spoiled_plan
from tests.evaluators.pay.pricing import price_text
from tests.evaluators.pay.reading import PlanFault

INPUT_FAULT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Price valid plans, offer spoiled and broken ones, print what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=20)
    parser.add_argument("--people", type=int, default=50, help="in each valid plan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--command", required=True, help="judged as: COMMAND PLAN.json --out PAY.json")
    asked = parser.parse_args(arguments)
    seeds = range(asked.seed, asked.seed + asked.plans)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        priced = [judge_valid(asked.command, folder, seed, asked.people) for seed in seeds]
        refused = [judge_spoiled(asked.command, folder, seed) for seed in seeds]
        broken = [judge_broken(asked.command, folder, text) for text in BROKEN_TEXTS]
    for name, outcomes in (("valid plans", priced), ("spoiled plans", refused), ("broken texts", broken)):
        right = sum(not complaint for complaint in outcomes)
        print(f"{name}: {right} of {len(outcomes)} right")
        print("".join(f"  {complaint}\n" for complaint in outcomes if complaint), end="")
    return int(any([*priced, *refused, *broken]))


def run_command(command: str, text: str, folder: Path) -> tuple[int, str, Path]:
    """Exit code, all that was printed, and where the pay would be."""
    plan, out = folder / "plan.json", folder / "pay.json"
    out.unlink(missing_ok=True)
    plan.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [*shlex.split(command), str(plan), "--out", str(out)], capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout + ended.stderr, out


def judge_valid(command: str, folder: Path, seed: int, people: int) -> str:
    """Empty when the command prices the plan to the last minor unit, else what is wrong."""
    text = json.dumps(random_plan(seed, people))
    expected, _ = price_text(text)
    exit_code, printed, out = run_command(command, text, folder)
    if exit_code != 0 or not out.exists():
        return f"seed {seed}: exit {exit_code}, {printed[:200]}"
    got = json.loads(out.read_text(encoding="utf-8"))
    got.pop("engine", None)
    return "" if got == expected else f"seed {seed}: {first_difference(got, expected or {})}"


def first_difference(got: dict[str, object], expected: dict[str, object]) -> str:
    """The first person whose pay differs."""
    if got.get("input_sha256") != expected.get("input_sha256"):
        return "input_sha256 differs"
    mine, theirs = expected["people"], got.get("people")
    assert isinstance(mine, list)
    if not isinstance(theirs, list) or len(mine) != len(theirs):
        return "people differ in number"
    return next(
        (f"got {one}, expected {two}" for one, two in zip(theirs, mine, strict=True) if one != two), "other keys"
    )


def judge_spoiled(command: str, folder: Path, seed: int) -> str:
    """Empty when every planted fault has a line with person and key, and nobody healthy is named."""
    plan, planted, healthy = spoiled_plan(seed)
    exit_code, printed, out = run_command(command, json.dumps(plan), folder)
    if exit_code != INPUT_FAULT or out.exists() or "Traceback" in printed:
        return f"seed {seed}: exit {exit_code}, file written: {out.exists()}, {printed[-200:]}"
    unnamed = [fault for fault in sorted(planted) if not is_named(fault, printed)]
    blamed = [person for person in sorted(healthy) if person in printed]
    return f"seed {seed}: not named {unnamed}, wrongly named {blamed}" if unnamed or blamed else ""


def is_named(fault: PlanFault, printed: str) -> bool:
    """Whether one line holds both the person and the key of a fault."""
    return any(fault.person in line and fault.key in line for line in printed.splitlines())


def judge_broken(command: str, folder: Path, text: str) -> str:
    """Empty when a broken text is refused without a traceback."""
    exit_code, printed, out = run_command(command, text, folder)
    right = exit_code == INPUT_FAULT and not out.exists() and "Traceback" not in printed and printed.strip()
    return "" if right else f"{text[:40]!r}: exit {exit_code}, {printed[-200:]}"


if __name__ == "__main__":
    sys.exit(main())
