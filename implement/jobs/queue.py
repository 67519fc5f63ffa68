"""The queue that wakes the workers: huey on SQLite by default, on Redis by URL."""

import logging
import threading
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey
from sqlalchemy import event
from sqlalchemy.orm import Session

from implement.db import utc_now
from implement.jobs.presence import Presence
from implement.jobs.service import run_job, take_up_stalled_jobs

TAKE_UP_SECONDS = 3.0

log = logging.getLogger(__name__)


def open_queue(url: str, *, immediate: bool) -> Huey:
    """Open the queue that the setting names."""
    if immediate:
        return SqliteHuey(filename=":memory:", immediate=True)
    if urlsplit(url).scheme.startswith("redis"):
        return RedisHuey(url=url)
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(filename=str(path), fsync=True)


def init_app(app: Flask, url: str, *, immediate: bool) -> None:
    """Give the application its queue; in immediate mode (tests) jobs run after the request that started them."""
    queue = open_queue(url, immediate=immediate)
    presence = Presence(app.extensions["implement_settings"].home / "workers")

    @queue.task(name="run_job")
    def run(job_id: int) -> None:
        with app.app_context():
            run_job(job_id, worker=presence.name, gone=presence.find_gone())

    app.extensions["implement_queue"] = queue
    app.extensions["implement_presence"] = presence
    app.extensions["implement_run_job"] = run
    app.extensions["implement_due_jobs"] = [] if immediate else None
    app.teardown_request(lambda error: run_due_jobs(app))


def run_due_jobs(app: Flask) -> None:
    """Run what immediate mode has put aside, each job in a context of its own."""
    due_jobs: list[int] | None = app.extensions["implement_due_jobs"]
    while due_jobs:
        job_id = due_jobs.pop(0)
        with app.app_context():
            run_job(job_id)


def run_worker(app: Flask, *, workers: int = 1) -> None:
    """Do jobs until told to stop; jobs that nobody runs are taken up again."""
    presence: Presence = app.extensions["implement_presence"]
    presence.announce()
    threading.Thread(target=_keep_taking_up, args=(app,), daemon=True).start()
    queue: Huey = app.extensions["implement_queue"]
    pace = {"initial_delay": 0.05, "max_delay": 0.5}
    queue.create_consumer(workers=workers, worker_type="thread", periodic=False, **pace).run()


def _keep_taking_up(app: Flask) -> None:
    """Look for jobs that nobody runs, now and every few seconds; a database that does not answer is asked again."""
    pause = threading.Event()
    while True:
        try:
            _take_up(app)
        except Exception:
            log.exception("stalled jobs could not be taken up")
        pause.wait(TAKE_UP_SECONDS)


def _take_up(app: Flask) -> None:
    """Hand over what nobody runs, unless the queue still holds some, so that none is handed over again and again."""
    presence: Presence = app.extensions["implement_presence"]
    if app.extensions["implement_queue"].pending_count():
        return
    with app.app_context():
        for job_id in take_up_stalled_jobs(utc_now(), gone=presence.find_gone()):
            app.extensions["implement_run_job"](job_id)


@event.listens_for(Session, "after_commit")
def _hand_over(session: Session) -> None:
    """Hand the jobs of the committed transaction to the workers; a savepoint commits nothing."""
    if session.in_nested_transaction():
        return
    job_ids: list[int] = session.info.pop("queued_jobs", [])
    if not job_ids:
        return
    due_jobs: list[int] | None = current_app.extensions["implement_due_jobs"]
    for job_id in job_ids:
        if due_jobs is None:
            _wake_worker(job_id)
        else:
            due_jobs.append(job_id)


def _wake_worker(job_id: int) -> None:
    """Tell the queue; should it not answer, the job is written down all the same and a worker will take it up."""
    try:
        current_app.extensions["implement_run_job"](job_id)
    except Exception:
        log.exception("the queue did not take job %s", job_id)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """A job of a transaction that was rolled back was never asked for."""
    if not session.in_nested_transaction():
        session.info.pop("queued_jobs", None)
