"""`python -m implement worker`: do jobs, send mail, escalate, take backups."""

import argparse
import logging
import sys
from collections.abc import Sequence

from implement import jobs
from implement.app import create_app
from implement.commands.migrate import newest_revision, read_revision
from implement.commands.serving.housekeeping import start_housekeeping

SUMMARY = "do the work in the background: jobs, mail, escalations, backups"


def run(arguments: Sequence[str]) -> int:
    """Work until told to stop; any number of workers may run, on any number of machines."""
    parser = argparse.ArgumentParser(prog="implement worker", description=SUMMARY)
    parser.add_argument("--workers", type=int, default=1, help="how many jobs at a time (default 1)")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = create_app()
    with app.app_context():
        stands_at, expected = read_revision(), newest_revision()
    if stands_at != expected:
        said = f"the database stands at revision {stands_at}, not at {expected}: python -m implement migrate"
        print(f"implement worker: {said}", file=sys.stderr)
        return 2
    start_housekeeping(app)
    jobs.run_worker(app, workers=max(1, asked.workers))
    return 0
