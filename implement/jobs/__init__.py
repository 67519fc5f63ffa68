"""Background work: rows that say how far a job is, a queue that wakes the workers, and jobs that survive a crash.

A job is claimed by a row update, beats while it runs, and is taken up again by any worker when its heart stops. Its
handler computes
first and writes its results in the transaction that marks it done, so a job that is run twice has one effect.
"""

from implement.jobs.queue import init_app, open_queue, run_due_jobs, run_worker
from implement.jobs.registry import JobCancelled, JobRefused, JobTicket, runs
from implement.jobs.service import cancel_job, enqueue_job, find_job, run_job, take_up_stalled_jobs
from implement.jobs.tables import Job, JobState, Plain

__all__ = [
    "Job",
    "JobCancelled",
    "JobRefused",
    "JobState",
    "JobTicket",
    "Plain",
    "cancel_job",
    "enqueue_job",
    "find_job",
    "init_app",
    "open_queue",
    "run_due_jobs",
    "run_job",
    "run_worker",
    "runs",
    "take_up_stalled_jobs",
]
