"""Start, claim, run and take up jobs."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from implement.db import begin_writing, change_rows, db, utc_now
from implement.jobs.registry import HANDLERS, JobCancelled, JobRefused, JobTicket
from implement.jobs.tables import Job, JobState, Plain

STALLED_AFTER = timedelta(seconds=20)
HANDED_OVER_AFTER = timedelta(seconds=2)
MOST_ATTEMPTS = 5

log = logging.getLogger(__name__)


def enqueue_job(
    kind: str, *, rollout_id: int | None, arguments: dict[str, Plain], by_id: int | None, now: datetime
) -> Job:
    """Write a job down; it is handed to a worker when the transaction commits."""
    job = Job(kind=kind, rollout_id=rollout_id, arguments=arguments, created_by_id=by_id, created_at=now)
    db.session.add(job)
    db.session.flush()
    db.session.info.setdefault("queued_jobs", []).append(job.id)
    return job


def find_job(job_id: int, rollout_id: int | None) -> Job | None:
    """The job of this rollout, or None."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.rollout_id == rollout_id))


def cancel_job(job: Job, *, now: datetime) -> None:
    """Cancel a job that is not finished; a running one stops at its next step."""
    open_states = (JobState.QUEUED, JobState.RUNNING)
    values = {"state": JobState.CANCELLED, "finished_at": now}
    db.session.execute(update(Job).where(Job.id == job.id, Job.state.in_(open_states)).values(**values))
    db.session.refresh(job)


def run_job(job_id: int, *, worker: str = "", gone: Collection[str] = ()) -> None:
    """Claim the job for this worker and run it to its end; does nothing when another live worker has it."""
    begin_writing()
    ticket = _claim(job_id, utc_now(), worker=worker, gone=gone)
    if ticket is None:
        return
    kind, arguments = db.session.execute(select(Job.kind, Job.arguments).where(Job.id == job_id)).one()
    db.session.rollback()
    ticket.start_heart()
    try:
        result = HANDLERS[kind](ticket, **arguments)
        _finish(ticket, JobState.DONE, result=result)
    except JobRefused as refusal:
        _give_up(ticket, JobState.REFUSED, refusal=refusal.reasons)
    except JobCancelled:
        _give_up(ticket, JobState.CANCELLED)
    except Exception:
        log.exception("job %s (%s) failed", job_id, kind)
        _give_up(ticket, JobState.FAILED)
        raise
    finally:
        ticket.stop_heart()


def take_up_stalled_jobs(now: datetime, *, gone: Collection[str] = ()) -> list[int]:
    """Return the jobs that nobody runs: queued ones that the queue lost, running ones without heartbeat or worker."""
    waiting = (Job.state == JobState.QUEUED) & (Job.created_at < now - HANDED_OVER_AFTER)
    job_ids = list(db.session.scalars(select(Job.id).where(waiting | _is_stalled(now, gone)).order_by(Job.id)))
    db.session.rollback()
    return job_ids


def _is_stalled(now: datetime, gone: Collection[str]) -> ColumnElement[bool]:
    """Running, but its heart stopped, or the process of its worker is known to have ended."""
    return (Job.state == JobState.RUNNING) & ((Job.heartbeat_at < now - STALLED_AFTER) | Job.worker.in_(gone))


def _claim(job_id: int, now: datetime, *, worker: str, gone: Collection[str]) -> JobTicket | None:
    """Take the job by a row update that only one worker can win."""
    free = (Job.state == JobState.QUEUED) | _is_stalled(now, gone)
    values = {"state": JobState.RUNNING, "heartbeat_at": now, "attempts": Job.attempts + 1, "worker": worker}
    won = change_rows(update(Job).where(Job.id == job_id, free).values(**values))
    db.session.commit()
    if not won:
        return None
    found = select(Job.rollout_id, Job.attempts, Job.created_by_id).where(Job.id == job_id)
    rollout_id, attempts, created_by_id = db.session.execute(found).one()
    db.session.rollback()
    ticket = JobTicket(job_id, rollout_id, attempts, created_by_id)
    if attempts > MOST_ATTEMPTS:
        _give_up(ticket, JobState.FAILED)
        return None
    return ticket


def _finish(ticket: JobTicket, state: JobState, **columns: dict[str, Plain] | None) -> None:
    """Commit the handler's writes together with the job's end, unless the job was taken from us meanwhile."""
    mine = (Job.id == ticket.job_id, Job.state == JobState.RUNNING, Job.attempts == ticket.attempt)
    ended = update(Job).where(*mine).values(state=state, finished_at=utc_now(), **columns)
    if change_rows(ended):
        db.session.commit()
    else:
        db.session.rollback()


def _give_up(ticket: JobTicket, state: JobState, **columns: dict[str, Plain] | None) -> None:
    """Drop what the handler wrote and mark the job ended."""
    db.session.rollback()
    _finish(ticket, state, **columns)
