"""Jobs are done once, say how far they are, and end as people are told: done, refused, cancelled or failed."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session, scoped_session

from implement import jobs
from implement.db import db, utc_now
from implement.jobs import Job, JobRefused, JobState, JobTicket, cancel_job, enqueue_job, run_job, take_up_stalled_jobs
from implement.jobs.registry import HANDLERS
from implement.rollout.service.outbox import post_mail
from implement.rollout.tables import OutboxMail

pytestmark = pytest.mark.both_databases

KIND = "tests.count"
Database = scoped_session[Session]
Handler = Callable[..., dict[str, jobs.Plain]]
Declare = Callable[[Handler], None]


@pytest.fixture
def does() -> Iterator[Declare]:
    """Say what jobs of the tests do."""
    yield lambda handler: HANDLERS.update({KIND: handler})
    HANDLERS.pop(KIND, None)


def a_job(**arguments: jobs.Plain) -> Job:
    job = enqueue_job(KIND, rollout_id=None, arguments=arguments, by_id=None, now=utc_now())
    db.session.commit()
    return job


def post(key: str) -> None:
    """The write by which these tests see whether a job had its effect."""
    post_mail(key, to="alice@example.com", subject="Done", body="", now=utc_now())


def posted() -> list[str]:
    return list(db.session.scalars(select(OutboxMail.key).order_by(OutboxMail.id)))


def after(job: Job) -> Job:
    db.session.rollback()
    db.session.refresh(job)
    return job


def test_a_job_is_done_and_shows_its_result(session: Database, does: Declare) -> None:
    does(lambda ticket, rows: {"rows": rows})
    job = a_job(rows=7)
    run_job(job.id)
    assert (after(job).state, job.result, job.attempts) == (JobState.DONE, {"rows": 7}, 1)


def test_in_tests_a_job_runs_after_the_request_that_asked_for_it(app: Flask, session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = a_job()
    jobs.run_due_jobs(app)
    assert after(job).state == JobState.DONE


def test_a_job_of_a_request_that_was_taken_back_is_never_run(app: Flask, session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    enqueue_job(KIND, rollout_id=None, arguments={}, by_id=None, now=utc_now())
    session.rollback()
    session.commit()
    assert app.extensions["implement_due_jobs"] == []


def test_a_savepoint_neither_hands_a_job_over_nor_forgets_it(app: Flask, session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = enqueue_job(KIND, rollout_id=None, arguments={}, by_id=None, now=utc_now())
    post("kept")
    post("kept")
    assert app.extensions["implement_due_jobs"] == []
    session.commit()
    assert app.extensions["implement_due_jobs"] == [job.id]


def test_refused_input_is_told_and_leaves_nothing_behind(session: Database, does: Declare) -> None:
    def refuse(ticket: JobTicket) -> dict[str, jobs.Plain]:
        post("half done")
        raise JobRefused({"file": "deals.csv"})

    does(refuse)
    job = a_job()
    run_job(job.id)
    assert (after(job).state, job.refusal, posted()) == (JobState.REFUSED, {"file": "deals.csv"}, [])


def test_a_job_that_breaks_leaves_nothing_behind(session: Database, does: Declare) -> None:
    def fail(ticket: JobTicket) -> dict[str, jobs.Plain]:
        post("half done")
        raise ZeroDivisionError

    does(fail)
    job = a_job()
    with pytest.raises(ZeroDivisionError):
        run_job(job.id)
    assert (after(job).state, posted()) == (JobState.FAILED, [])


def test_a_job_cancelled_before_it_began_is_not_run(session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = a_job()
    cancel_job(job, now=utc_now())
    session.commit()
    run_job(job.id)
    assert (after(job).state, job.attempts) == (JobState.CANCELLED, 0)


def test_a_job_cancelled_while_it_runs_stops_at_its_next_step(app: Flask, session: Database, does: Declare) -> None:
    def count(ticket: JobTicket) -> dict[str, jobs.Plain]:
        elsewhere(app, lambda: cancel_job(db.session.get_one(Job, ticket.job_id), now=utc_now()))
        ticket.progress("count", 1, 1)
        raise AssertionError("it went on")

    does(count)
    job = a_job()
    run_job(job.id)
    assert after(job).state == JobState.CANCELLED


def test_a_job_cancelled_at_its_last_moment_has_no_effect(app: Flask, session: Database, does: Declare) -> None:
    def count(ticket: JobTicket) -> dict[str, jobs.Plain]:
        elsewhere(app, lambda: cancel_job(db.session.get_one(Job, ticket.job_id), now=utc_now()))
        post("too late")
        return {}

    does(count)
    job = a_job()
    run_job(job.id)
    assert (after(job).state, posted()) == (JobState.CANCELLED, [])


def test_the_bar_shows_rows(session: Database, does: Declare) -> None:
    does(lambda ticket: ticket.progress("reading deals", 8800, 8800) or {})
    job = a_job()
    run_job(job.id)
    assert (after(job).step, job.done_rows, job.share_done) == ("reading deals", 8800, 1.0)


def test_others_may_write_while_a_job_computes(app: Flask, session: Database, does: Declare) -> None:
    def compute(ticket: JobTicket) -> dict[str, jobs.Plain]:
        posted()
        ticket.progress("computing", 1, 1)
        elsewhere(app, lambda: post("by somebody else"))
        return {}

    does(compute)
    run_job(a_job().id)
    assert posted() == ["by somebody else"]


def test_the_bar_never_waits_for_what_its_own_job_has_written(session: Database, does: Declare) -> None:
    def write(ticket: JobTicket) -> dict[str, jobs.Plain]:
        post("mine")
        ticket.progress("recording", 1, 1)
        return {}

    does(write)
    run_job(a_job().id)
    assert posted() == ["mine"]


def test_one_of_two_workers_gets_the_job(app: Flask, session: Database, does: Declare) -> None:
    runs: list[int] = []
    does(lambda ticket: runs.append(ticket.job_id) or {})
    job_id = a_job().id
    session.remove()
    together = threading.Barrier(2)
    workers = [threading.Thread(target=work, args=(app, together, job_id)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert runs == [job_id]


def test_a_job_whose_heart_stopped_is_taken_up(session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = a_job()
    pretend(job, state=JobState.RUNNING, attempts=1, heartbeat_at=utc_now() - timedelta(seconds=21))
    assert take_up_stalled_jobs(utc_now()) == [job.id]
    run_job(job.id)
    assert (after(job).state, job.attempts) == (JobState.DONE, 2)


def test_a_job_whose_heart_beats_is_left_alone(session: Database, does: Declare) -> None:
    job = a_job()
    pretend(job, state=JobState.RUNNING, attempts=1, heartbeat_at=utc_now(), worker="theirs")
    run_job(job.id)
    assert take_up_stalled_jobs(utc_now()) == []
    assert after(job).attempts == 1


def test_a_job_of_a_worker_that_is_gone_is_taken_up_at_once(session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = a_job()
    pretend(job, state=JobState.RUNNING, attempts=1, heartbeat_at=utc_now(), worker="killed")
    assert take_up_stalled_jobs(utc_now(), gone=["killed"]) == [job.id]
    run_job(job.id, worker="mine", gone=["killed"])
    assert (after(job).state, job.worker) == (JobState.DONE, "mine")


def test_a_job_that_the_queue_lost_is_taken_up(session: Database, does: Declare) -> None:
    job = a_job()
    assert take_up_stalled_jobs(utc_now()) == []
    assert take_up_stalled_jobs(utc_now() + timedelta(seconds=3)) == [job.id]


def test_a_worker_that_slept_too_long_has_no_effect(app: Flask, session: Database, does: Declare) -> None:
    def sleep(ticket: JobTicket) -> dict[str, jobs.Plain]:
        elsewhere(app, lambda: pretend_taken_over(ticket.job_id))
        post("too late")
        return {}

    does(sleep)
    job = a_job()
    run_job(job.id)
    assert (after(job).state, job.attempts, posted()) == (JobState.RUNNING, 2, [])


def test_a_job_that_kills_its_workers_is_given_up(session: Database, does: Declare) -> None:
    does(lambda ticket: {})
    job = a_job()
    pretend(job, state=JobState.RUNNING, attempts=5, worker="killed")
    run_job(job.id, gone=["killed"])
    assert after(job).state == JobState.FAILED


def elsewhere(app: Flask, act: Callable[[], object]) -> None:
    """Do it as another request would, with a connection of its own, and commit."""
    with app.app_context():
        act()
        db.session.commit()


def pretend(job: Job, **columns: object) -> None:
    db.session.execute(update(Job).where(Job.id == job.id).values(**columns))
    db.session.commit()


def pretend_taken_over(job_id: int) -> None:
    db.session.execute(update(Job).where(Job.id == job_id).values(attempts=2))


def work(app: Flask, together: threading.Barrier, job_id: int) -> None:
    with app.app_context():
        together.wait()
        run_job(job_id)
