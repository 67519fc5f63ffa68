"""Which function does which kind of job, and what it is handed."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from implement.db import db, holds_only_the_lock, utc_now, writing
from implement.jobs.tables import Job, JobState, Plain

BEAT_SECONDS = 4.0
REPORT_SECONDS = 0.5


class JobCancelled(Exception):
    """Somebody cancelled the job while it ran."""


class JobRefused(Exception):
    """The job's input cannot be used; `reasons` are shown to the person who started it."""

    def __init__(self, reasons: dict[str, Plain]) -> None:
        super().__init__(str(reasons))
        self.reasons = reasons


class Handler(Protocol):
    """A function that does one kind of job: it computes, writes without committing, and returns the result shown on
    the page.
    """

    def __call__(self, ticket: "JobTicket", **arguments: Plain) -> dict[str, Plain]: ...


HANDLERS: dict[str, Handler] = {}


def runs(kind: str) -> Callable[[Handler], Handler]:
    """Declare the function that does this kind of job."""

    def declare(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return declare


class JobTicket:
    """What a running job holds: its identity, its bar and its heartbeat, kept outside the job's own transaction."""

    def __init__(self, job_id: int, rollout_id: int | None, attempt: int, created_by_id: int | None) -> None:
        self.job_id = job_id
        self.rollout_id = rollout_id
        self.created_by_id = created_by_id
        self.attempt = attempt
        self._engine = db.engine
        self._session = db.session()
        self._reported_at = 0.0
        self._stopped = threading.Event()

    def progress(self, step: str, done_rows: int, total_rows: int) -> None:
        """Show how far the job is; raises `JobCancelled` when somebody cancelled it."""
        now = time.monotonic()
        if now - self._reported_at < REPORT_SECONDS and done_rows < total_rows:
            return
        self._reported_at = now
        if not self._lets_others_write():
            return
        if not self._write(step=step[:200], done_rows=done_rows, total_rows=total_rows):
            raise JobCancelled

    def _lets_others_write(self) -> bool:
        """End the handler's reading, so that nobody waits for it while it computes; False once it is writing itself."""
        if holds_only_the_lock(self._session):
            self._session.rollback()
        return not (self._session.in_transaction() and self._engine.dialect.name == "sqlite")

    def start_heart(self) -> None:
        """Beat in the background until `stop_heart`."""
        threading.Thread(target=self._beat, daemon=True).start()

    def stop_heart(self) -> None:
        """Stop beating."""
        self._stopped.set()

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT_SECONDS):
            self._write()

    def _write(self, **columns: str | int) -> bool:
        """Update the row in a transaction of its own; False when the job is no longer ours. A locked database only
        delays the bar.
        """
        mine = (Job.id == self.job_id, Job.state == JobState.RUNNING, Job.attempts == self.attempt)
        try:
            with writing(), self._engine.begin() as connection:
                return bool(
                    connection.execute(update(Job).where(*mine).values(heartbeat_at=utc_now(), **columns)).rowcount
                )
        except OperationalError:
            return True
