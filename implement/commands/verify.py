"""`python -m implement verify`: recompute every past pay run from its frozen inputs; it must give the same bytes."""

import argparse
import sys
from collections.abc import Sequence

from flask import Flask
from sqlalchemy.exc import DatabaseError

from implement.app import create_app
from implement.control.incentives.service.verifying import Verdict, verify_runs

SUMMARY = "recompute every past pay run from its frozen inputs and compare the bytes"
OK, FINDINGS, INPUT_FAULT = 0, 1, 2
SAID = {
    "gone": "the kept file of the {about} is gone",
    "harmed": "the kept file of the {about} is not the one that was kept",
    "engine": "it was computed by {about}, which is not the engine of this installation",
    "plan": "the frozen plan cannot be priced",
    "bytes": "the pay comes out otherwise than it was kept",
    "lines": "the lines of {about} are not those of the pay",
    "total": "the total of {about} is not the sum of its lines",
    "people": "statements and frozen plan are not of the same people",
    "approved": "what was {about} was another pay",
}


def run(arguments: Sequence[str]) -> int:
    """Verify all rollouts or one: 0 all the same, 1 something differs, 2 there is nothing such to verify."""
    parser = argparse.ArgumentParser(prog="python -m implement verify", description=SUMMARY)
    parser.add_argument("--rollout", type=int, metavar="ID", help="only this rollout")
    asked = parser.parse_args(arguments)
    app = create_app()
    with app.app_context():
        return verify(app, asked.rollout)


def verify(app: Flask, rollout_id: int | None) -> int:
    """Say a line for each run."""
    try:
        verdicts = list(verify_runs(app.extensions["implement_store"], rollout_id))
    except DatabaseError as fault:
        print(f"implement verify: the database cannot be read: {fault.orig}", file=sys.stderr)
        return INPUT_FAULT
    if rollout_id is not None and not verdicts:
        print(f"implement verify: rollout {rollout_id} has no computed run.", file=sys.stderr)
        return INPUT_FAULT
    for verdict in verdicts:
        print(describe(verdict))
    faults = sum(not verdict.holds for verdict in verdicts)
    print(f"{len(verdicts)} runs, {faults} differ.")
    return FINDINGS if faults else OK


def describe(verdict: Verdict) -> str:
    """One run in a line."""
    name = f"rollout {verdict.rollout_id}, run {verdict.number}, {verdict.statements} statements"
    return f"{name}: " + ("the same" if verdict.holds else SAID[verdict.code].format(about=verdict.about or "the run"))
