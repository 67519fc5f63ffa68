"""The jobs of the adoption room: read files, take tables over, score everybody."""

from flask import current_app

from implement.db import db, utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.rollouts import local_day
from implement.settings import Settings
from implement.stages.adoption.evaluating import evaluate
from implement.stages.adoption.found_tables import find_tables
from implement.stages.adoption.service import remedy_effects, scoring, taking
from implement.stages.adoption.service.remedies import get_remedy
from implement.stages.adoption.service.remedy_effects import JUDGE_JOB
from implement.stages.adoption.service.uploads import (
    READ_JOB,
    SCORE_JOB,
    TAKE_JOB,
    files_of,
    get_upload,
    note_found,
    write_faults,
)
from implement.store import Store

KINDS = (READ_JOB, TAKE_JOB, SCORE_JOB, JUDGE_JOB)


@runs(READ_JOB)
def read_upload(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Find the tables in the files of an upload and propose what they are."""
    upload_id = int(str(arguments["upload_id"]))
    files = files_of(get_upload(_rollout(ticket), upload_id))
    found = find_tables(files, _store(), ticket.progress)
    upload = get_upload(_rollout(ticket), upload_id)
    note_found(upload, found, by=get_user(ticket.created_by_id), now=utc_now())
    return {"tables": len(found.tables)}


@runs(TAKE_JOB)
def take_upload(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Take the confirmed tables over and have everybody scored anew; computed again when another came first."""
    while True:
        task = taking.prepare(_rollout(ticket), int(str(arguments["upload_id"])), _store())
        engine, memory_mb = _engine()
        taken = taking.compute(task, _store(), engine=engine, memory_mb=memory_mb, progress=ticket.progress)
        if taken.is_refused:
            raise JobRefused({"faults": write_faults(taken.faults)})
        ticket.progress("write", 0, 0)
        by = get_user(ticket.created_by_id)
        outcome = taking.keep(task, taken, by=by, now=utc_now())
        if outcome is not None:
            scoring.ask_for_evaluation(_rollout(ticket), by=by, now=utc_now())
            return outcome
        db.session.rollback()


@runs(SCORE_JOB)
def score_rollout(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Score everybody from what is known now, and keep it."""
    today, basis = local_day(_rollout(ticket), utc_now()), scoring.gather_basis(_rollout(ticket))
    ticket.progress("score", 0, len(basis.staff))
    engine, memory_mb = _engine()
    basis = scoring.add_habits(_rollout(ticket), basis, _store(), today, engine=engine, memory_mb=memory_mb)
    found = evaluate(basis, today, progress=ticket.progress)
    if found is None:
        return {"people": 0}
    by, secret = get_user(ticket.created_by_id), current_app.config["SECRET_KEY"]
    scoring.keep_evaluation(_rollout(ticket), basis.edition, found, secret=secret, by=by, now=utc_now())
    return {"people": len(found.people), "left_out": len(found.left_out)}


@runs(JUDGE_JOB)
def judge_remedy(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Judge a remedy: before and after, against those without it; one that was judged meanwhile is left as it is."""
    row, now = get_remedy(_rollout(ticket), int(str(arguments["remedy_id"]))), utc_now()
    if row.state(local_day(row.rollout_id, now)) != "due":
        return {}
    ticket.progress("judge", 0, 3)
    judged = remedy_effects.judge_remedy(row, by=get_user(ticket.created_by_id), now=now, progress=ticket.progress)
    return {"people": judged.days.people, "lacks": judged.days.lacks}


def _engine() -> tuple[str, int]:
    """The engine that is set, and how much memory it may take."""
    settings: Settings = current_app.extensions["implement_settings"]
    return settings.engine, settings.engine_memory_mb


def _rollout(ticket: JobTicket) -> int:
    if ticket.rollout_id is None:
        raise JobRefused({"faults": []})
    return ticket.rollout_id


def _store() -> Store:
    store: Store = current_app.extensions["implement_store"]
    return store
