"""Kinds of jobs that only tests of kills know."""

import io
import time
from pathlib import Path

from implement.db import db, utc_now
from implement.jobs import JobTicket, Plain, runs
from implement.rollout.tables import LoginAttempt
from implement.store import FolderStore

STEPS, ROWS_A_STEP, SECONDS_A_STEP = 10, 20, 0.03
ROWS = STEPS * ROWS_A_STEP
SLOW = "tests.slow"


@runs(SLOW)
def work_slowly(ticket: JobTicket, name: str, store: str) -> dict[str, Plain]:
    """Read, then write rows a few at a time, then a file, with a breath between: room for a kill anywhere."""
    for step in range(STEPS):
        time.sleep(SECONDS_A_STEP)
        ticket.progress("reading", step, STEPS)
    for step in range(STEPS):
        db.session.add_all(LoginAttempt(subject=name, at=utc_now()) for _ in range(ROWS_A_STEP))
        db.session.flush()
        time.sleep(SECONDS_A_STEP)
        ticket.progress("writing", step, STEPS)
    kept = FolderStore(Path(store)).put(io.BytesIO(name.encode() * 10_000))
    return {"sha256": kept.sha256}
