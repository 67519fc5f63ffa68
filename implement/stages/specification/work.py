"""The jobs of the specification room: a version of the terms of reference is gathered, written and frozen."""

from flask import current_app

from implement.db import db, utc_now
from implement.jobs import JobRefused, JobTicket, Plain, runs
from implement.rollout.service.accounts import get_user
from implement.rollout.service.rollouts import local_day
from implement.stages.specification.service.terms import TERMS_JOB, find_newest, is_same, keep_version
from implement.stages.specification.terms_paper import gather_terms, write_files

KINDS = (TERMS_JOB,)


@runs(TERMS_JOB)
def make_terms(ticket: JobTicket, **arguments: Plain) -> dict[str, Plain]:
    """Make the next version, chapter by chapter; when nothing changed since the newest one, that one stays."""
    rollout_id, language = ticket.rollout_id, str(arguments["language"])
    if rollout_id is None:
        raise JobRefused({"faults": []})
    now = utc_now()
    with current_app.test_request_context():  # chapters may lead to pages
        today = local_day(rollout_id, now)
        document = gather_terms(rollout_id, language, today, lambda done, of: ticket.progress("gather", done, of))
    newest = find_newest(rollout_id)
    if newest is not None and is_same(newest, document):
        return {"number": newest.number, "is_new": False}
    number = newest.number + 1 if newest else 1
    files = write_files(document, rollout_id, number, lambda done, of: ticket.progress("print", done, of))
    db.session.rollback()
    by, store = get_user(ticket.created_by_id), current_app.extensions["implement_store"]
    note = str(arguments["note"])
    row = keep_version(rollout_id, document, files, note=note, store=store, by=by, now=now)
    return {"number": row.number, "is_new": True}
